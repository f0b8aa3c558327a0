"""What a check finds broken."""

from __future__ import annotations

from typing import NamedTuple


class Violation(NamedTuple):
    """`invariant` names the rule; `words` are ids and marks by which the history knows what it is about."""

    invariant: str
    text: str
    words: tuple[str, ...] = ()
