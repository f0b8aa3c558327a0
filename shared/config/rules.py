"""How a row of the table in `shared/config/settings.py` is declared, and the rules its values keep."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from environs import EnvValidationError, ValidationError, validate


def setting(help_text: str, default: Any = dataclasses.MISSING, **rules: Any) -> Any:
    """Declare a setting: what it means, its default (none: it must be given) and environs' rules."""
    return dataclasses.field(default=default, metadata={"help": help_text, "rules": rules})


positive = validate.Range(min=1)
not_negative = validate.Range(min=0)
redis_address = validate.Regexp(
    r"rediss?://\S+$", error="Must be redis://… or rediss://…; a broker of another kind is BROKER_URL."
)
broker_address = validate.Regexp(
    r"((rediss?|amqps?)://\S+)?$", error="Must be redis(s)://… or amqp(s)://user:password@host:port/vhost."
)
_http_address = validate.Regexp(r"(https?://[^/\s]+(/\S*)?)?$", error="Must be http(s)://host:port.")


def _tracing_is_installed() -> bool:
    # Parts of OpenTelemetry come with other packages, too; the exporter needs all the rest.
    try:
        return bool(find_spec("opentelemetry.exporter.otlp.proto.http"))
    except ModuleNotFoundError:
        return False


def collector_address(value: str) -> None:
    """Raises `ValidationError` where `value` is no address, or what sends traces is not installed."""
    _http_address(value)
    if value and not _tracing_is_installed():
        raise ValidationError(
            "Traces need the packages of requirements/tracing.txt, which are not installed."
        )


def explained(error: EnvValidationError, help_of: Mapping[str, str]) -> str:
    """Every wrong setting with what was expected, and what it is for."""
    messages_of: dict[str, list[str]] = dict(error.error_messages)  # type: ignore[arg-type] # always by name here
    lines = [
        f"{name}: {' '.join(messages)} ({help_of.get(name, '')})"
        for name, messages in sorted(messages_of.items())
    ]
    return "Wrong settings:\n" + "\n".join(lines)
