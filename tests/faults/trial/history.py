"""What clients sent and what they were answered: the record that the checker compares with the database."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Operation:
    """One thing somebody asked for, however often it had to be sent.

    `status` is that of the first definite answer; 0: there was none. `about` names what it was done to
    (question, rating, ticket), `mark` is a text found nowhere else;
    `seen` is the rating's outcome that its client saw before it rated again.
    """

    client: int
    number: int
    kind: str
    person: str
    store: str
    about: str
    mark: str
    sent: dict[str, Any] = field(default_factory=dict)
    seen: str = ""
    attempts: int = 0
    status: int = 0
    answer: Any = None

    @property
    def acknowledged(self) -> bool:
        """Whether an answer said that it is done."""
        return 200 <= self.status < 300

    def summary(self) -> str:
        """One line for a person who looks for what went wrong."""
        code = self.answer.get("code", "") if isinstance(self.answer, dict) else ""
        return (
            f"client {self.client} #{self.number} {self.kind} {self.about} by {self.person} mark {self.mark}:"
            f" {self.attempts} attempts, {self.status or 'no answer'} {code}"
        )


class History:
    """All operations of a run; clients add to it from their threads."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self._lock = threading.Lock()

    def add(self, operation: Operation) -> None:
        """Take note of an operation that has its answer, or will never get one."""
        with self._lock:
            self.operations.append(operation)

    def __len__(self) -> int:
        return len(self.operations)

    def of(self, *kinds: str) -> list[Operation]:
        """The acknowledged operations of some kinds, each client's in its order."""
        found = [made for made in self.operations if made.kind in kinds and made.acknowledged]
        return sorted(found, key=lambda made: (made.client, made.number))

    def about(self, *words: str) -> list[str]:
        """What is known of things, by any of their ids or marks."""
        chosen = set(filter(None, words))
        return [
            made.summary()
            for made in self.operations
            if chosen & {made.about, made.mark, made.person, str((made.answer or {}).get("id"))}
        ]
