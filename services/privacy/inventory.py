"""The data inventory: which rows of each table belong to a store or person; a test keeps it complete."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID


class SubjectKind(enum.StrEnum):
    """What kind of data subject somebody is."""

    STORE = "store"
    PERSON = "person"


class Subject(NamedTuple):
    """A data subject: a store or a person."""

    kind: SubjectKind
    id: UUID


@dataclass(frozen=True, slots=True)
class SubjectTable:
    """A table with SQL conditions on its alias `t` that select a subject's rows; None: it has no such rows.

    The conditions may use `:id`, and `:text`, which is the id as text. `secret_columns` are not exported.
    """

    name: str
    store_condition: str | None
    person_condition: str | None = None
    secret_columns: tuple[str, ...] = ()

    def condition(self, kind: SubjectKind) -> str | None:
        """The condition for a kind of subject."""
        return self.store_condition if kind is SubjectKind.STORE else self.person_condition


_STORE = "t.store_id = :id"
_PERSON = "t.person_id = :id"
_PEOPLE = "(SELECT id FROM people WHERE store_id = :id)"

# In the order in which a store's rows can be deleted: a table stands before those it refers to.
INVENTORY: tuple[SubjectTable, ...] = (
    # Messages of other services have no store_id before they are read, so their text is searched as well.
    SubjectTable(
        "outbox",
        f"({_STORE} OR strpos(CAST(t.payload AS text), :text) > 0)",
        "strpos(CAST(t.payload AS text), :text) > 0",
    ),
    SubjectTable("webhook_attempts", _STORE, "strpos(t.response, :text) > 0"),
    SubjectTable("webhook_deliveries", _STORE, "strpos(t.payload, :text) > 0"),
    SubjectTable("webhook_secrets", _STORE, secret_columns=("secret",)),
    SubjectTable("webhook_endpoints", _STORE),
    SubjectTable("email_deliveries", _STORE, f"({_PERSON} OR strpos(CAST(t.events AS text), :text) > 0)"),
    SubjectTable("notification_skips", _STORE, _PERSON),
    SubjectTable("notifications", _STORE, f"({_PERSON} OR strpos(CAST(t.detail AS text), :text) > 0)"),
    SubjectTable("notification_preferences", f"t.person_id IN {_PEOPLE}", _PERSON),
    SubjectTable(
        "refused_addresses",
        "t.address IN (SELECT email FROM people WHERE store_id = :id)",
        "t.address = (SELECT email FROM people WHERE id = :id)",
    ),
    # Responses stored for support may contain data of stores and people.
    SubjectTable(
        "idempotency_keys",
        f"(t.person_id IN {_PEOPLE} OR position(convert_to(:text, 'UTF8') IN t.body) > 0)",
        f"({_PERSON} OR position(convert_to(:text, 'UTF8') IN t.body) > 0)",
    ),
    SubjectTable("ticket_reads", _STORE, _PERSON),
    SubjectTable("ticket_documents", "t.ticket_id IN (SELECT id FROM tickets WHERE store_id = :id)"),
    SubjectTable("attachments", f"({_STORE} OR t.uploaded_by IN {_PEOPLE})", "t.uploaded_by = :id"),
    SubjectTable("timeline", _STORE, "(t.actor_id = :id OR strpos(CAST(t.detail AS text), :text) > 0)"),
    SubjectTable("messages", _STORE, "t.author_id = :id"),
    SubjectTable("tickets", _STORE, "(t.opened_by = :id OR t.assignee_id = :id)"),
    SubjectTable("ratings", _STORE, "t.rated_by = :id"),
    SubjectTable("rating_messages", "t.question_id IN (SELECT id FROM questions WHERE store_id = :id)"),
    SubjectTable("questions", _STORE),
    SubjectTable("ticket_counters", _STORE),
    SubjectTable("quota_ledger", _STORE),
    SubjectTable("quota_periods", _STORE),
    SubjectTable("canned_replies", None, "t.updated_by = :id"),
    SubjectTable("audit_log", _STORE),
    SubjectTable("people", _STORE, "t.id = :id"),
    SubjectTable("stores", "t.id = :id"),
)

TABLES_WITHOUT_SUBJECTS = {
    "plans": "plans that are sold",
    "causes": "support's list of causes",
    "heartbeats": "heartbeats of queues",
    "alembic_version": "the version of the schema",
}
"""Tables that have no data of stores or people, and what they have."""
