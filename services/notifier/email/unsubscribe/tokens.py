"""The signed token in an e-mail's unsubscribe link: it proves that its holder got mail for that person."""

from __future__ import annotations

from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from shared.config.settings import settings

PATH = "/v1/unsubscribe"


def token_for(person_id: UUID) -> str:
    """A token without an end: an e-mail may be read years later, and leaving must still work."""
    return str(_serializer().dumps(str(person_id)))


def person_of(token: str) -> UUID | None:
    """The person a token was made for; `None` when we did not make it."""
    try:
        return UUID(_serializer().loads(token))
    except (BadSignature, ValueError):
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret_key, salt="unsubscribe")
