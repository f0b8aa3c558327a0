"""The filters and the order of a list of tickets: one value for list, counts and export."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

import msgspec

from shared.db.models import Origin, TicketKind, TicketStatus, Verdict
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission

NOBODY: Final = "none"
"""As an assignee: the tickets that nobody of support has taken."""

_FOR_SUPPORT = ("store_id", "assignee")


class Sort(enum.StrEnum):
    """What a list is ordered by, highest first."""

    LAST_ACTIVITY = "last_activity"
    NUMBER = "number"

    @property
    def column(self) -> str:
        """The column it stands for."""
        return "last_activity_at" if self is Sort.LAST_ACTIVITY else "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The filters of one call; an empty field is no filter."""

    status: frozenset[TicketStatus] = frozenset()
    verdict: Verdict | None = None
    kind: TicketKind | None = None
    origin: Origin | None = None
    unread: bool | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    number: int | None = None
    q: str | None = None
    store_id: UUID | None = None
    assignee: UUID | Literal["none"] | None = None

    @classmethod
    def of(cls, caller: Caller, arguments: Mapping[str, Any]) -> Filters:
        """The filters of a call; a store's people are held to their store.

        Raises `Forbidden` where they use a filter that is support's alone.
        """
        given = {name: arguments[name] for name in _NAMES if name in arguments}
        given["status"] = frozenset(given.get("status", ()))
        if caller.is_support:
            return cls(**given)
        if any(name in given for name in _FOR_SUPPORT):
            Permission.SUPPORT.require(caller)
        return cls(**given, store_id=caller.own_store)

    @property
    def fingerprint(self) -> str:
        """The same for the same filters alone, so that a cursor made with other filters is refused."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:32]

    def active(self) -> dict[str, Any]:
        """The filters in use, by name."""
        given = ((name, getattr(self, name)) for name in _NAMES)
        return {name: value for name, value in given if value is not None and value != frozenset()}


_NAMES = tuple(field.name for field in fields(Filters))
