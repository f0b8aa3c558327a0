"""Stores, their units, giving more, and signing in as somebody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.quota import periods
from services.quota.grants import grant
from shared.clock import now
from shared.db.transactions import transaction
from shared.messaging.events import StorePlanChanged
from tests.integration.conftest import SignIn
from tests.support.clients import jobs
from tests.support.clients.command_line import botmeni, done
from tests.support.configured import configured
from tests.support.factories.database import Database, StoreFixture
from tests.support.factories.tickets import TicketFactory


@pytest.fixture
def shop(db: Database) -> StoreFixture:
    return db.shop(units=2)


def use_a_unit(sign_in: SignIn, db: Database, shop: StoreFixture) -> None:
    sign_in(shop.admin).rate_ok(db.question(shop))
    jobs.drain()


def quota(shop: StoreFixture) -> Any:
    return done("quota", "show", shop.id)


def test_stores_are_listed_with_what_they_use(db: Database, shop: StoreFixture, sign_in: SignIn):
    unlimited = db.shop(units=None)
    without = db.shop(tickets=False, units=0)
    for _ in range(3):
        use_a_unit(sign_in, db, shop)
    TicketFactory(db).generic(unlimited, status="closed")
    found = {row["id"]: row for row in done("stores")}
    assert set(found) == {str(each.id) for each in (shop, unlimited, without)}
    mine = found[str(shop.id)]
    assert (mine["used"], mine["limit"], mine["open_tickets"]) == (2, 2, 2)
    assert found[str(unlimited.id)]["limit"] is None
    assert found[str(unlimited.id)]["open_tickets"] == 0


def test_stores_are_found_by_name_and_plan_and_page(db: Database):
    shops = [db.shop() for _ in range(3)]
    db.execute("UPDATE stores SET name = '50 % Off' WHERE id = :id", id=shops[1].id)
    plan = db.one("SELECT plan_code FROM stores WHERE id = :id", id=shops[2].id)
    assert [row["id"] for row in done("stores", "--name", "50 %")] == [str(shops[1].id)]
    assert done("stores", "--name", "%%") == []
    assert [row["id"] for row in done("stores", "--plan", plan)] == [str(shops[2].id)]
    assert [row["id"] for row in done("stores", "--limit", 2)] == [str(shop.id) for shop in shops[:2]]
    assert [row["id"] for row in done("stores", "--after", shops[1].id)] == [str(shops[2].id)]
    assert "50 % Off" in botmeni("stores").out


def test_a_grant_is_given_once_and_written_down(db: Database, shop: StoreFixture, sign_in: SignIn):
    for _ in range(3):
        use_a_unit(sign_in, db, shop)
    assert quota(shop)["remaining"] == 0
    typed = ("quota", "grant", shop.id, 3, "--key", "factura-7", "--yes", "--as", "ana", "--reason", "feria")
    assert done(*typed) == {"new": True, "units": 3, "unit_limit": 5, "used": 2}
    assert done(*typed) == {"new": False, "units": 3, "unit_limit": 5, "used": 2}
    shown = quota(shop)
    assert (shown["unit_limit"], shown["used"], shown["remaining"]) == (5, 2, 3)
    assert [entry["kind"] for entry in shown["ledger"]][:1] == ["grant"]
    assert db.one("SELECT sum(units) FROM quota_ledger WHERE kind = 'grant'") == 5
    entries = db.all("SELECT actor, action, store_id, detail FROM audit_log")
    assert [(entry.actor, entry.action, entry.store_id) for entry in entries] == [
        ("ana", "quota.grant", shop.id)
    ]
    assert entries[0].detail == {"units": 3, "key": "factura-7", "reason": "feria"}
    use_a_unit(sign_in, db, shop)
    assert quota(shop)["used"] == 3


def test_the_store_sees_what_it_was_given(shop: StoreFixture, sign_in: SignIn):
    done("quota", "grant", shop.id, 3, "--key", "a", "--yes")
    quota = sign_in(shop.admin).read("/v1/quota")
    assert (quota["limit"], quota["remaining"]) == (5, 5)


def test_a_key_stands_for_one_number_of_units(shop: StoreFixture):
    done("quota", "grant", shop.id, 3, "--key", "a", "--yes")
    typed = botmeni("quota", "grant", shop.id, 4, "--key", "a", "--yes")
    assert (typed.code, typed.err) == (
        1, "Error: The key 'a' stands for 3 units already given, not for 4.\n",
    )  # fmt: skip
    assert done("quota", "grant", shop.id, 4, "--key", "b", "--yes")["unit_limit"] == 9


def test_given_by_many_at_once_it_is_given_once(db: Database, shop: StoreFixture):
    done("quota", "show", shop.id)

    def give(_: int) -> int:
        with transaction() as session:
            return int(grant(session, shop.id, 3, "rush", now()).is_new)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(give, range(8))) == 1
    assert db.one("SELECT unit_limit FROM quota_periods") == 5


def test_what_was_given_stays_on_top_of_a_better_plan(db: Database, shop: StoreFixture):
    done("quota", "grant", shop.id, 3, "--key", "a", "--yes")
    db.execute("UPDATE plans SET units_per_period = 10")
    with transaction() as session:
        periods.raise_limits_to_plan(session, [StorePlanChanged(store_id=shop.id, plan_code="")], now())
    assert quota(shop)["unit_limit"] == 13
    assert db.one("SELECT sum(units) FROM quota_ledger") == 13


@pytest.mark.parametrize(
    ("plan", "said"), [({"units": None}, "no limit"), ({"tickets": False, "units": 0}, "has no tickets")]
)
def test_a_plan_that_can_take_no_units_is_named(db: Database, plan: dict[str, Any], said: str):
    typed = botmeni("quota", "grant", db.shop(**plan).id, 1, "--key", "a", "--yes")
    assert typed.code == 1
    assert said in typed.err
    assert db.count("audit_log") == 0


def test_whoever_says_no_gives_nothing(db: Database, shop: StoreFixture):
    assert botmeni("quota", "grant", shop.id, 3, "--key", "a", answer="n\n").code == 1
    assert db.count("quota_ledger") == 0


@pytest.mark.parametrize("command", [("quota", "show", "Nadie"), ("token", "nadie@example.org")])
def test_who_is_not_there_is_named(database_url: str, command: tuple[str, ...]):
    typed = botmeni(*command)
    assert typed.code == 1
    assert f"There is no {'person' if command[0] == 'token' else 'store'} {command[-1]!r}." in typed.err


def test_a_name_that_two_stores_have_is_not_enough(db: Database):
    shops = [db.shop(), db.shop()]
    db.execute("UPDATE stores SET name = 'Luna'")
    typed = botmeni("quota", "show", "luna")
    assert typed.code == 1
    assert all(str(shop.id) in typed.err for shop in shops)


def test_a_token_signs_in(db: Database, shop: StoreFixture, app: Any):
    made = done("token", f"{shop.admin}@example.org")
    header = {"Authorization": f"Bearer {made['token']}"}
    assert app.test_client().get("/v1/me", headers=header).get_json()["id"] == str(shop.admin)
    assert botmeni("token", shop.admin).out.count(".") == 2


def test_where_keys_are_remote_there_are_no_tokens(shop: StoreFixture):
    keys = "https://identity.example/keys"
    with configured(environment="production", jwt_jwks_url=keys):
        typed = botmeni("token", shop.admin)
    assert (typed.code, typed.out) == (1, "")
    assert keys in typed.err


def test_who_has_left_gets_no_token(db: Database, shop: StoreFixture):
    typed = botmeni("token", db.person(shop.id, active=False))
    assert typed.code == 1
    assert "not active" in typed.err
