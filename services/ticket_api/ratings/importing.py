"""Ratings that other services collect, imported by the rule of the HTTP call."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from structlog.contextvars import bound_contextvars

from services.ticket_api.ratings import rules
from services.ticket_api.ratings.payloads import RatingMessageSchema
from shared.db.bulk_insert import insert_rows
from shared.db.models import Person, ProcessedRatingMessage, Question
from shared.errors import AppError
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.messaging.inbound.schema import load_payload
from shared.messaging.inbound_events import RatingReceived
from shared.messaging.outbox.batch import PermanentError
from shared.messaging.outbox.unit_of_work import UnitOfWork

NAME = "ratings.record"

_SCHEMA = RatingMessageSchema()


class QuestionMissing(Exception):
    """The message overtook the one that records its question: it is tried again."""


def record(work: UnitOfWork, received: Sequence[RatingReceived], now: datetime) -> None:
    """Rate once for each message id, as the person it names would by HTTP.

    Raises `PermanentError`, saying what was expected, for a message that is not of the schema, or that its
    person may not send; `QuestionMissing`.
    """
    messages = [(event, load_payload(_SCHEMA, NAME, event.message)) for event in received]
    # Everyone locks questions in the same order; of one question, what came first stays first.
    messages.sort(key=lambda pair: pair[1]["question_id"])
    session = work.session
    _require_questions(session, {message["question_id"] for _, message in messages})
    people = _people(session, {message["person_id"] for _, message in messages})
    new = _record_ids(session, [message for _, message in messages], now)
    for event, message in messages:
        if message["id"] in new:
            new.remove(message["id"])
            with bound_contextvars(correlation_id=event.correlation_id):
                _rate(work, people.get(message["person_id"]), message, now)


def _rate(work: UnitOfWork, person: Caller | None, message: dict[str, Any], now: datetime) -> None:
    if person is None or not Permission.STORE_PERSON.admits(person):
        raise PermanentError(f"{NAME}: person_id: nobody active of a store: {message['person_id']}")
    try:
        rules.rate(work, person, message["question_id"], message, now, "en")
    except AppError as refusal:
        raise PermanentError(f"{NAME}: {refusal.code}: {refusal.text('en')}") from None


def _require_questions(session: Session, ids: set[UUID]) -> None:
    missing = ids - set(session.scalars(select(Question.id).where(Question.id.in_(ids))))
    if missing:
        raise QuestionMissing(f"{NAME}: question_id: no such question: {', '.join(map(str, missing))}")


def _people(session: Session, ids: Collection[UUID]) -> dict[UUID, Caller]:
    """Those of `ids` who are active, as they are now."""
    rows = session.scalars(select(Person).where(Person.id.in_(ids), Person.active))
    return {row.id: Caller(row.id, row.store_id, row.name, frozenset(row.roles)) for row in rows}


def _record_ids(session: Session, messages: Sequence[dict[str, Any]], now: datetime) -> set[UUID]:
    """Record the messages' ids; returns the new ones. A transaction with the same id waits for this one."""
    rows = {
        message["id"]: {"id": message["id"], "question_id": message["question_id"], "received_at": now}
        for message in messages
    }
    ordered = [rows[message_id] for message_id in sorted(rows)]
    added = insert_rows(session, ProcessedRatingMessage, ordered, "ON CONFLICT (id) DO NOTHING RETURNING id")
    return set(added.scalars()) if added else set()
