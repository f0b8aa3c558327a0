"""`botmeni` in this process, as a person types it."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from click.testing import CliRunner

from deploy.cli.program import main


class Typed(NamedTuple):
    """What a command ended with and printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return msgspec.json.decode(self.out)


def botmeni(*arguments: object, answer: str | None = None) -> Typed:
    """Type a command; `answer` is what the person types when asked."""
    typed = CliRunner().invoke(
        main, [str(argument) for argument in arguments], input=answer, prog_name="botmeni"
    )
    if typed.exception is not None and not isinstance(typed.exception, SystemExit):
        raise typed.exception
    return Typed(typed.exit_code, typed.stdout, typed.stderr)


def done(*arguments: object) -> Any:
    """The JSON of a command that must succeed."""
    typed = botmeni(*arguments, "--json")
    assert typed.code == 0, typed.err
    return typed.json
