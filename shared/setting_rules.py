"""How a row of the table in `shared/settings.py` is declared, and the rules its values keep."""

from __future__ import annotations

import dataclasses
from typing import Any

from environs import ValidationError, validate

from shared import subscriptions


def setting(help_text: str, default: Any = dataclasses.MISSING, **rules: Any) -> Any:
    """Declare a setting: what it means, its default (none: it must be given) and environs' rules."""
    return dataclasses.field(default=default, metadata={"help": help_text, "rules": rules})


def subscriptions_known(value: str) -> None:
    """Raises `ValidationError` where `value` names what cannot be subscribed to, or no queue."""
    try:
        subscriptions.parse(value)
    except subscriptions.SubscriptionError as error:
        raise ValidationError(str(error)) from None


positive = validate.Range(min=1)
not_negative = validate.Range(min=0)
redis_address = validate.Regexp(
    r"rediss?://\S+$", error="Must be redis://… or rediss://…; a broker of another kind is BROKER_URL."
)
broker_address = validate.Regexp(
    r"((rediss?|amqps?)://\S+)?$", error="Must be redis(s)://… or amqp(s)://user:password@host:port/vhost."
)
http_address = validate.Regexp(r"(https?://[^/\s]+(/\S*)?)?$", error="Must be http(s)://host:port.")
