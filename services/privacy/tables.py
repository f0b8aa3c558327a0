"""Which rows are a store's and which are a person's, table by table; a test holds that none is left out."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID


class SubjectKind(enum.StrEnum):
    """Whose data."""

    STORE = "store"
    PERSON = "person"


class Subject(NamedTuple):
    """A store or a person."""

    kind: SubjectKind
    id: UUID


@dataclass(frozen=True, slots=True)
class Held:
    """A table's rows of a store and of a person, as conditions on its alias `t`; None: it has none of them.

    They may use `:id`, and `:text`, the same as text. `hidden` columns are nobody's data, but secrets.
    """

    table: str
    of_store: str | None
    of_person: str | None = None
    hidden: tuple[str, ...] = ()

    def condition(self, kind: SubjectKind) -> str | None:
        """The condition for a store or a person."""
        return self.of_store if kind is SubjectKind.STORE else self.of_person


_STORE = "t.store_id = :id"
_PERSON = "t.person_id = :id"
_PEOPLE = "(SELECT id FROM people WHERE store_id = :id)"

# In the order in which a store's rows can be deleted: whatever refers to a row stands before it.
HELD: tuple[Held, ...] = (
    # What other services hand over has no store before it is read, so the text is looked at as well.
    Held(
        "outbox",
        f"({_STORE} OR strpos(CAST(t.payload AS text), :text) > 0)",
        "strpos(CAST(t.payload AS text), :text) > 0",
    ),
    Held("webhook_attempts", _STORE, "strpos(t.response, :text) > 0"),
    Held("webhook_deliveries", _STORE, "strpos(t.payload, :text) > 0"),
    Held("webhook_secrets", _STORE, hidden=("secret",)),
    Held("webhook_endpoints", _STORE),
    Held("email_deliveries", _STORE, f"({_PERSON} OR strpos(CAST(t.events AS text), :text) > 0)"),
    Held("notification_skips", _STORE, _PERSON),
    Held("notifications", _STORE, f"({_PERSON} OR strpos(CAST(t.detail AS text), :text) > 0)"),
    Held("notification_preferences", f"t.person_id IN {_PEOPLE}", _PERSON),
    Held(
        "refused_addresses",
        "t.address IN (SELECT email FROM people WHERE store_id = :id)",
        "t.address = (SELECT email FROM people WHERE id = :id)",
    ),
    # Support's kept answers tell of stores and people, too.
    Held(
        "idempotency_keys",
        f"(t.person_id IN {_PEOPLE} OR position(convert_to(:text, 'UTF8') IN t.body) > 0)",
        f"({_PERSON} OR position(convert_to(:text, 'UTF8') IN t.body) > 0)",
    ),
    Held("ticket_reads", _STORE, _PERSON),
    Held("ticket_documents", "t.ticket_id IN (SELECT id FROM tickets WHERE store_id = :id)"),
    Held("attachments", f"({_STORE} OR t.uploaded_by IN {_PEOPLE})", "t.uploaded_by = :id"),
    Held("timeline", _STORE, "(t.actor_id = :id OR strpos(CAST(t.detail AS text), :text) > 0)"),
    Held("messages", _STORE, "t.author_id = :id"),
    Held("tickets", _STORE, "(t.opened_by = :id OR t.assignee_id = :id)"),
    Held("ratings", _STORE, "t.rated_by = :id"),
    Held("rating_messages", "t.question_id IN (SELECT id FROM questions WHERE store_id = :id)"),
    Held("questions", _STORE),
    Held("ticket_counters", _STORE),
    Held("quota_ledger", _STORE),
    Held("quota_periods", _STORE),
    Held("canned_replies", None, "t.updated_by = :id"),
    Held("audit_log", _STORE),
    Held("people", _STORE, "t.id = :id"),
    Held("stores", "t.id = :id"),
)

OF_NOBODY = {
    "plans": "what is sold",
    "causes": "support's list",
    "heartbeats": "queues",
    "alembic_version": "the schema's own",
}
"""Tables that hold no store's and no person's data, and what they hold."""
