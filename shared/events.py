"""Every event of the system, as typed data: what happened, in ids and small values.

A name never changes once released; a new field needs a default, so that rows written before it still read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal
from uuid import UUID

SubjectKind = Literal["rating", "ticket"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base: the store it belongs to, and the id that follows one request through every hop."""

    name: ClassVar[str]
    store_id: UUID
    correlation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAsked(Event):
    """Base of the events that ask for a unit: for a rating, or for a generic ticket."""

    subject_kind: SubjectKind
    subject_id: UUID
    actor_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRecorded(TicketAsked):
    """An answer was rated improvable or incorrect, or a parked rating was promoted."""

    name: ClassVar[str] = "rating.recorded"
    subject_kind: SubjectKind = "rating"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaGranted(TicketAsked):
    """The subject holds a unit."""

    name: ClassVar[str] = "quota.granted"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaDenied(TicketAsked):
    """The subject got no unit; `reason` is a `ParkedReason`."""

    name: ClassVar[str] = "quota.denied"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaThresholdReached(Event):
    """A store has used `percent` (80 or 100) of its units; told once per period."""

    name: ClassVar[str] = "quota.threshold_reached"
    percent: int
    used: int
    unit_limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOpened(Event):
    """A ticket holds its unit and the conversation can begin."""

    name: ClassVar[str] = "ticket.opened"
    ticket_id: UUID
    number: int
    actor_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingParked(Event):
    """A rating stays without a ticket until units are back."""

    name: ClassVar[str] = "rating.parked"
    rating_id: UUID
    question_id: UUID
    reason: str
    actor_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReceived:
    """Another service handed over an answered question; not looked at yet, so it has no store."""

    name: ClassVar[str] = "question.received"
    message: dict[str, Any]
    correlation_id: str = ""


AnyEvent = Event | QuestionReceived

EVENTS: dict[str, type[AnyEvent]] = {
    kind.name: kind
    for kind in (
        RatingRecorded,
        QuotaGranted,
        QuotaDenied,
        QuotaThresholdReached,
        TicketOpened,
        RatingParked,
        QuestionReceived,
    )
}
