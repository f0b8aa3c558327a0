"""Tokens: who a request comes from. What that person may do is asked of the database, not of the token."""

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
TRUST_SECONDS = 60
MAX_TRUSTED = 10_000
MAX_TOKEN_LETTERS = 8_192


class KeySource(Protocol):
    """Where the key that checks a token comes from."""

    def key_for(self, token: str) -> object:
        """The public key; raises `jwt.PyJWTError` when there is none for this token."""


class PublishedKeys:
    """The issuer's keys at a JWKS address (RFC 7517), kept for ten minutes."""

    def __init__(self, url: str) -> None:
        self.client = jwt.PyJWKClient(url, lifespan=JWKS_LIFETIME_SECONDS, timeout=5)

    def key_for(self, token: str) -> object:
        """The key whose id the token names."""
        return self.client.get_signing_key_from_jwt(token).key


class LocalKey:
    """The development key, in the local mode's data folder."""

    def key_for(self, token: str) -> object:  # noqa: ARG002 - one key checks all tokens
        """The one public key."""
        return local_private_key().public_key()


@functools.cache
def keys() -> KeySource:
    """The key source of this process. Raises `InvalidSettings` when production names no keys."""
    config = settings()
    if config.environment == "local":
        return LocalKey()
    if not config.jwt_jwks_url:
        raise InvalidSettings("JWT_JWKS_URL: required outside the local mode (the issuer's keys)")
    return PublishedKeys(config.jwt_jwks_url)


def person_of(token: str) -> UUID:
    """The person a token proves, by RFC 7519 and RFC 8725.

    Signature by the one accepted algorithm, issuer, audience and expiry are all required.
    A good token is believed for `TRUST_SECONDS` without looking again, never past its expiry.
    Raises `TokenExpired` or `Unauthorized`.
    """
    if not token or len(token) > MAX_TOKEN_LETTERS:
        raise Unauthorized
    # With its source: a token that other keys once proved is looked at again.
    known_as = keys(), hashlib.sha256(token.encode()).digest()
    known = _trusted.get(known_as)
    if known is not None and time.time() < known.until:
        return known.person_id
    person_id, expires_at = verified(token)
    if len(_trusted) >= MAX_TRUSTED:
        _trusted.clear()
    _trusted[known_as] = _Trust(person_id, min(expires_at, time.time() + TRUST_SECONDS))
    return person_id


class _Trust(NamedTuple):
    person_id: UUID
    until: float


_trusted: dict[tuple[KeySource, bytes], _Trust] = {}


def verified(token: str) -> tuple[UUID, float]:
    """The person a token proves and when it expires (seconds since 1970), looked at anew.

    Raises `TokenExpired` or `Unauthorized`.
    """
    config = settings()
    try:
        claims = jwt.decode(
            token,
            keys().key_for(token),  # type: ignore[arg-type] # of the kind that jwt_algorithm needs
            algorithms=[config.jwt_algorithm],
            issuer=config.jwt_issuer,
            audience=config.jwt_audience,
            leeway=config.jwt_leeway_seconds,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
        return UUID(claims["sub"]), float(claims["exp"])
    except jwt.ExpiredSignatureError:
        raise TokenExpired from None
    # PyJWT lets through what a moment beyond all numbers raises.
    except (jwt.PyJWTError, ValueError, OverflowError):
        raise Unauthorized from None


def issue_local_token(person_id: UUID) -> str:
    """A token of the local mode for `person_id`, signed with the development key."""
    config = settings()
    issued = now()
    claims = {
        "sub": str(person_id),
        "iss": config.jwt_issuer,
        "aud": config.jwt_audience,
        "iat": issued,
        "exp": issued + LOCAL_TOKEN_LIFETIME,
    }
    return jwt.encode(claims, local_private_key(), algorithm="EdDSA")


@functools.cache
def local_private_key() -> Ed25519PrivateKey:
    """The development key, made on first use; all who come at once agree on one."""
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
        # Linking fails when somebody else was first: its key stands.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
