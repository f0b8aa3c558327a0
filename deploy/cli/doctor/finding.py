"""The result of a check."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass


class State(enum.StrEnum):
    """Whether something is as it should be; `skipped` means that it could not or need not be checked."""

    OK = "ok"
    WRONG = "wrong"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """The state of one check, a message about it and, where it is wrong, the remedy."""

    check: str
    state: State
    message: str
    remedy: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the finding with the keys of the `--json` output, which scripts read."""
        return {"check": self.check, "state": self.state, "said": self.message, "todo": self.remedy}


Check = Callable[[], Iterator[Finding]]


def ok(check: str, message: str) -> Finding:
    """Return the finding that something is as it should be."""
    return Finding(check, State.OK, message)


def wrong(check: str, message: str, remedy: str) -> Finding:
    """Return the finding that something is wrong, with its remedy."""
    return Finding(check, State.WRONG, message, remedy)


def skipped(check: str, message: str) -> Finding:
    """Return the finding that something was not checked."""
    return Finding(check, State.SKIPPED, message)


def brief(error: BaseException) -> str:
    """Return the first line of an error, or the name of its type if it has no text."""
    return str(error).partition("\n")[0].strip() or type(error).__name__
