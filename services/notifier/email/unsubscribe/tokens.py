"""The signed token of an unsubscribe link: it proves that its holder received an e-mail of the person."""

from __future__ import annotations

from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from shared.config.settings import settings

PATH = "/v1/unsubscribe"


def token_for(person_id: UUID) -> str:
    """A token for a person. It does not expire: the link of an old e-mail has to work, too."""
    return str(_serializer().dumps(str(person_id)))


def person_of(token: str) -> UUID | None:
    """The id of the person that `token` was issued for; None where its signature is wrong."""
    try:
        return UUID(_serializer().loads(token))
    except (BadSignature, ValueError):
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret_key, salt="unsubscribe")
