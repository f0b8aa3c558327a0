"""A person is erased without a trace while their store goes on; support's answers keep a placeholder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.privacy.batches import CannotErase, pseudonym_of
from services.privacy.erase_person import ERASED_TEXT, PLACEHOLDER_NAME, erase_person, placeholder_of
from shared.db.transactions import transaction
from tests.integration.conftest import SignIn
from tests.support.clients import jobs, uploads
from tests.support.clients.command_line import botmeni, done
from tests.support.clients.stored_text import places
from tests.support.configured import configured
from tests.support.factories.database import Database
from tests.support.factories.filled_store import Filled
from tests.support.processes import databases
from tests.support.waiting import until

PLANTED = "zaidafono"
NAMED = "Zaida Quetzal"
ADDRESS = "zaida.quetzal@example.net"


@pytest.fixture
def mine(filled: tuple[Filled, Filled], db: Database) -> Filled:
    mine, _ = filled
    db.execute(
        "UPDATE people SET name = :name, email = :email WHERE id = :id",
        name=NAMED, email=ADDRESS, id=mine.shop.admin,
    )  # fmt: skip
    return mine


@pytest.fixture
def zaida(mine: Filled, db: Database, sign_in: SignIn) -> UUID:
    """The store's administrator, who has left what people leave in every corner."""
    admin, support_client = sign_in(mine.shop.admin), sign_in(mine.support)
    question = db.question(mine.shop)
    admin.rate_ok(question, "incorrect", f"Mi teléfono: {PLANTED}")
    ticket = mine.ids["ticket_id"][0]
    picture = uploads.uploaded(admin, name=f"{PLANTED}.jpg")["id"]
    key = {"Idempotency-Key": "zaida"}
    body = {"body": f"Llamen al {PLANTED}", "attachment_ids": [picture]}
    path = f"/v1/tickets/{ticket}/messages"
    assert admin.call("POST", path, json=body, headers=key).status_code == 201
    answer = {"body": "Gracias, llamamos."}
    assert (
        support_client.call("POST", path, json=answer, headers={"Idempotency-Key": "desk"}).status_code == 201
    )
    jobs.drain()
    # Once it has a ticket, rating again writes the comment into its timeline as well.
    admin.rate_ok(question, "improvable", f"De nuevo: {PLANTED}")
    db.execute("INSERT INTO refused_addresses VALUES (:address, 'no such user', now())", address=ADDRESS)
    jobs.drain()
    return mine.shop.admin


def traces(database_url: str, person: UUID) -> set[str]:
    # The search keeps stems.
    needle = (str(person), PLANTED.removesuffix("o"), NAMED, ADDRESS)
    return {place for each in needle for place in places(database_url, each)}


def seen_by(sign_in: SignIn, person: UUID) -> list[Any]:
    """Tickets as another person sees them, without the names in them."""
    names = ("number", "status", "kind", "verdict", "unread", "created_at", "last_activity_at", "closed_at")
    return [{name: ticket.get(name) for name in names} for ticket in sign_in(person).walk("/v1/tickets")]


def test_nothing_of_them_is_left(db: Database, mine: Filled, zaida: UUID, database_url: str):
    there = traces(database_url, zaida)
    assert {
        "people.name", "messages.body", "messages.author_id", "ratings.comment", "timeline.detail",
        "attachments.name", "idempotency_keys.body", "refused_addresses.address", "ticket_documents.document",
    } <= there  # fmt: skip
    done("erase", "person", zaida, "--yes", "--as", "ana")
    assert traces(database_url, zaida) == set()
    entry = db.all("SELECT * FROM audit_log WHERE action = 'erase.person'")[0]
    assert (entry.actor, entry.subjects) == ("ana", [pseudonym_of(zaida)])
    assert db.count("people", "store_id = :id", id=mine.shop.id) == 3


def test_their_pictures_are_gone_and_the_others_stay(mine: Filled, zaida: UUID, db: Database):
    theirs = db.column("SELECT id FROM attachments WHERE uploaded_by = :id", id=zaida)
    others = db.column("SELECT id FROM attachments WHERE uploaded_by <> :id", id=zaida)
    assert theirs
    assert others
    done("erase", "person", zaida, "--yes")
    assert db.column("SELECT id FROM attachments") == others


def test_the_others_go_on(mine: Filled, zaida: UUID, sign_in: SignIn, db: Database):
    manager, support = mine.shop.manager, mine.support
    counted = [db.count(table) for table in ("tickets", "messages", "timeline", "ratings", "quota_ledger")]
    before = [seen_by(sign_in, person) for person in (manager, support)]
    units = sign_in(manager).read("/v1/quota")
    done("erase", "person", zaida, "--yes")
    tables = ("tickets", "messages", "timeline", "ratings", "quota_ledger")
    assert [db.count(table) for table in tables] == counted
    assert [seen_by(sign_in, person) for person in (manager, support)] == before
    assert sign_in(manager).read("/v1/quota") == units
    ticket = mine.ids["ticket_id"][0]
    said = sign_in(manager).walk(f"/v1/tickets/{ticket}/messages")
    assert (PLACEHOLDER_NAME, ERASED_TEXT) in [
        (message["author"]["name"], message["body"]) for message in said
    ]
    assert "Gracias, llamamos." in [message["body"] for message in said]
    sign_in(manager).post(f"/v1/tickets/{ticket}/messages", {"body": "Seguimos."})
    jobs.drain()
    assert db.count("outbox", "dead_at IS NOT NULL OR last_error IS NOT NULL") == 0


