"""Taking over answered questions from the answering service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session

from services.ticket_api.questions import queries
from shared.db.models import Origin
from shared.messaging.inbound.schema import InboundMessage, load_payload
from shared.messaging.outbox.batch import PermanentError


class SourceSchema(Schema):
    """One source the answer was made from."""

    title = fields.String(required=True, validate=validate.Length(1, 500))
    url = fields.Url(schemes={"http", "https"}, load_default=None, allow_none=True)


class QuestionMessage(InboundMessage):
    """The message `questions.record`; sending the same id again changes nothing."""

    id = fields.UUID(required=True)
    store_id = fields.UUID(required=True)
    origin = fields.Enum(Origin, by_value=True, required=True)
    text = fields.String(required=True, validate=validate.Length(1, 20_000))
    answer = fields.String(required=True, validate=validate.Length(1, 20_000))
    product = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=500))
    model = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    sources = fields.List(fields.Nested(SourceSchema), load_default=list, validate=validate.Length(max=50))
    asked_at = fields.AwareDateTime(required=True, format="iso")


_SCHEMA = QuestionMessage()


def record(session: Session, messages: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Record each question once, by its id.

    Raises `PermanentError`, naming the fields, for a message that is not of the schema or whose store
    is unknown.
    """
    questions = [_load(message) for message in messages]
    unknown = queries.unknown_stores(session, {question["store_id"] for question in questions})
    if unknown:
        raise PermanentError(f"store_id: no such store: {', '.join(map(str, sorted(unknown)))}")
    queries.insert(session, questions, now)


def _load(message: Mapping[str, Any]) -> dict[str, Any]:
    question = load_payload(_SCHEMA, "questions.record", message)
    return question | {"origin": question["origin"].value}
