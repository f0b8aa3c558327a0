"""Tokens made to be checked by another key, another rule or another clock than ours (RFC 8725)."""

from __future__ import annotations

import base64
import json
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask

from shared.config.settings import settings
from shared.tokens import local_private_key
from tests.integration.http.bearer import call_with, claims, signed
from tests.integration.http.problems import problem
from tests.support.clients.command_line import done
from tests.support.factories.database import Database, StoreFixture
from tests.support.factories.tickets import TicketFactory


def enter(app: Flask, token: str, path: str = "/v1/me") -> Any:
    return call_with(app, f"Bearer {token}", path)


def by_hand(header: dict[str, Any], payload: dict[str, Any], signature: bytes = b"") -> str:
    """A token with any header, which no library would write."""
    parts = [json.dumps(part, default=str).encode() for part in (header, payload)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (*parts, signature))


@pytest.mark.parametrize(
    "name", ["none", "None", "NONE", "nOnE", "", "EdDSA ", "eddsa", None, 7, ["EdDSA"]], ids=repr
)
def test_an_algorithm_that_checks_nothing_proves_nothing(app: Flask, shop: StoreFixture, name: object):
    payload = claims(shop.admin, iat=1, exp=4_000_000_000)
    for signature in (b"", b"\0" * 64):
        problem(enter(app, by_hand({"alg": name, "typ": "JWT"}, payload, signature)), 401, "unauthorized")


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
def test_neither_the_public_key_nor_a_secret_is_a_password(app: Flask, shop: StoreFixture, algorithm: str):
    public = local_private_key().public_key()
    forms = [
        public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        public.public_bytes(Encoding.Raw, PublicFormat.Raw),
        public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH),
        settings().secret_key.encode(),
        b"secret" * 8,
    ]
    hmac = jwt.get_algorithm_by_name(algorithm)
    for form in forms:
        header = by_hand({"alg": algorithm, "typ": "JWT"}, claims(shop.admin, iat=1, exp=4_000_000_000))
        text = header.rpartition(".")[0]
        # Past the library's own check, which refuses to take a public key for a password.
        signature = base64.urlsafe_b64encode(hmac.sign(text.encode(), form)).rstrip(b"=").decode()
        problem(enter(app, f"{text}.{signature}"), 401, "unauthorized")


@pytest.mark.parametrize(
    "kid",
    ["../../../../dev/null", "/etc/passwd", "' UNION SELECT 'secret' --", "x" * 5000, "", "a\0b", None],
    ids=lambda kid: str(kid)[:12],
)
def test_a_key_s_name_leads_to_no_other_key(app: Flask, shop: StoreFixture, kid: str | None):
    headers = {} if kid is None else {"kid": kid}
    strange = jwt.encode(claims(shop.admin), Ed25519PrivateKey.generate(), algorithm="EdDSA", headers=headers)
    problem(enter(app, strange), 401, "unauthorized")
    assert enter(app, signed(shop.admin, headers)).status_code == 200


@pytest.mark.parametrize("header", ["jwk", "jku", "x5u", "x5c", "crit", "b64"])
def test_a_key_that_comes_along_is_not_used(app: Flask, shop: StoreFixture, header: str):
    own = Ed25519PrivateKey.generate()
    jwk = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(own.public_key()))
    brought = {
        "jwk": jwk,
        "jku": "http://127.0.0.1:1/keys",
        "x5u": "file:///etc/passwd",
        "x5c": ["MIIB"],
        "crit": ["exp", "unheard-of"],
        "b64": False,
    }
    token = jwt.encode(claims(shop.admin), own, algorithm="EdDSA", headers={header: brought[header]})
    problem(enter(app, token), 401, "unauthorized")


def test_what_must_be_understood_and_is_not_is_refused(app: Flask, shop: StoreFixture):
    """RFC 7515, 4.1.11: our own signature does not help."""
    header = {"crit": ["unheard-of"], "unheard-of": True}
    problem(enter(app, signed(shop.admin, header)), 401, "unauthorized")


@pytest.mark.parametrize(
    "changes",
    [
        {"iat": 4_000_000_000},
        {"exp": "4000000000x"},
        {"exp": [4_000_000_000]},
        {"exp": -1},
        {"exp": 1e400},
        {"exp": 10**400},
        {"nbf": "soon"},
        {"aud": ["another-service"]},
        {"aud": {"botmeni-tickets": True}},
        {"aud": "botmeni-tickets-staging"},
        {"iss": "https://identity.botmeni.example/"},
        {"sub": 7},
        {"sub": ["admin"]},
        {"sub": {"id": 1}},
        {"sub": True},
        {"sub": None},
        {"sub": ""},
        {"sub": "' OR true --"},
    ],
    ids=lambda changes: str(changes)[:40],
)
def test_a_claim_of_another_kind_is_refused_and_breaks_nothing(
    app: Flask, shop: StoreFixture, changes: dict[str, Any]
):
    answer = enter(app, signed(shop.admin, **changes))
    assert answer.status_code == 401, answer.text


def test_roles_and_stores_in_a_token_say_nothing(
    app: Flask, db: Database, shop: StoreFixture, ticket_factory: TicketFactory
):
    other = db.shop()
    ticket = ticket_factory.generic(other)
    token = signed(shop.seller, roles=["soporte"], store_id=str(other.id), role="administrador", admin=True)
    assert enter(app, token).json["roles"] == []
    assert enter(app, token, f"/v1/tickets/{ticket}").status_code == 403
    manager = signed(shop.admin, roles=["soporte"], store_id=str(other.id))
    problem(enter(app, manager, f"/v1/tickets/{ticket}"), 404, "not_found")


@pytest.mark.parametrize("spelling", ["{{{}}}", "urn:uuid:{}", "upper", "hex"])
def test_another_spelling_of_a_person_is_that_person_or_nobody(app: Flask, shop: StoreFixture, spelling: str):
    person = {"upper": str(shop.admin).upper(), "hex": shop.admin.hex}.get(
        spelling, spelling.format(shop.admin)
    )
    answer = enter(app, signed(person))
    assert answer.status_code == 401 or answer.json["id"] == str(shop.admin)


@pytest.mark.parametrize("person", [uuid4(), UUID(int=0), UUID(int=2**128 - 1)])
def test_a_person_who_does_not_exist_is_nobody(app: Flask, shop: StoreFixture, person: UUID):
    problem(enter(app, signed(person)), 401, "unauthorized")


def test_who_was_erased_is_nobody_though_the_token_is_good(app: Flask, shop: StoreFixture):
    token = signed(shop.manager)
    assert enter(app, token).status_code == 200
    done("erase", "person", shop.manager, "--yes")
    problem(enter(app, token), 401, "unauthorized")
