"""Types of command-line parameters: ids and ages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import click

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_MAX_AGE = timedelta(days=36_500)


class Identifier(click.ParamType[UUID]):
    """A UUID."""

    name = "id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> UUID:
        """Return the UUID; fail with a message about the expected form."""
        try:
            return value if isinstance(value, UUID) else UUID(value)
        except ValueError:
            self.fail(f"{value!r} is no id; ids look like 0198c0de-0000-7000-8000-000000000001.", param, ctx)


class Age(click.ParamType[timedelta]):
    """A length of time, written as 90s, 15m, 2h or 7d."""

    name = "age"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Return the length of time; fail with a message about the expected form."""
        if isinstance(value, timedelta):
            return value
        match = re.fullmatch(r"(\d{1,6})([smhd])", value)
        if match is None:
            self.fail(f"{value!r} is no age; write 90s, 15m, 2h or 7d.", param, ctx)
        age = timedelta(**{_UNITS[match[2]]: int(match[1])})
        if age > _MAX_AGE:
            self.fail(f"{value!r} is too long ago; write {_MAX_AGE.days}d or less.", param, ctx)
        return age


ID = Identifier()
AGE = Age()
