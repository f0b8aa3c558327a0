"""Importing stores, their plans and their people from the account service.

Messages may come late, twice or out of order. What is newer stands, row by row: the store by its `synced_at`,
a person by theirs, and a complete list of people says all there is to say of any time before it.
"""

from __future__ import annotations

import functools
import zoneinfo
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate, validates_schema
from sqlalchemy.orm import Session

from services.ticket_api.accounts import import_queries as queries
from shared.db.models import TICKET_ROLES
from shared.messaging.events import StorePlanChanged
from shared.messaging.inbound.schema import InboundMessage, load_payload
from shared.messaging.inbound_events import StoreReceived
from shared.messaging.outbox.batch import PermanentError

CLOCK_DIFFERENCE = timedelta(minutes=5)
"""How far in the future a message may say it was sent; further on, it would outdo all that follow."""

Message = dict[str, Any]


def _is_time_zone(name: str) -> None:
    if name not in _time_zones():
        raise ValidationError("Must be an IANA time zone, such as America/Bogota.")


@functools.cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


class StoreSchema(Schema):
    """A store and what it subscribes to."""

    id = fields.UUID(required=True)
    name = fields.String(
        required=True, validate=validate.Length(1, 200), metadata={"example": "Zapatería Ruta 9"}
    )
    plan_code = fields.String(
        required=True, validate=validate.Length(1, 64), metadata={"example": "crecimiento"}
    )
    time_zone = fields.String(
        required=True,
        validate=_is_time_zone,
        metadata={"example": "America/Bogota", "description": "Of the IANA database"},
    )
    subscribed_on = fields.Date(required=True, format="iso")


class PersonSchema(Schema):
    """Someone of the store; support's people never come this way."""

    id = fields.UUID(required=True)
    name = fields.String(required=True, validate=validate.Length(1, 200))
    email = fields.Email(required=True, validate=validate.Length(max=320))
    roles = fields.List(fields.String(validate=validate.OneOf(sorted(TICKET_ROLES))), load_default=list)
    locale = fields.String(load_default="es", validate=validate.OneOf(["es", "en"]))
    active = fields.Boolean(load_default=True)


class StoreMessage(InboundMessage):
    """The message `stores.sync`; sending it again, or after a newer one, changes nothing.

    People of the store that `people` doesn't name stay as they are, unless `people_complete` says that
    there are no others: then those are no longer active.
    """

    store = fields.Nested(StoreSchema, required=True)
    people = fields.List(fields.Nested(PersonSchema), load_default=list, validate=validate.Length(max=5000))
    people_complete = fields.Boolean(load_default=False)
    sent_at = fields.AwareDateTime(required=True, format="iso", metadata={"example": "2026-01-20T12:00:00Z"})

    @validates_schema(skip_on_field_errors=True)
    def _names_each_person_once(self, message: Message, **_: Any) -> None:
        if len({person["id"] for person in message["people"]}) < len(message["people"]):
            raise ValidationError("Each person may be named once.", "people")


_SCHEMA = StoreMessage()


def import_stores(
    session: Session, received: Sequence[StoreReceived], now: datetime
) -> list[StorePlanChanged]:
    """Update stores and people to what the messages say; returns the changes of plan to publish.

    Raises `PermanentError`, naming what was expected, for a message that is not of the schema, names a plan
    that doesn't exist, or a person of another store.
    """
    messages = [_load(event, now) for event in received]
    _refuse_unknown_plans(session, messages)
    changes: list[StorePlanChanged] = []
    for round_ in _rounds(messages):
        changes += _apply(session, round_, now)
    return changes


def _load(event: StoreReceived, now: datetime) -> Message:
    message = load_payload(_SCHEMA, "stores.sync", event.message)
    if message["sent_at"] > now + CLOCK_DIFFERENCE:
        raise PermanentError(f"stores.sync: sent_at: {message['sent_at'].isoformat()} is in the future")
    return message | {"correlation_id": event.correlation_id}


def _refuse_unknown_plans(session: Session, messages: Sequence[Message]) -> None:
    known = queries.plan_codes(session)
    unknown = {message["store"]["plan_code"] for message in messages} - known
    if unknown:
        raise PermanentError(
            f"stores.sync: store.plan_code: no such plan: {', '.join(sorted(unknown))};"
            f" known: {', '.join(sorted(known))}"
        )


def _rounds(messages: Sequence[Message]) -> Iterator[list[Message]]:
    """The messages, oldest first, in groups that name each store once; nearly always one group."""
    waiting: defaultdict[UUID, list[Message]] = defaultdict(list)
    for message in sorted(messages, key=lambda message: message["sent_at"], reverse=True):
        waiting[message["store"]["id"]].append(message)
    while waiting:
        yield [waiting[store].pop() for store in sorted(waiting)]
        waiting = defaultdict(list, {store: left for store, left in waiting.items() if left})


def _apply(session: Session, messages: Sequence[Message], now: datetime) -> list[StorePlanChanged]:
    rows = [message["store"] | {"synced_at": message["sent_at"]} for message in messages]
    created = queries.create_stores(session, [row | {"created_at": now} for row in rows])
    before = queries.lock_stores(session, {row["id"] for row in rows})
    updated = queries.update_stores(session, rows) - created
    _apply_people(session, messages, before, now)
    return [
        StorePlanChanged(
            store_id=row["id"], correlation_id=message["correlation_id"], plan_code=row["plan_code"]
        )
        for row, message in zip(rows, messages, strict=True)
        if row["id"] in updated and row["plan_code"] != before[row["id"]].plan_code
    ]


def _apply_people(
    session: Session, messages: Sequence[Message], before: dict[UUID, queries.StoreBefore], now: datetime
) -> None:
    newer = [
        message
        for message in messages
        if not (complete_at := before[message["store"]["id"]].people_complete_at)
        or message["sent_at"] >= complete_at
    ]
    people = [
        person | {"store_id": message["store"]["id"], "synced_at": message["sent_at"], "created_at": now}
        for message in newer
        for person in message["people"]
    ]
    queries.upsert_people(session, sorted(people, key=lambda person: person["id"]))
    of_others = queries.people_of_other_stores(session, people)
    if of_others:
        raise PermanentError(f"stores.sync: people: not of this store: {', '.join(map(str, of_others))}")
    queries.complete_people(session, [message for message in newer if message["people_complete"]])
