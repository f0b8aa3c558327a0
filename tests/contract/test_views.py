"""Each struct that is encoded to JSON has exactly the fields of the schema that documents it."""

import enum
import types
import typing
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest
from marshmallow import Schema, fields

from services.ticket_api.attachments.schemas import AttachmentSchema
from services.ticket_api.attachments.views import AttachmentView
from services.ticket_api.conversation.schemas import MessageSchema, TimelineEntrySchema
from services.ticket_api.conversation.views import MessageView, TimelineEntryView
from services.ticket_api.questions.schemas import QuestionSchema
from services.ticket_api.questions.views import QuestionView
from services.ticket_api.ratings.schemas import RatingSchema
from services.ticket_api.ratings.views import RatingView
from services.ticket_api.tickets.schemas import TicketDetailSchema, TicketSchema
from services.ticket_api.tickets.views import TicketDetailView, TicketView

View = type[msgspec.Struct]

PAIRS: list[tuple[View, type[Schema]]] = [
    (AttachmentView, AttachmentSchema),
    (MessageView, MessageSchema),
    (TimelineEntryView, TimelineEntrySchema),
    (QuestionView, QuestionSchema),
    (RatingView, RatingSchema),
    (TicketView, TicketSchema),
    (TicketDetailView, TicketDetailSchema),
]

KINDS: dict[type, tuple[type[fields.Field[Any]], ...]] = {
    UUID: (fields.UUID,),
    bool: (fields.Boolean,),
    int: (fields.Integer,),
    str: (fields.String, fields.Enum),
    datetime: (fields.AwareDateTime,),
    dict: (fields.Dict,),
}


def differences(view: View, schema: Schema, path: str = "") -> list[str]:
    """Where `view` and `schema` disagree: a missing field, null or not, or another type of JSON."""
    hints = typing.get_type_hints(view)
    optional = {name for name, hint in hints.items() if _is_optional(view, hint)}
    names = {name for name in hints if name in schema.fields or name not in optional}
    found = [f"{path}{name}: in one alone" for name in names ^ set(schema.fields)]
    for name in names & set(schema.fields):
        found += _in_field(hints[name], schema.fields[name], f"{path}{name}")
    return found


def _is_optional(view: View, hint: Any) -> bool:
    return msgspec.UnsetType in typing.get_args(hint)


def _in_field(hint: Any, field: fields.Field[Any], path: str) -> list[str]:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    options = tuple(option for option in options if option is not msgspec.UnsetType)
    if (type(None) in options) != field.allow_none:
        return [f"{path}: null is allowed in one alone"]
    [kind] = [option for option in options if option is not type(None)]
    origin, arguments = typing.get_origin(kind) or kind, typing.get_args(kind)
    if origin is list:
        return _in_field(arguments[0], field.inner, f"{path}[]") if isinstance(field, fields.List) else [path]
    if isinstance(field, fields.Nested):
        is_struct = isinstance(origin, type) and issubclass(origin, msgspec.Struct)
        return differences(origin, field.schema, f"{path}.") if is_struct else [f"{path}: no struct"]
    expected = (fields.Enum,) if issubclass(origin, enum.Enum) else KINDS[origin]
    return [] if isinstance(field, expected) else [f"{path}: {origin.__name__} is no {type(field).__name__}"]


@pytest.mark.parametrize(("view", "schema"), PAIRS, ids=lambda kind: kind.__name__)
def test_a_view_has_the_fields_of_its_schema(view: View, schema: type[Schema]):
    assert differences(view, schema()) == []


class Planted(Schema):
    """A schema that differs from `PlantedView` in every way there is."""

    id = fields.Integer()
    name = fields.String(allow_none=True)
    more = fields.Boolean()
    many = fields.List(fields.UUID())
    who = fields.Nested(AttachmentSchema)


class PlantedView(msgspec.Struct):
    """The other side of `Planted`."""

    id: UUID
    name: str
    many: list[int]
    who: MessageView


def test_every_kind_of_difference_is_found():
    found = sorted(difference.split(":")[0] for difference in differences(PlantedView, Planted()))
    assert {"id", "name", "more", "many[]", "who.body"} <= set(found)
