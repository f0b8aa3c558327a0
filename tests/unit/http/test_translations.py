"""What is wrong with a request is said in Spanish, or in English to who asks for it."""

from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields, validate

from services.ticket_api.questions.schemas import QuestionArguments
from services.ticket_api.ratings.payloads import COMMENT_LIMIT, RateSchema
from shared.http.pagination import PageArguments
from shared.http.validation_messages import translate_errors


def complaints(schema: type[Schema], given: Any) -> Any:
    with pytest.raises(ValidationError) as refused:
        schema().load(given)
    return refused.value.messages


def texts(messages: Any) -> list[str]:
    if isinstance(messages, dict):
        return [text for inner in messages.values() for text in texts(inner)]
    if isinstance(messages, list):
        return [text for inner in messages for text in texts(inner)]
    return [messages]


@pytest.mark.parametrize(
    ("schema", "given", "spanish"),
    [
        (RateSchema, {}, {"verdict": ["Falta este dato."]}),
        (RateSchema, {"verdict": None}, {"verdict": ["No puede ser nulo."]}),
        (RateSchema, {"verdict": "correct", "extra": 1}, {"extra": ["Campo desconocido."]}),
        (
            RateSchema,
            {"verdict": "malo"},
            {"verdict": ["Debe ser uno de: correct, improvable, incorrect."]},
        ),
        (RateSchema, {"verdict": "correct", "comment": 5}, {"comment": ["No es válido."]}),
        (
            RateSchema,
            {"verdict": "correct", "comment": "x" * (COMMENT_LIMIT + 1)},
            {"comment": [f"Admite {COMMENT_LIMIT} caracteres como máximo."]},
        ),
        (PageArguments, {"limit": 0}, {"limit": ["Debe estar entre 1 y 100."]}),
        (PageArguments, {"limit": "x"}, {"limit": ["No es válido."]}),
        (QuestionArguments, {"rated": "x"}, {"rated": ["No es válido."]}),
        (QuestionArguments, {"q": ""}, {"q": ["Debe tener entre 1 y 200 caracteres."]}),
    ],
)
def test_a_complaint_is_translated_to_spanish(schema, given, spanish):
    assert translate_errors(complaints(schema, given), "es") == spanish


def test_english_is_left_as_the_library_says_it():
    messages = complaints(RateSchema, {})
    assert translate_errors(messages, "en") == {"verdict": ["Missing data for required field."]}


def test_nesting_stays():
    class Inner(Schema):
        name = fields.String(required=True)

    class Outer(Schema):
        items = fields.List(fields.Nested(Inner))

    messages = complaints(Outer, {"items": [{"name": "a"}, {}]})
    assert translate_errors(messages, "es") == {"items": {1: {"name": ["Falta este dato."]}}}


class EveryField(Schema):
    """A field of each type the project's schemas use, so that none speaks English by surprise."""

    string = fields.String(validate=validate.Length(min=2))
    integer = fields.Integer(validate=validate.Range(min=1))
    boolean = fields.Boolean()
    uuid = fields.UUID()
    url = fields.Url()
    moment = fields.AwareDateTime()
    listed = fields.List(fields.Integer())
    nested = fields.Nested(PageArguments)
    mapping = fields.Dict()


@pytest.mark.parametrize("wrong", [{}, "x", -1, None, [{}]], ids=repr)
def test_no_type_of_field_complains_in_english(wrong):
    messages = complaints(EveryField, dict.fromkeys(EveryField().fields, wrong))
    english = texts(messages)
    spanish = texts(translate_errors(messages, "es"))
    assert not [text for text, same in zip(spanish, english, strict=True) if text == same]


def test_what_nobody_has_translated_yet_is_still_shown():
    assert translate_errors({"a": ["Something new."]}, "es") == {"a": ["Something new."]}
