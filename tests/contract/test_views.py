"""Each struct that an endpoint returns has exactly the fields of the schema that documents it."""

import enum
import inspect
import types
import typing
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from marshmallow import Schema, fields

from services.ticket_api.app import create_app
from services.ticket_api.attachments.schemas import AttachmentSchema
from services.ticket_api.conversation.views import MessageView
from shared.http.blueprint import Blueprint

KINDS: dict[type, tuple[type[fields.Field[Any]], ...]] = {
    UUID: (fields.UUID,),
    bool: (fields.Boolean,),
    int: (fields.Integer,),
    str: (fields.String, fields.Enum),
    datetime: (fields.AwareDateTime,),
    dict: (fields.Dict,),
}


def differences(view: Any, schema: Schema, path: str = "") -> list[str]:
    """Where `view` and `schema` disagree: a missing field, null or not, or another type of JSON."""
    hints = {field.name: field.type for field in msgspec.structs.fields(view)}
    optional = {name for name, hint in hints.items() if msgspec.UnsetType in typing.get_args(hint)}
    names = {name for name in hints if name in schema.fields or name not in optional}
    found = [f"{path}{name}: in one alone" for name in names ^ set(schema.fields)]
    for name in names & set(schema.fields):
        found += _in_field(hints[name], schema.fields[name], f"{path}{name}")
    return found


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
        return differences(kind, field.schema, f"{path}.") if _is_struct(kind) else [f"{path}: no struct"]
    expected = (fields.Enum,) if issubclass(origin, enum.Enum) else KINDS[origin]
    return [] if isinstance(field, expected) else [f"{path}: {origin.__name__} is no {type(field).__name__}"]


def _is_struct(kind: Any) -> bool:
    origin = typing.get_origin(kind) or kind
    return isinstance(origin, type) and issubclass(origin, msgspec.Struct)


def schemas_of(view: Callable[..., Any]) -> Iterator[Schema]:
    """The schemas of JSON that an endpoint declares by `answers`."""
    documented = getattr(view, "_apidoc", {}).get("response", {}).get("responses", {})
    answers = [answer for each in documented.values() for answer in each]
    yield from (answer["schema"] for answer in answers if isinstance(answer.get("schema"), Schema))


def returned_by(view: Callable[..., Any]) -> Any:
    """What an endpoint says that it returns, without the headers beside it."""
    returned = typing.get_type_hints(inspect.unwrap(view))["return"]
    return typing.get_args(returned)[0] if typing.get_origin(returned) is tuple else returned


def undocumented(view: Callable[..., Any], schema: Schema) -> list[str]:
    """Where what an endpoint returns differs from the schema that it declares."""
    returned = returned_by(view)
    return differences(returned, schema) if _is_struct(returned) else [f"{returned} is no struct"]


def test_every_endpoint_returns_a_struct_with_the_fields_of_its_schema(engines: object):
    views = create_app().view_functions
    declared = [(name, view, schema) for name, view in views.items() for schema in schemas_of(view)]
    assert len(declared) > 30
    found = {name: undocumented(view, schema) for name, view, schema in declared}
    assert {name: differing for name, differing in found.items() if differing} == {}


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


def test_an_endpoint_that_returns_no_struct_is_found():
    blueprint = Blueprint("planted", __name__, url_prefix="/planted")

    def plain() -> dict[str, Any]:
        return {}

    def with_header(view: PlantedView) -> tuple[PlantedView, dict[str, str]]:
        return view, {}

    for endpoint in (plain, with_header):
        view = blueprint.answers(200, Planted)(endpoint)
        [schema] = schemas_of(view)
        assert undocumented(view, schema)
