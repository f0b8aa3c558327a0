"""Access tokens (JWT): who a request comes from. What that person may do is in the database (ADR 0005)."""

from __future__ import annotations

import functools
import hashlib
import os
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from shared.clock import now
from shared.config.settings import InvalidSettings, settings
from shared.errors import TokenExpired, Unauthorized

LOCAL_TOKEN_LIFETIME = timedelta(hours=12)
JWKS_LIFETIME_SECONDS = 600
CACHE_SECONDS = 60
MAX_CACHED_TOKENS = 10_000
MAX_TOKEN_LENGTH = 8_192


class KeySource(Protocol):
    """Finds the public key that verifies a token."""

    def key_for(self, token: str) -> object:
        """The public key for `token`; raises `jwt.PyJWTError` when there is none."""


class JwksKeys:
    """The issuer's keys from a JWKS address (RFC 7517), cached for ten minutes."""

    def __init__(self, url: str) -> None:
        self.client = jwt.PyJWKClient(url, lifespan=JWKS_LIFETIME_SECONDS, timeout=5)

    def key_for(self, token: str) -> object:
        """The key whose id the token names."""
        return self.client.get_signing_key_from_jwt(token).key


class DevelopmentKey:
    """The local mode's signing key, from the data folder."""

    def key_for(self, token: str) -> object:  # noqa: ARG002 - one key checks all tokens
        """The public part of the development key."""
        return local_private_key().public_key()


@functools.cache
def key_source() -> KeySource:
    """The key source of this process. Raises `InvalidSettings` when production has no JWT_JWKS_URL."""
    config = settings()
    if config.environment == "local":
        return DevelopmentKey()
    if not config.jwt_jwks_url:
        raise InvalidSettings("JWT_JWKS_URL: required outside the local mode (the issuer's keys)")
    return JwksKeys(config.jwt_jwks_url)


def authenticate(token: str) -> UUID:
    """Verify a token and return the id of its person (RFC 7519, RFC 8725).

    A verified token is cached for `CACHE_SECONDS`, but never beyond its expiry.
    Raises `TokenExpired` or `Unauthorized`.
    """
    if not token or len(token) > MAX_TOKEN_LENGTH:
        raise Unauthorized
    # The key source is part of the key: with another one, a token is verified anew.
    cache_key = key_source(), hashlib.sha256(token.encode()).digest()
    cached = _verified_tokens.get(cache_key)
    if cached is not None and time.time() < cached.until:
        return cached.person_id
    person_id, expires_at = verify(token)
    if len(_verified_tokens) >= MAX_CACHED_TOKENS:
        _verified_tokens.clear()
    _verified_tokens[cache_key] = _VerifiedToken(person_id, min(expires_at, time.time() + CACHE_SECONDS))
    return person_id


class _VerifiedToken(NamedTuple):
    person_id: UUID
    until: float


_verified_tokens: dict[tuple[KeySource, bytes], _VerifiedToken] = {}


def verify(token: str) -> tuple[UUID, float]:
    """Verify a token without the cache; returns its person and its expiry in seconds since 1970.

    A signature by the one accepted algorithm, issuer, audience, expiry and subject are all required. Raises
    `TokenExpired` or `Unauthorized`.
    """
    config = settings()
    try:
        claims = jwt.decode(
            token,
            key_source().key_for(token),  # type: ignore[arg-type] # of the type that jwt_algorithm needs
            algorithms=[config.jwt_algorithm],
            issuer=config.jwt_issuer,
            audience=config.jwt_audience,
            leeway=config.jwt_leeway_seconds,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
        return UUID(claims["sub"]), float(claims["exp"])
    except jwt.ExpiredSignatureError:
        raise TokenExpired from None
    # PyJWT does not catch the OverflowError of a time that is too large.
    except (jwt.PyJWTError, ValueError, OverflowError):
        raise Unauthorized from None


def issue_local_token(person_id: UUID) -> str:
    """A token of the local mode for `person_id`, signed with the development key."""
    config = settings()
    issued_at = now()
    claims = {
        "sub": str(person_id),
        "iss": config.jwt_issuer,
        "aud": config.jwt_audience,
        "iat": issued_at,
        "exp": issued_at + LOCAL_TOKEN_LIFETIME,
    }
    return jwt.encode(claims, local_private_key(), algorithm="EdDSA")


@functools.cache
def local_private_key() -> Ed25519PrivateKey:
    """The development key, created on first use; processes that create it at once get the same one."""
    path = settings().data_dir / "development-signing-key.pem"
    if not path.exists():
        _create(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise InvalidSettings(f"{path} is not an Ed25519 key; remove it and a new one is made")
    return key


def _create(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
    draft.write_bytes(pem)
    draft.chmod(0o600)
    try:
        # Linking fails if another process was first; its key is used.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
