"""What a check says."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass


class State(enum.StrEnum):
    """Whether something is as it should be; `skipped`: it could not or need not be looked at."""

    OK = "ok"
    WRONG = "wrong"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """`said`: what was seen. `todo`: what to do about it, where it is wrong."""

    check: str
    state: State
    said: str
    todo: str = ""


Check = Callable[[], Iterator[Finding]]


def ok(check: str, said: str) -> Finding:
    """As it should be."""
    return Finding(check, State.OK, said)


def wrong(check: str, said: str, todo: str) -> Finding:
    """Not as it should be."""
    return Finding(check, State.WRONG, said, todo)


def skipped(check: str, said: str) -> Finding:
    """Not looked at."""
    return Finding(check, State.SKIPPED, said)


def brief(error: BaseException) -> str:
    """An error in one line."""
    return str(error).partition("\n")[0].strip() or type(error).__name__
