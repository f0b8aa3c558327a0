"""Declaring settings for `shared/config/settings.py`, and the validators of their values."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from environs import EnvValidationError, ValidationError, validate


def setting(help_text: str, default: Any = dataclasses.MISSING, **rules: Any) -> Any:
    """Declare a setting: its meaning, its default (without one it is required) and environs' validators."""
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
    # Other packages install parts of OpenTelemetry; only the exporter depends on all of them.
    try:
        return bool(find_spec("opentelemetry.exporter.otlp.proto.http"))
    except ModuleNotFoundError:
        return False


def collector_address(value: str) -> None:
    """Raises `ValidationError` if `value` is no address, or if the packages for tracing are not installed."""
    _http_address(value)
    if value and not _tracing_is_installed():
        raise ValidationError(
            "Traces need the packages of requirements/tracing.txt, which are not installed."
        )


def format_errors(error: EnvValidationError, help_of: Mapping[str, str]) -> str:
    """A text with a line for each wrong setting: its name, what was expected, and its meaning."""
    messages_of: dict[str, list[str]] = dict(error.error_messages)  # type: ignore[arg-type] # always by name here
    lines = [
        f"{name}: {' '.join(messages)} ({help_of.get(name, '')})"
        for name, messages in sorted(messages_of.items())
    ]
    return "Wrong settings:\n" + "\n".join(lines)
