"""All events of the system, as typed data: what happened, in ids and small values.

A name never changes once released, and a new field needs a default, so that older rows can still be read. A
new event needs a release in which workers know it before one in which it is published: during an upgrade the
previous release's workers take rows too, and a row with an event they do not know is dead at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal
from uuid import UUID

from shared.messaging.inbound_events import (
    InboundEvent,
    QuestionReceived,
    RatingReceived,
    StoreReceived,
    UnreadableMessage,
)

SubjectKind = Literal["rating", "ticket"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all events of a store; `correlation_id` names the request or message that led to the event."""

    name: ClassVar[str]
    store_id: UUID
    correlation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEvent(Event):
    """Base of the request for a unit and of its decision, for a subject: a rating or a generic ticket.

    `actor_id` is the person who asked. `promoted`: the subject was parked, and this is a later request for
    it.
    """

    subject_kind: SubjectKind
    subject_id: UUID
    actor_id: UUID
    promoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingUnitRequested(UnitEvent):
    """A rating requests a unit: for the first time, or again (`promoted`) after it was parked."""

    name: ClassVar[str] = "rating.recorded"
    subject_kind: SubjectKind = "rating"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketUnitRequested(UnitEvent):
    """A generic ticket requests a unit: for the first time, or again (`promoted`) after it was parked."""

    name: ClassVar[str] = "ticket.requested"
    subject_kind: SubjectKind = "ticket"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaGranted(UnitEvent):
    """The subject holds a unit now, or held one already."""

    name: ClassVar[str] = "quota.granted"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaDenied(UnitEvent):
    """The subject got no unit; `reason` is a value of `ParkedReason`."""

    name: ClassVar[str] = "quota.denied"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaThresholdReached(Event):
    """A store has used `percent` (80 or 100) of the period's units.

    It is published once for a period and its limit; a raised limit can be reached again.
    """

    name: ClassVar[str] = "quota.threshold_reached"
    percent: int
    used: int
    unit_limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEvent(Event):
    """Base of the events of a ticket; `actor_id` is the person who did it."""

    ticket_id: UUID
    number: int
    actor_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOpened(TicketEvent):
    """A ticket got its unit and is open: its conversation can begin."""

    name: ClassVar[str] = "ticket.opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPromoted(TicketEvent):
    """A ticket that was parked got a unit and is open."""

    name: ClassVar[str] = "ticket.promoted"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketParked(TicketEvent):
    """A generic ticket got no unit and is parked with its text. `reason` is a value of `ParkedReason`."""

    name: ClassVar[str] = "ticket.parked"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReplied(TicketEvent):
    """A person of the store wrote a message."""

    name: ClassVar[str] = "ticket.store_replied"
    message_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportReplied(TicketEvent):
    """Support wrote a message to the store."""

    name: ClassVar[str] = "ticket.support_replied"
    message_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketStatusChanged(TicketEvent):
    """Support changed the ticket's status; `status` is the new value of `TicketStatus`."""

    name: ClassVar[str] = "ticket.status_changed"
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAssigned(TicketEvent):
    """Support assigned the ticket to one of its people, or to nobody."""

    name: ClassVar[str] = "ticket.assigned"
    assignee_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketClosed(TicketEvent):
    """The ticket was closed, by the store or by support, who then gives `cause` and `resolution`."""

    name: ClassVar[str] = "ticket.closed"
    cause: str | None = None
    resolution: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDue(Event):
    """A ticket was closed for a cause that refunds: the unit of `subject_id` is to be given back."""

    name: ClassVar[str] = "quota.refund_due"
    subject_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReopened(TicketEvent):
    """A closed ticket was opened again, which takes no unit."""

    name: ClassVar[str] = "ticket.reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingParked(Event):
    """A rating got no unit and is parked, without a ticket. `reason` is a value of `ParkedReason`."""

    name: ClassVar[str] = "rating.parked"
    rating_id: UUID
    question_id: UUID
    reason: str
    actor_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDisabled(Event):
    """Calls to a store's webhook endpoint were stopped; `reason` is `gone` or `failing`."""

    name: ClassVar[str] = "webhook.disabled"
    endpoint_id: UUID
    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDue(Event):
    """An e-mail or a webhook call is due; its row says whether it still is to be sent."""

    name: ClassVar[str] = "delivery.due"
    channel: Literal["email", "webhook"]
    delivery_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StorePlanChanged(Event):
    """A store subscribes to another plan. A better one applies at once, a lesser one from the next period."""

    name: ClassVar[str] = "store.plan_changed"
    plan_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentEvent:
    """Base of the events of an attachment. Support's uploads have no store until they are attached."""

    name: ClassVar[str]
    attachment_id: UUID
    store_id: UUID | None = None
    correlation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentUploaded(AttachmentEvent):
    """A file was uploaded and is not processed yet."""

    name: ClassVar[str] = "attachment.uploaded"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentProcessed(AttachmentEvent):
    """An upload was processed: its variants are stored, or it was refused.

    `refusal` is a value of `shared.pictures.Refusal`. `width` and `height` of the full variant are in pixels;
    `frames` were kept of the file's `total_frames`; `stored_bytes` is the size of all variants together.
    """

    name: ClassVar[str] = "attachment.processed"
    refusal: str | None = None
    width: int | None = None
    height: int | None = None
    frames: int | None = None
    total_frames: int | None = None
    stored_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentDeleted(AttachmentEvent):
    """An attachment's row was deleted, unattached or with its ticket; its objects are to be deleted."""

    name: ClassVar[str] = "attachment.expired"


AnyEvent = Event | InboundEvent | UnreadableMessage | AttachmentEvent

EVENTS: dict[str, type[AnyEvent]] = {
    kind.name: kind
    for kind in (
        RatingUnitRequested,
        TicketUnitRequested,
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
        UnreadableMessage,
        AttachmentUploaded,
        AttachmentProcessed,
        AttachmentDeleted,
    )
}
"""The class of each event, by its name."""
