"""Tokens of any kind for tests, and a call that brings one along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jwt
from flask import Flask
from werkzeug.test import TestResponse

from shared.clock import now
from shared.config.settings import settings
from shared.tokens import local_private_key


def claims(person: object, **changes: Any) -> dict[str, Any]:
    """A good token's claims, with changes."""
    config = settings()
    good = {"sub": str(person), "iss": config.jwt_issuer, "aud": config.jwt_audience, "iat": now()}
    return {**good, "exp": now() + timedelta(minutes=5), **changes}


def signed(person: object, headers: dict[str, Any] | None = None, **changes: Any) -> str:
    """A token with these claims, signed by the key that the API trusts."""
    return jwt.encode(claims(person, **changes), local_private_key(), algorithm="EdDSA", headers=headers)


def call_with(app: Flask, authorization: str | None, path: str = "/v1/me") -> TestResponse:
    """A read with this Authorization header, or without any."""
    headers = {} if authorization is None else {"Authorization": authorization}
    return app.test_client().get(path, headers=headers)
