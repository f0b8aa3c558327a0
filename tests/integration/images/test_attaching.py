"""An upload is named once, by its uploader's store, and goes where it was named."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from tests.integration.conftest import SignIn
from tests.support.clients import jobs
from tests.support.clients.http import Client
from tests.support.clients.uploads import PHOTO, ready, uploaded
from tests.support.configured import configured
from tests.support.factories.database import Database, StoreFixture

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def support(db: Database, sign_in: SignIn) -> Client:
    return sign_in(db.support())


def rate(
    client: Client, question: Any, *attachments: Any, comment: str = "", verdict: str = "incorrect"
) -> Any:
    ids = [attachment["id"] for attachment in attachments]
    body = {"verdict": verdict, "comment": comment, "attachment_ids": ids}
    return client.call("PUT", f"/v1/questions/{question}/rating", json=body)


def open_ticket(client: Client, *attachments: Any) -> Any:
    """A generic ticket that is open."""
    ids = [attachment["id"] for attachment in attachments]
    answer: Any = client.post("/v1/tickets", {"body": "Mira", "verdict": "improvable", "attachment_ids": ids})
    assert answer.status_code == 202, answer.text
    jobs.drain()
    return answer.json["id"]


def write(client: Client, ticket: Any, *attachments: Any, internal: bool = False) -> Any:
    ids = [attachment["id"] for attachment in attachments]
    body = {"body": "Va", "attachment_ids": ids, "internal": internal}
    return client.post(f"/v1/tickets/{ticket}/messages", body)


def shown(client: Client, ticket: Any) -> list[list[str]]:
    """Ids of the pictures of each message, in the order of the conversation."""
    items = client.read(f"/v1/tickets/{ticket}/messages")["items"]
    return [[attachment["id"] for attachment in item["attachments"]] for item in items]


def test_pictures_of_a_rating_are_shown_with_the_question(admin: Client, shop: StoreFixture, db: Database):
    question = db.question(shop)
    one, two = ready(admin), uploaded(admin, name="otra.png")
    answer = rate(admin, question, two, one)
    assert answer.status_code == 202, answer.text
    assert [picture["id"] for picture in answer.json["attachments"]] == [one["id"], two["id"]]
    rating = admin.read(f"/v1/questions/{question}")["rating"]
    assert [picture["status"] for picture in rating["attachments"]] == ["ready", "pending"]
    assert admin.read("/v1/questions")["items"][0]["rating"] == rating


@pytest.mark.parametrize("comment", ["Así se ve", ""], ids=["with a comment", "without"])
def test_pictures_of_a_rating_begin_the_tickets_conversation(
    admin: Client, support: Client, shop: StoreFixture, db: Database, comment: str
):
    question = db.question(shop)
    pictures = [uploaded(admin), uploaded(admin)]
    rate(admin, question, *pictures, comment=comment)
    jobs.drain()
    ticket = admin.read(f"/v1/questions/{question}")["rating"]["ticket"]["id"]
    for reader in (admin, support):
        items = reader.read(f"/v1/tickets/{ticket}/messages")["items"]
        assert [item["body"] for item in items] == [comment]
        assert [picture["id"] for picture in items[0]["attachments"]] == [one["id"] for one in pictures]
        assert reader.get(items[0]["attachments"][0]["full"]).status_code == 200
    detail = support.read(f"/v1/tickets/{ticket}")
    assert len(detail["question"]["rating"]["attachments"]) == 2


def test_many_ratings_are_opened_with_their_own_pictures(admin: Client, shop: StoreFixture, db: Database):
    questions = db.questions(shop, 6)
    named = {}
    for number, question in enumerate(questions):
        named[str(question)] = [uploaded(admin)["id"] for _ in range(number % 3)]
        rate(admin, question, *({"id": each} for each in named[str(question)]))
    jobs.drain()
    for question in questions:
        rating = admin.read(f"/v1/questions/{question}")["rating"]
        first = shown(admin, rating["ticket"]["id"])
        assert first == ([named[str(question)]] if named[str(question)] else [])


def test_rating_again_adds_pictures_and_may_name_the_old_ones(
    admin: Client, shop: StoreFixture, db: Database
):
    question = db.question(shop)
    one, two = uploaded(admin), uploaded(admin)
    rate(admin, question, one)
    jobs.drain()
    again = rate(admin, question, one, two, verdict="improvable")
    assert again.status_code == 202, again.text
    assert [picture["id"] for picture in again.json["attachments"]] == [one["id"], two["id"]]
    ticket = admin.read(f"/v1/questions/{question}")["rating"]["ticket"]["id"]
    assert shown(admin, ticket) == [[one["id"]]]
    assert db.column("SELECT DISTINCT ticket_id::text FROM attachments") == [ticket]


def test_a_generic_ticket_and_both_sides_replies_carry_pictures(admin: Client, support: Client, db: Database):
    first, theirs, ours = uploaded(admin), ready(support), uploaded(admin)
    ticket = open_ticket(admin, first)
    answer = write(support, ticket, theirs)
    assert (answer.status_code, answer.json["attachments"][0]["id"]) == (201, theirs["id"])
    write(admin, ticket, ours)
    assert shown(admin, ticket) == shown(support, ticket) == [[first["id"]], [theirs["id"]], [ours["id"]]]
    assert admin.get(theirs["full"]).status_code == 200
    # What support uploaded is the store's from then on.
    assert len(set(db.column("SELECT store_id FROM attachments"))) == 1


def test_a_colleagues_upload_may_be_named(admin: Client, shop: StoreFixture, sign_in: SignIn):
    picture = uploaded(sign_in(shop.manager))
    assert write(admin, open_ticket(admin), picture).status_code == 201


def test_an_upload_is_named_once(admin: Client, shop: StoreFixture, db: Database):
    picture = uploaded(admin)
    ticket = open_ticket(admin, picture)
    for refused in (write(admin, ticket, picture), rate(admin, db.question(shop), picture)):
        assert (refused.status_code, refused.json["code"]) == (409, "attachment_tied")
    assert shown(admin, ticket) == [[picture["id"]]]
    assert db.count("ratings") == 0


def test_of_two_messages_at_once_one_gets_it(admin: Client, db: Database):
    ticket, picture = open_ticket(admin), uploaded(admin)
    other = open_ticket(admin)
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda where: write(admin, where, picture).status_code, (ticket, other)))
    assert sorted(answers) == [201, 409]
    assert db.count("attachments", "message_id IS NOT NULL") == 1
    assert db.count("messages") == 3


def test_another_stores_upload_and_one_that_is_not_there_look_the_same(
    admin: Client, support: Client, db: Database, sign_in: SignIn
):
    ticket = open_ticket(admin)
    foreign = uploaded(sign_in(db.shop().admin))
    answers = [write(admin, ticket, one) for one in (foreign, uploaded(support), {"id": str(uuid4())})]
    assert {(one.status_code, one.json["code"], one.json["detail"]) for one in answers} == {
        (422, "attachment_unknown", answers[0].json["detail"])
    }
    assert db.count("messages") == 1
    # Support answers with its own, not with what a store has not shown yet.
    assert write(support, ticket, uploaded(admin)).json["code"] == "attachment_unknown"


def test_a_refused_file_is_not_taken_along(admin: Client):
    ticket, page = open_ticket(admin), ready(admin, b"<html>")
    refused = write(admin, ticket, page)
    assert (refused.status_code, refused.json["code"]) == (409, "attachment_refused")


def test_a_file_refused_after_it_was_named_says_so_in_the_conversation(
    admin: Client, shop: StoreFixture, sign_in: SignIn
):
    ticket = open_ticket(admin, uploaded(admin, b"%PDF-1.7"))
    [message] = sign_in(shop.admin, "en").read(f"/v1/tickets/{ticket}/messages")["items"]
    [attachment] = message["attachments"]
    assert (attachment["status"], attachment["reason"]) == ("rejected", "not_a_picture")
    assert attachment["explanation"].startswith("It is not a picture")


def test_no_more_than_the_limit_go_with_one_message(admin: Client, shop: StoreFixture, db: Database):
    with configured(attachments_per_message=2):
        pictures = [uploaded(admin) for _ in range(3)]
        refused = write(admin, open_ticket(admin), *pictures)
        assert (refused.status_code, refused.json["code"]) == (422, "too_many_attachments")
        assert "2" in refused.json["detail"]
        question = db.question(shop)
        rate(admin, question, *pictures[:2])
        assert rate(admin, question, pictures[2]).json["code"] == "too_many_attachments"
    assert db.count("attachments", "tied_at IS NULL") == 1


def test_naming_one_twice_in_a_call_is_naming_it_once(admin: Client):
    picture = uploaded(admin)
    ticket = open_ticket(admin, picture, picture)
    assert shown(admin, ticket) == [[picture["id"]]]


class TestWhoSees:
    """A picture is seen by whoever sees what it belongs to."""

    def code(self, client: Client, attachment: Any) -> set[int]:
        """What the state and both pictures answer."""
        path = f"/v1/attachments/{attachment['id']}"
        return {client.get(path + end).status_code for end in ("", "/thumb", "/full")}

    def test_a_loose_one_is_its_uploaders_alone(
        self, admin: Client, support: Client, shop: StoreFixture, db: Database, sign_in: SignIn
    ):
        picture, theirs = ready(admin), ready(support)
        assert self.code(admin, picture) == self.code(support, theirs) == {200}
        others = (support, sign_in(shop.manager), sign_in(shop.seller), sign_in(db.shop().admin))
        assert {status for other in others for status in self.code(other, picture)} == {404}
        assert self.code(admin, theirs) == self.code(sign_in(db.support()), theirs) == {404}

    def test_a_ratings_is_seen_by_everyone_of_the_store_and_support(
        self, admin: Client, support: Client, shop: StoreFixture, db: Database, sign_in: SignIn
    ):
        picture = ready(admin)
        rate(admin, db.question(shop), picture)
        for reader in (admin, support, sign_in(shop.seller)):
            assert self.code(reader, picture) == {200}
        assert self.code(sign_in(db.shop().admin), picture) == {404}

    def test_a_tickets_is_seen_by_those_with_the_ticket_module_and_support(
        self, admin: Client, support: Client, shop: StoreFixture, db: Database, sign_in: SignIn
    ):
        picture = ready(admin)
        open_ticket(admin, picture)
        for reader in (admin, support, sign_in(shop.manager), sign_in(db.support())):
            assert self.code(reader, picture) == {200}
        for stranger in (sign_in(shop.seller), sign_in(db.shop().admin)):
            assert self.code(stranger, picture) == {404}

    def test_an_internal_notes_is_seen_by_support_alone(self, admin: Client, support: Client):
        ticket, picture = open_ticket(admin), ready(support)
        assert write(support, ticket, picture, internal=True).status_code == 201
        assert self.code(support, picture) == {200}
        assert self.code(admin, picture) == {404}
        assert shown(support, ticket) == [[], [picture["id"]]]
        assert shown(admin, ticket) == [[]]

    def test_the_database_itself_hides_them_from_other_stores(
        self, admin: Client, db: Database, shop: StoreFixture
    ):
        uploaded(admin, PHOTO)
        role = "SET LOCAL ROLE botmeni_api"
        seen = "SELECT count(*) FROM attachments"
        assert self.rows(db, role, str(db.shop().id), seen) == 0
        assert self.rows(db, role, str(shop.id), seen) == 1

    def rows(self, db: Database, role: str, store: str, query: str) -> int:
        from sqlalchemy import text  # noqa: PLC0415 - for this test alone

        from shared.db.transactions import transaction  # noqa: PLC0415 - likewise

        with transaction() as session:
            session.execute(text(role))
            session.execute(text("SELECT set_config('app.store', :store, true)"), {"store": store})
            return int(session.scalar(text(query)) or 0)
