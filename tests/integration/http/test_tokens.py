"""Only a token that this issuer signed, for this audience, by this algorithm, and still good, is somebody."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from werkzeug.test import TestResponse

from shared.clock import now
from shared.config.settings import settings
from shared.tokens import issue_local_token, local_private_key
from tests.integration.http.problems import problem


@pytest.fixture
def person(db) -> UUID:
    return UUID(str(db.shop().admin))


def claims(person: UUID, **changes: Any) -> dict[str, Any]:
    """A good token's claims, with changes; `None` leaves one out."""
    config = settings()
    good = {
        "sub": str(person),
        "iss": config.jwt_issuer,
        "aud": config.jwt_audience,
        "iat": now(),
        "exp": now() + timedelta(minutes=5),
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def signed(person: UUID, **changes: Any) -> str:
    return jwt.encode(claims(person, **changes), local_private_key(), algorithm="EdDSA")


def enter(app: Flask, authorization: str | None) -> TestResponse:
    headers = {} if authorization is None else {"Authorization": authorization}
    return app.test_client().get("/v1/me", headers=headers)


def test_a_good_token_is_somebody(app, person):
    answer = enter(app, f"Bearer {signed(person)}")
    assert (answer.status_code, (answer.json or {})["id"]) == (200, str(person))


def test_the_development_sign_in_gives_a_good_one(app, person):
    assert enter(app, f"bearer {issue_local_token(person)}").status_code == 200


def test_no_token_is_nobody(app, person):
    answer = enter(app, None)
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
        "Bearer " + "x" * 8000,
    ],
)
def test_a_malformed_token_is_nobody(app, person, authorization):
    problem(enter(app, authorization), 401, "unauthorized")


def test_a_token_without_its_scheme_is_nobody(app, person):
    problem(enter(app, signed(person)), 401, "unauthorized")


def test_an_expired_token_is_told_apart_so_that_the_page_can_ask_to_sign_in_again(app, person):
    old = now() - timedelta(hours=1)
    problem(enter(app, f"Bearer {signed(person, iat=old, exp=old)}"), 401, "token_expired")


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-service"},
        {"sub": "admin"},
        {"sub": str(UUID(int=7))},
        {"iss": None},
        {"aud": None},
        {"sub": None},
        {"iat": None},
        {"exp": None},
        {"iat": "tomorrow"},
        {"exp": "never"},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_or_missing_claim_is_nobody(app, person, changes):
    problem(enter(app, f"Bearer {signed(person, **changes)}"), 401, "unauthorized")


def test_a_token_that_is_not_valid_yet_is_nobody(app, person):
    later = now() + timedelta(hours=1)
    problem(enter(app, f"Bearer {signed(person, nbf=later)}"), 401, "unauthorized")


def test_an_unsigned_token_is_nobody(app, person):
    token = jwt.encode(claims(person), "", algorithm="none")
    problem(enter(app, f"Bearer {token}"), 401, "unauthorized")


def test_a_token_signed_with_the_public_key_as_a_password_is_nobody(app, person):
    """The old confusion: HS256 over what everybody may know."""
    public = local_private_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    for secret in (public, b"secret" * 8, settings().secret_key.encode()):
        token = jwt.encode(claims(person), secret, algorithm="HS256")
        problem(enter(app, f"Bearer {token}"), 401, "unauthorized")


def test_a_token_of_another_key_is_nobody(app, person):
    token = jwt.encode(claims(person), Ed25519PrivateKey.generate(), algorithm="EdDSA")
    problem(enter(app, f"Bearer {token}"), 401, "unauthorized")


def test_a_token_changed_after_it_was_signed_is_nobody(app, person):
    header, _, signature = signed(person).split(".")
    _, other, _ = signed(uuid4()).split(".")
    problem(enter(app, f"Bearer {header}.{other}.{signature}"), 401, "unauthorized")


def test_a_key_that_the_token_brings_along_is_not_used(app, person):
    own = Ed25519PrivateKey.generate()
    headers = {"jku": "https://evil.example/keys", "kid": "../../dev/null", "x5u": "https://evil.example"}
    token = jwt.encode(claims(person), own, algorithm="EdDSA", headers=headers)
    problem(enter(app, f"Bearer {token}"), 401, "unauthorized")


def test_the_reason_stays_with_us(app, person):
    """Whoever guesses learns nothing of what was wrong."""
    answers = [
        problem(enter(app, f"Bearer {token}"), 401, "unauthorized")
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
