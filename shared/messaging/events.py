"""Every event of the system, as typed data: what happened, in ids and small values.

A name never changes once released; a new field needs a default, so that rows written before it still read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal
from uuid import UUID

from shared.messaging.inbound_events import (
    MessageUnread,
    QuestionReceived,
    RatingReceived,
    Received,
    StoreReceived,
)

SubjectKind = Literal["rating", "ticket"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base: the store it belongs to, and the id that follows one request through every hop."""

    name: ClassVar[str]
    store_id: UUID
    correlation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAsked(Event):
    """Base of the events that ask for a unit: for a rating, or for a generic ticket.

    `promoted`: it was parked before and somebody asked again.
    """

    subject_kind: SubjectKind
    subject_id: UUID
    actor_id: UUID
    promoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRecorded(TicketAsked):
    """An answer was rated improvable or incorrect, or a parked rating was promoted."""

    name: ClassVar[str] = "rating.recorded"
    subject_kind: SubjectKind = "rating"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRequested(TicketAsked):
    """A generic ticket was written, or a parked one was promoted."""

    name: ClassVar[str] = "ticket.requested"
    subject_kind: SubjectKind = "ticket"


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
class TicketEvent(Event):
    """Base of what happens to a ticket; `actor_id` is the person who did it."""

    ticket_id: UUID
    number: int
    actor_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOpened(TicketEvent):
    """A ticket holds its unit and the conversation can begin."""

    name: ClassVar[str] = "ticket.opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPromoted(TicketEvent):
    """A ticket that had to wait was opened after all."""

    name: ClassVar[str] = "ticket.promoted"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketParked(TicketEvent):
    """A generic ticket waits until units are back; its text is kept. `reason` is a `ParkedReason`."""

    name: ClassVar[str] = "ticket.parked"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReplied(TicketEvent):
    """The store wrote."""

    name: ClassVar[str] = "ticket.store_replied"
    message_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportReplied(TicketEvent):
    """Support answered."""

    name: ClassVar[str] = "ticket.support_replied"
    message_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketStatusChanged(TicketEvent):
    """Support took the ticket up, or put it back; `status` is the new `TicketStatus`."""

    name: ClassVar[str] = "ticket.status_changed"
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAssigned(TicketEvent):
    """Support gave the ticket to one of its own, or to nobody."""

    name: ClassVar[str] = "ticket.assigned"
    assignee_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketClosed(TicketEvent):
    """Either side closed the ticket; support names cause and improvement."""

    name: ClassVar[str] = "ticket.closed"
    cause: str | None = None
    resolution: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDue(Event):
    """A ticket closed for a cause that is our own fault; `subject_id` holds the unit that goes back."""

    name: ClassVar[str] = "quota.refund_due"
    subject_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReopened(TicketEvent):
    """A closed ticket goes on; this takes no unit."""

    name: ClassVar[str] = "ticket.reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingParked(Event):
    """A rating stays without a ticket until units are back."""

    name: ClassVar[str] = "rating.parked"
    rating_id: UUID
    question_id: UUID
    reason: str
    actor_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDisabled(Event):
    """Nothing is sent to a store's endpoint any more; `reason`: `gone` or `failing`."""

    name: ClassVar[str] = "webhook.disabled"
    endpoint_id: UUID
    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDue(Event):
    """An e-mail or a call of a webhook is to be tried; its row says whether it still is."""

    name: ClassVar[str] = "delivery.due"
    channel: Literal["email", "webhook"]
    delivery_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StorePlanChanged(Event):
    """A store subscribes to another plan: better ones act at once, lesser ones with the next period."""

    name: ClassVar[str] = "store.plan_changed"
    plan_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentEvent:
    """Base of what happens to a picture; what support uploads has no store as long as it is loose."""

    name: ClassVar[str]
    attachment_id: UUID
    store_id: UUID | None = None
    correlation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentUploaded(AttachmentEvent):
    """Somebody uploaded a file; nobody has looked at it yet."""

    name: ClassVar[str] = "attachment.uploaded"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentProcessed(AttachmentEvent):
    """The pictures of an upload are made, or it was refused: `refusal` is a `shared.pictures.Refusal`.

    Size in pixels of the full picture, frames kept and frames there were, bytes of all variants together.
    """

    name: ClassVar[str] = "attachment.processed"
    refusal: str | None = None
    width: int | None = None
    height: int | None = None
    frames: int | None = None
    total_frames: int | None = None
    stored_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentExpired(AttachmentEvent):
    """An upload that nobody named in a message is gone; its objects are to follow."""

    name: ClassVar[str] = "attachment.expired"


AnyEvent = Event | Received | MessageUnread | AttachmentEvent

EVENTS: dict[str, type[AnyEvent]] = {
    kind.name: kind
    for kind in (
        RatingRecorded,
        TicketRequested,
        QuotaGranted,
        QuotaDenied,
        QuotaThresholdReached,
        TicketOpened,
        TicketPromoted,
        TicketParked,
        RatingParked,
        StoreReplied,
        SupportReplied,
        TicketStatusChanged,
        TicketAssigned,
        TicketClosed,
        TicketReopened,
        RefundDue,
        WebhookDisabled,
        DeliveryDue,
        StorePlanChanged,
        StoreReceived,
        QuestionReceived,
        RatingReceived,
        MessageUnread,
        AttachmentUploaded,
        AttachmentProcessed,
        AttachmentExpired,
    )
}
