"""All tables, one module per aggregate."""

from shared.db.models.attachments import Attachment, AttachmentStatus
from shared.db.models.audit import AuditEntry
from shared.db.models.base import Base
from shared.db.models.deliveries import DeliveryOutcome, EmailDelivery, NotificationSkip, RefusedAddress
from shared.db.models.idempotency import IdempotencyKey
from shared.db.models.notifications import Notification
from shared.db.models.outbox import Heartbeat, OutboxRow
from shared.db.models.people import TICKET_ROLES, Person, Role, Store
from shared.db.models.plans import Plan
from shared.db.models.preferences import NotificationPreference
from shared.db.models.questions import (
    Origin,
    Outcome,
    ParkedReason,
    ProcessedRatingMessage,
    Question,
    Rating,
    Verdict,
)
from shared.db.models.quota import LedgerEntry, LedgerKind, QuotaPeriod
from shared.db.models.search import TicketDocument
from shared.db.models.tickets import (
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
from shared.db.models.webhooks import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookSecret

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
    "ProcessedRatingMessage",
    "Question",
    "QuotaPeriod",
    "Rating",
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
