"""The notifications section: what I was told, in my language, read or not."""

from uuid import uuid4

import pytest

from tests.support.clients.jobs import drain


@pytest.fixture
def told(world, sign_in):
    """A support person who was told of three tickets, one after the other."""
    staff, shop = world.support(), world.shop()
    for question in world.questions(shop, 3):
        sign_in(shop.seller).rated(question)
        drain()
    return sign_in(staff)


def test_the_latest_comes_first_with_the_number_of_unread_ones(told):
    page = told.read("/v1/notifications", limit=2)
    assert [item["text"] for item in page["items"]] == ["Nuevo ticket n.º 3", "Nuevo ticket n.º 2"]
    assert page["unread_count"] == 3
    assert len(told.walk("/v1/notifications", limit=2)) == 3


def test_one_says_which_ticket_it_is_about(told):
    [item, *_] = told.read("/v1/notifications")["items"]
    ticket = told.read(f"/v1/tickets/{item['ticket_id']}")
    assert ticket["number"] == 3
    assert (item["event"], item["count"], item["read_at"]) == ("ticket.opened", 1, None)


def test_english_is_spoken_to_who_asks_for_it(world, sign_in):
    shop = world.shop(units=0)
    sign_in(shop.seller).rated(world.question(shop))
    drain()
    [spanish] = sign_in(shop.admin).read("/v1/notifications")["items"]
    [english] = sign_in(shop.admin, language="en-GB,en;q=0.9").read("/v1/notifications")["items"]
    assert spanish["text"].startswith("Una calificación quedó en espera: ")
    assert english["text"].startswith("A rating had to wait: ")
    assert spanish["id"] == english["id"]


def test_some_can_be_marked_read(told):
    first, second, third = (item["id"] for item in told.read("/v1/notifications")["items"])
    assert told.post("/v1/notifications/read", {"ids": [first, third]}).json == {"unread_count": 1}
    assert [item["id"] for item in told.walk("/v1/notifications", unread="true")] == [second]
    assert {item["id"] for item in told.walk("/v1/notifications", unread="false")} == {first, third}


def test_all_can_be_marked_read(told):
    assert told.post("/v1/notifications/read").json == {"unread_count": 0}
    assert told.walk("/v1/notifications", unread="true") == []
    assert len(told.walk("/v1/notifications")) == 3


def test_nobody_marks_or_sees_anothers(told, world, sign_in):
    ids = [item["id"] for item in told.read("/v1/notifications")["items"]]
    other = sign_in(world.support())
    assert other.walk("/v1/notifications") == []
    assert other.post("/v1/notifications/read", {"ids": [*ids, str(uuid4())]}).status_code == 200
    assert told.read("/v1/notifications")["unread_count"] == 3
