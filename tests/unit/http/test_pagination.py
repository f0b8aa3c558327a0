"""Cursors: only the list that gave one out takes it back, and only unchanged."""

import base64
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import InvalidCursor
from shared.http import pagination
from shared.http.pagination import Page, Position

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
HERE = Position(NOON, uuid4())

positions = st.builds(
    Position,
    sort_value=st.datetimes(timezones=st.just(UTC)),
    id=st.uuids(),
)


class Row(NamedTuple):
    """What a list is made of, at the least."""

    id: UUID
    at: datetime


def rows(count: int) -> list[Row]:
    return [Row(UUID(int=number), NOON - timedelta(seconds=number)) for number in range(count)]


@given(position=positions)
def test_a_cursor_comes_back_as_the_place_it_was_made_of(position):
    assert pagination.decode(pagination.encode(position, "tickets"), "tickets") == position


def test_no_cursor_is_the_beginning():
    assert pagination.decode(None, "tickets") is None


def test_a_cursor_of_another_list_is_refused():
    with pytest.raises(InvalidCursor):
        pagination.decode(pagination.encode(HERE, "tickets"), "questions")


def test_a_cursor_of_another_tickets_messages_is_refused():
    cursor = pagination.encode(HERE, f"messages:{uuid4()}")
    with pytest.raises(InvalidCursor):
        pagination.decode(cursor, f"messages:{uuid4()}")


@given(st.data())
def test_a_cursor_with_one_bit_changed_is_refused(data):
    cursor = pagination.encode(HERE, "tickets")
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidCursor):
        pagination.decode(base64.urlsafe_b64encode(raw).decode().rstrip("="), "tickets")


@given(text=st.text(max_size=200))
def test_any_other_text_is_refused_and_never_breaks(text):
    with pytest.raises(InvalidCursor):
        pagination.decode(text, "tickets")


def test_a_full_page_with_more_behind_it_gives_a_cursor_to_its_last_row():
    page = pagination.page(rows(4), 3, "list", by="at")
    assert len(page.items) == 3
    last = page.items[-1]
    assert pagination.decode(page.next_cursor, "list") == Position(last.at, last.id)


@pytest.mark.parametrize("count", [0, 2, 3])
def test_the_last_page_gives_none(count):
    page = pagination.page(rows(count), 3, "list", by="at")
    assert page == Page(rows(count), None)
