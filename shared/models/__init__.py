"""All tables, one module per aggregate."""

from shared.models.attachments import Attachment, AttachmentStatus
from shared.models.audit import AuditEntry
from shared.models.base import Base
from shared.models.deliveries import DeliveryOutcome, EmailDelivery, NotificationSkip, RefusedAddress
from shared.models.idempotency import IdempotencyKey
from shared.models.notifications import Notification
from shared.models.outbox import Heartbeat, OutboxRow
from shared.models.people import TICKET_ROLES, Person, Role, Store
from shared.models.plans import Plan
from shared.models.preferences import NotificationPreference
from shared.models.questions import Origin, Outcome, ParkedReason, Question, Rating, RatingMessage, Verdict
from shared.models.quota import LedgerEntry, LedgerKind, QuotaPeriod
from shared.models.search import TicketDocument
from shared.models.tickets import (
    CannedReply,
    Cause,
    Message,
    Ticket,
    TicketCounter,
    TicketKind,
    TicketRead,
    TicketStatus,
    TimelineEntry,
    TimelineKind,
)
from shared.models.webhooks import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookSecret

__all__ = [
    "TICKET_ROLES",
    "Attachment",
    "AttachmentStatus",
    "AuditEntry",
    "Base",
    "CannedReply",
    "Cause",
    "DeliveryOutcome",
    "EmailDelivery",
    "Heartbeat",
    "IdempotencyKey",
    "LedgerEntry",
    "LedgerKind",
    "Message",
    "Notification",
    "NotificationPreference",
    "NotificationSkip",
    "Origin",
    "OutboxRow",
    "Outcome",
    "ParkedReason",
    "Person",
    "Plan",
    "Question",
    "QuotaPeriod",
    "Rating",
    "RatingMessage",
    "RefusedAddress",
    "Role",
    "Store",
    "Ticket",
    "TicketCounter",
    "TicketDocument",
    "TicketKind",
    "TicketRead",
    "TicketStatus",
    "TimelineEntry",
    "TimelineKind",
    "Verdict",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookSecret",
]
