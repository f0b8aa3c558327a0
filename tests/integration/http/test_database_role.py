"""In production the API doesn't start as a database role that could step over row security."""

from collections.abc import Iterator

import pytest
from sqlalchemy import make_url

from services.ticket_api.app import create_app
from shared.config.settings import InvalidSettings
from tests.support.configured import configured
from tests.support.factories.database import Database

KEYS_URL = "https://identity.example/keys"
NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:1/none"
ATTRIBUTES = ("SUPERUSER", "BYPASSRLS", "IN ROLE guard_stepper", "IN ROLE guard_owner", "")


@pytest.fixture
def role(db: Database, request: pytest.FixtureRequest) -> Iterator[str]:
    """A role with the given attributes beside membership of the API's; nobody else's tables are touched."""
    owns = "guard_owner" in request.param
    for helper in ("guard_stepper BYPASSRLS", "guard_owner"):
        db.execute(f"CREATE ROLE {helper}")
    db.execute(f"CREATE ROLE guard LOGIN PASSWORD 'guard' {request.param}")
    db.execute("GRANT botmeni_api TO guard")
    if owns:
        db.execute("CREATE TABLE guarded ()")
        db.execute("ALTER TABLE guarded ENABLE ROW LEVEL SECURITY")
        db.execute("ALTER TABLE guarded OWNER TO guard_owner")
    yield "guard"
    db.execute("DROP TABLE IF EXISTS guarded")
    db.execute("DROP ROLE guard, guard_stepper, guard_owner")


def start(api_database_url: str) -> int:
    """The status of `/readyz` in production."""
    with configured(environment="production", jwt_jwks_url=KEYS_URL, api_database_url=api_database_url):
        return create_app().test_client().get("/readyz").status_code


def url_as(name: str, database_url: str) -> str:
    return make_url(database_url).set(username=name, password=name).render_as_string(hide_password=False)


@pytest.mark.parametrize("role", ATTRIBUTES[:-1], indirect=True)
def test_a_role_that_can_step_over_row_security_stops_the_start(role: str, database_url: str):
    with pytest.raises(InvalidSettings, match="API_DATABASE_URL: guard can step over row security"):
        start(url_as(role, database_url))


@pytest.mark.parametrize("role", ATTRIBUTES[-1:], indirect=True)
def test_a_bound_role_may_start(role: str, database_url: str):
    assert start(url_as(role, database_url)) == 200


def test_the_owners_address_alone_is_not_enough(database_url: str):
    """Taking on the API's role by an option does not bind whoever can take it off again."""
    with pytest.raises(InvalidSettings, match="API_DATABASE_URL"):
        start("")


def test_a_database_that_is_away_is_asked_again_before_anyone_is_let_in(database_url: str):
    assert start(NOWHERE) == 503
