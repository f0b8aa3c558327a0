"""Unread is per person: what somebody else wrote after the last thing this person has read."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

from tests.support.clients.http import Client


def unread(client: Client) -> set[UUID]:
    items = {UUID(item["id"]): item["unread"] for item in client.walk("/v1/tickets")}
    for flag in (True, False):
        shown = {UUID(item["id"]) for item in client.walk("/v1/tickets", unread=str(flag).lower())}
        assert shown == {ticket for ticket, is_unread in items.items() if is_unread is flag}
    for ticket, is_unread in items.items():
        assert client.read(f"/v1/tickets/{ticket}")["unread"] is is_unread
    return {ticket for ticket, is_unread in items.items() if is_unread}


def test_a_new_ticket_is_unread_to_all_but_its_opener(db, sign_in, ticket_factory, shop):
    tickets = {ticket_factory.generic(shop), ticket_factory.rated(shop, comment="")}
    assert unread(sign_in(shop.admin)) == set()
    assert unread(sign_in(shop.manager)) == tickets
    assert unread(sign_in(db.support())) == tickets


def test_what_someone_read_is_read_to_them_alone(sign_in, ticket_factory, shop):
    ticket = ticket_factory.generic(shop)
    assert sign_in(shop.manager).post(f"/v1/tickets/{ticket}/read").status_code == 200
    assert unread(sign_in(shop.manager)) == set()
    ticket_factory.say(ticket, shop.admin, "Otra cosa")
    assert unread(sign_in(shop.manager)) == {ticket}
    assert sign_in(shop.manager).post(f"/v1/tickets/{ticket}/read").status_code == 200
    assert unread(sign_in(shop.manager)) == set()


def test_an_answer_makes_it_unread_to_the_store_and_not_to_who_wrote_it(db, sign_in, ticket_factory, shop):
    ticket = ticket_factory.generic(shop)
    staff = sign_in(db.support())
    assert staff.post(f"/v1/tickets/{ticket}/messages", {"body": "Ya lo vemos"}).status_code == 201
    assert unread(staff) == set()
    assert unread(sign_in(shop.admin)) == {ticket}


def test_a_note_is_news_to_support_alone(db, sign_in, ticket_factory, shop):
    ticket, author, colleague = ticket_factory.generic(shop), db.support(), db.support()
    assert sign_in(colleague).post(f"/v1/tickets/{ticket}/read").status_code == 200
    note = {"body": "Ojo con este", "internal": True}
    assert sign_in(author).post(f"/v1/tickets/{ticket}/messages", note).status_code == 201
    assert unread(sign_in(colleague)) == {ticket}
    assert unread(sign_in(author)) == set()
    assert unread(sign_in(shop.admin)) == set()
    [item] = sign_in(shop.admin).walk("/v1/tickets")
    assert item["last_position"] == 1


def test_marked_unread_it_is_unread_again(sign_in, ticket_factory, shop):
    ticket = ticket_factory.generic(shop)
    admin = sign_in(shop.admin)
    assert admin.post(f"/v1/tickets/{ticket}/unread").status_code == 200
    assert unread(admin) == {ticket}


def test_who_replies_and_reads_at_once_gets_both_done(db, sign_in, ticket_factory, shop):
    tickets = [ticket_factory.generic(shop) for _ in range(25)]
    together = Barrier(2)

    def at_once(path: str, body: dict[str, str] | None) -> list[int]:
        client = sign_in(shop.manager)
        statuses = []
        for ticket in tickets:
            together.wait(60)
            statuses.append(client.post(f"/v1/tickets/{ticket}/{path}", body).status_code)
        return statuses

    with ThreadPoolExecutor() as pool:
        replied = pool.submit(at_once, "messages", {"body": "Una cosa más"})
        read = pool.submit(at_once, "read", None)
    assert (set(replied.result()), set(read.result())) == ({201}, {200})
