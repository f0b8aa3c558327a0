"""Every error has one code, and says the same in both languages."""

import string
from http import HTTPStatus

import pytest

from services.ticket_api.attachments import errors as attachment_errors
from shared import errors
from shared.errors import AppError

DECLARED = [*vars(errors).values(), *vars(attachment_errors).values()]
KINDS = sorted(
    {kind for kind in DECLARED if isinstance(kind, type) and issubclass(kind, AppError)},
    key=lambda kind: kind.__name__,
)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_two_errors_share_a_code():
    assert len({kind.code for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_an_error_has_a_real_status_and_both_languages(kind: type[AppError]):
    assert HTTPStatus(kind.status) >= HTTPStatus.BAD_REQUEST
    assert placeholders(kind.es) == placeholders(kind.en)
    assert kind.es != kind.en
    values = dict.fromkeys(placeholders(kind.es), "VALUE")
    assert kind(**values).text("es") == kind.es.format(**values)
    assert kind(**values).text("en") == kind.en.format(**values)


def test_spanish_is_what_is_said_unless_english_is_asked_for():
    assert errors.NotFound().text("fr") == errors.NotFound.es