def test_what_they_wrote_is_found_no_more(zaida: UUID, mine: Filled, sign_in: SignIn):
    manager = sign_in(mine.shop.manager)
    assert manager.walk("/v1/tickets", q=PLANTED)
    done("erase", "person", zaida, "--yes")
    assert manager.walk("/v1/tickets", q=PLANTED) == []
    assert manager.walk("/v1/tickets", q="llamamos")


def test_of_support_the_answers_stay(
    mine: Filled, zaida: UUID, sign_in: SignIn, db: Database, database_url: str
):
    helper = mine.support
    db.execute("UPDATE people SET name = :name WHERE id = :id", name="Ofelia Tucán", id=helper)
    sign_in(helper).post(f"/v1/tickets/{mine.ids['ticket_id'][0]}/messages", {"body": "Ofelia responde."})
    jobs.drain()
    words = sorted(db.column("SELECT body FROM messages WHERE from_support"))
    done("erase", "person", helper, "--yes")
    for needle in (str(helper), "Ofelia Tucán"):
        assert places(database_url, needle) == set()
    assert sorted(db.column("SELECT body FROM messages WHERE from_support")) == words
    assert set(db.column("SELECT author_id FROM messages WHERE from_support")) == {placeholder_of(helper)}
    sign_in(mine.shop.manager).read(f"/v1/tickets/{mine.ids['ticket_id'][0]}/timeline")


def test_whoever_is_erased_is_signed_out_at_once(zaida: UUID, mine: Filled, sign_in: SignIn):
    signed_in = sign_in(zaida)
    assert signed_in.get("/v1/me").status_code == 200
    done("erase", "person", zaida, "--yes")
    assert signed_in.get("/v1/me").status_code == 401


def test_ended_in_the_middle_it_goes_on(zaida: UUID, mine: Filled, database_url: str):
    """Each table in turn is where it ends; the name is gone from the first moment."""
    reached: list[str] = []
    while True:

        class Killed(BaseException):
            pass

        def stop(table: str, _: int) -> None:
            if table not in reached:
                reached.append(table)
                raise Killed

        try:
            erase_person(zaida, "ana", stop)
        except Killed:
            assert "people.name" not in places(database_url, NAMED)
        except CannotErase:
            break
    assert {"messages", "ratings", "tickets", "attachments", "people"} <= set(reached)
    assert traces(database_url, zaida) == set()


def received(person: UUID) -> None:
    """The account service sends a message that names `person`."""
    message = {"people": [{"id": str(person), "name": NAMED}]}
    with transaction() as session:
        session.execute(
            text(
                "INSERT INTO outbox (consumer, event, payload) VALUES ('stores.import', 'store.received',"
                " jsonb_build_object('message', CAST(:message AS jsonb)))"
            ),
            {"message": str(message).replace("'", '"')},
        )


def test_while_a_message_about_them_waits_it_is_refused(zaida: UUID, mine: Filled, db: Database):
    received(zaida)
    typed = botmeni("erase", "person", zaida, "--yes")
    assert typed.code == 1
    assert "waits; try again soon" in typed.err
    assert db.one("SELECT name FROM people WHERE id = :id", id=zaida) == NAMED
    db.execute("UPDATE outbox SET dead_at = now()")
    done("erase", "person", zaida, "--yes")
    assert db.count("outbox", "event = 'store.received'") == 0


def test_a_message_that_arrives_meanwhile_stays(zaida: UUID, mine: Filled, db: Database):
    arrived: list[str] = []

    def arrives(table: str, _: int) -> None:
        if not arrived:
            arrived.append(table)
            received(zaida)

    with pytest.raises(CannotErase, match="waits; try again soon"):
        erase_person(zaida, "ana", arrives)
    [payload] = db.column("SELECT CAST(payload AS text) FROM outbox WHERE event = 'store.received'")
    assert str(zaida) in payload
    assert db.count("people", "id = :id", id=zaida) == 1
    # Taken over in the meantime.
    db.execute("DELETE FROM outbox WHERE event = 'store.received'")
    done("erase", "person", zaida, "--yes")
    assert db.count("people", "id = :id", id=zaida) == 0


def test_nobody_waits_while_the_outbox_is_looked_through(zaida: UUID, db: Database, database_url: str):
    """However long that takes: a lock on the table stands for its length."""
    waiting = """
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
        AND query LIKE '%store.received%' AND clock_timestamp() - query_start > interval '1500 milliseconds'
    """
    with (
        configured(statement_timeout_ms=1000, lock_timeout_ms=60_000),
        ThreadPoolExecutor(1) as beside,
        databases.connect(database_url).connect() as holder,
    ):
        holder.execute(text("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE"))
        erasing = beside.submit(erase_person, zaida, "ana")
        until(lambda: db.one(waiting) or erasing.done())
        free = db.column("SELECT id FROM people WHERE id = :id FOR UPDATE SKIP LOCKED", id=zaida)
        holder.rollback()
        assert erasing.result(60) == placeholder_of(zaida)
    assert free == [zaida]
