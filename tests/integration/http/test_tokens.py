"""Only a token that this issuer signed, for this audience, by this algorithm, and still good, is somebody."""

from datetime import timedelta
from uuid import UUID, uuid4

import jwt
import pytest

from shared.clock import now
from shared.tokens import issue_local_token, local_private_key
from tests.integration.http.bearer import call_with, claims, signed
from tests.integration.http.problems import problem


@pytest.fixture
def person(db) -> UUID:
    return UUID(str(db.shop().admin))


def test_a_good_token_is_somebody(app, person):
    answer = call_with(app, f"Bearer {signed(person)}")
    assert (answer.status_code, (answer.json or {})["id"]) == (200, str(person))


def test_the_development_sign_in_gives_a_good_one(app, person):
    assert call_with(app, f"bearer {issue_local_token(person)}").status_code == 200


def test_no_token_is_nobody(app, person):
    answer = call_with(app, None)
    problem(answer, 401, "unauthorized")
    assert answer.headers["WWW-Authenticate"].lower().startswith("bearer")


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer a.b.c",
        "Bearer ....",
        "Basic YTpi",
        "Bearer \xff\xfe",
        "Bearer Bearer",
        "Bearer " + "x" * 8000,
        "Bearer " + "x" * 9000,
        "Bearer " + ("ñ" * 40).encode().decode("latin-1"),
    ],
)
def test_a_malformed_token_is_nobody(app, person, authorization):
    problem(call_with(app, authorization), 401, "unauthorized")


def test_a_token_without_its_scheme_is_nobody(app, person):
    problem(call_with(app, signed(person)), 401, "unauthorized")


def test_an_expired_token_is_distinguished_so_that_the_page_can_ask_to_sign_in_again(app, person):
    old = now() - timedelta(hours=1)
    problem(call_with(app, f"Bearer {signed(person, iat=old, exp=old)}"), 401, "token_expired")


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-service"},
        {"sub": "admin"},
        {"iat": "tomorrow"},
        {"exp": "never"},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim_is_nobody(app, person, changes):
    problem(call_with(app, f"Bearer {signed(person, **changes)}"), 401, "unauthorized")


@pytest.mark.parametrize("name", ["iss", "aud", "sub", "iat", "exp"])
def test_a_token_without_one_of_its_claims_is_nobody(app, person, name):
    left = {claim: value for claim, value in claims(person).items() if claim != name}
    token = jwt.encode(left, local_private_key(), algorithm="EdDSA")
    problem(call_with(app, f"Bearer {token}"), 401, "unauthorized")


def test_a_token_that_is_not_valid_yet_is_nobody(app, person):
    later = now() + timedelta(hours=1)
    problem(call_with(app, f"Bearer {signed(person, nbf=later)}"), 401, "unauthorized")


def test_a_token_changed_after_it_was_signed_is_nobody(app, person):
    header, _, signature = signed(person).split(".")
    _, other, _ = signed(uuid4()).split(".")
    problem(call_with(app, f"Bearer {header}.{other}.{signature}"), 401, "unauthorized")


def test_the_reason_stays_with_us(app, person):
    """Whoever guesses learns nothing of what was wrong."""
    answers = [
        problem(call_with(app, f"Bearer {token}"), 401, "unauthorized")
        for token in ("x", signed(person, iss="https://elsewhere.example"), signed(uuid4()))
    ]
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize("path", ["/v1/me", "/v1/quota", "/v1/questions", "/v1/tickets", "/v1/notifications"])
def test_without_a_token_no_path_says_anything(app, db, path):
    problem(app.test_client().get(path), 401, "unauthorized")


def test_a_large_body_of_a_stranger_is_not_even_read(app, db):
    answer = app.test_client().put(
        f"/v1/questions/{uuid4()}/rating", data=b"x" * 100, content_type="application/json"
    )
    problem(answer, 401, "unauthorized")
