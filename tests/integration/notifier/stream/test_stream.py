"""The live stream: what happens reaches those who have the page open, each their own, nothing missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt
import pytest
import requests
from flask import Flask

from deploy.local.processes.catalogue import stream
from shared.config.settings import settings
from shared.db.transactions import transaction
from shared.ids import new_id
from shared.messaging.events import SupportReplied, TicketOpened
from shared.messaging.outbox.publish import publish
from shared.tokens import issue_local_token, local_private_key
from tests.support.clients.jobs import drain
from tests.support.clients.stream import Listener
from tests.support.factories.database import Database
from tests.support.processes.running import Processes
from tests.support.waiting import until

Listen = Callable[..., Listener]


@pytest.fixture
def listen(processes: Processes) -> Iterator[Listen]:
    """Connects someone: `listen(person, last="…")`, or `listen(token="…")`; greeted when it returns."""
    processes.start(stream(), DATA_DIR=str(settings().data_dir))
    connected: list[Listener] = []

    def connect(person: UUID | None = None, *, token: str | None = None, last: str | None = None) -> Listener:
        if token is None:
            assert person is not None
            token = issue_local_token(person)
        listener = Listener(processes.stream_url, token, last)
        connected.append(listener)
        if listener.status == 200:
            until(lambda: listener.names()[:1] == ["hello"])
        return listener

    yield connect
    for listener in connected:
        listener.close()


def ticket_of(db: Database) -> tuple[UUID, UUID, UUID]:
    """A store's ticket: (store, its administrator, the ticket), and nobody notified of it yet."""
    shop = db.shop()
    ticket = new_id()
    db.execute(
        "INSERT INTO tickets (id, store_id, number, kind, verdict, status, opened_by, created_at,"
        " last_activity_at) VALUES (:id, :store, 1, 'generic', 'incorrect', 'open', :by, now(), now())",
        id=ticket,
        store=shop.id,
        by=shop.seller,
    )
    return shop.id, shop.admin, ticket


def reply(store: UUID, ticket: UUID, number: int = 1) -> None:
    """Publish a reply of support's, by somebody who does not listen."""
    with transaction() as session:
        event = SupportReplied(
            store_id=store, ticket_id=ticket, number=number, actor_id=new_id(), message_id=new_id()
        )
        publish(session, [event])
    drain()


def test_a_reply_reaches_those_of_the_store_who_listen(db: Database, listen: Listen):
    store, admin, ticket = ticket_of(db)
    listener = listen(admin)
    reply(store, ticket)
    received = until(listener.notifications)
    assert [(each["event"], each["ticket_id"]) for each in received] == [
        ("ticket.support_replied", str(ticket))
    ]


def test_nobody_gets_another_persons_notifications(db: Database, listen: Listen):
    store, admin, ticket = ticket_of(db)
    stranger, listener = listen(db.shop().admin), listen(admin)
    reply(store, ticket)
    until(listener.notifications)
    assert stranger.notifications() == []


def test_a_cut_connection_reads_on_from_where_it_was(db: Database, listen: Listen):
    store, admin, ticket = ticket_of(db)
    first = listen(admin)
    last = first.received[0].id
    first.close()
    reply(store, ticket)
    again = listen(admin, last=last)
    assert [each["ticket_id"] for each in until(again.notifications)] == [str(ticket)]


def test_a_restarted_stream_has_missed_nothing(db: Database, listen: Listen, processes: Processes):
    store, admin, ticket = ticket_of(db)
    listener = listen(admin)
    processes["stream"].kill()
    until(lambda: listener.ended)
    reply(store, ticket)
    processes.start(stream(), DATA_DIR=str(settings().data_dir))
    again = listen(admin, last=listener.received[-1].id)
    assert [each["ticket_id"] for each in until(again.notifications)] == [str(ticket)]


def test_a_change_is_sent_once_to_each_connection(db: Database, listen: Listen):
    store, admin, ticket = ticket_of(db)
    listener = listen(admin)
    reply(store, ticket)
    reply(store, ticket)
    until(lambda: listener.notifications() and listener.notifications()[-1]["count"] == 2)
    received = [(each["id"], each["count"]) for each in listener.notifications()]
    assert len(received) == len(set(received))


def test_too_much_missed_is_sent_as_one_request_to_read_anew(db: Database, listen: Listen):
    support = db.support()
    shop = db.shop()
    listener = listen(support)
    last = listener.received[0].id
    listener.close()
    with transaction() as session:
        tickets = [new_id() for _ in range(250)]
        for number, ticket in enumerate(tickets, start=1):
            db.execute(
                "INSERT INTO tickets (id, store_id, number, kind, verdict, status, opened_by, created_at,"
                " last_activity_at) VALUES (:id, :store, :number, 'generic', 'incorrect', 'open', :by,"
                " now(), now())",
                id=ticket,
                store=shop.id,
                number=number,
                by=shop.seller,
            )
        events = [
            TicketOpened(store_id=shop.id, ticket_id=ticket, number=number, actor_id=shop.seller)
            for number, ticket in enumerate(tickets, start=1)
        ]
        publish(session, events)
    drain()
    again = listen(support, last=last)
    assert until(lambda: again.names()[1:]) == ["resync"]


def test_with_redis_away_changes_still_arrive(db: Database, listen: Listen, processes: Processes):
    processes.start(stream(), DATA_DIR=str(settings().data_dir), REDIS_URL="redis://127.0.0.1:1/0")
    store, admin, ticket = ticket_of(db)
    listener = listen(admin)
    reply(store, ticket)
    assert until(listener.notifications)


def test_someone_deactivated_is_refused(db: Database, listen: Listen):
    gone = db.person(db.shop().id, active=False)
    assert listen(gone).status == 401


@pytest.mark.parametrize("token", ["", "nonsense", "eyJhbGciOiJub25lIn0.e30."])
def test_without_a_good_token_there_is_no_stream(listen: Listen, token: str):
    assert listen(token=token).status == 401


def test_the_stream_ends_with_the_token(db: Database, listen: Listen):
    config = settings()
    soon = datetime.now(UTC) + timedelta(seconds=5)  # to connect within, on a busy machine
    claims = {
        "sub": str(db.shop().admin),
        "iss": config.jwt_issuer,
        "aud": config.jwt_audience,
        "iat": datetime.now(UTC),
        "exp": soon,
    }
    listener = listen(token=jwt.encode(claims, local_private_key(), algorithm="EdDSA"))
    until(lambda: listener.ended)
    assert listener.names() == ["hello", "expired"]


@pytest.mark.parametrize("language", ["es", "en", "fr, en;q=0.5"])
def test_a_refusal_is_the_same_problem_as_the_apis(app: Flask, processes: Processes, language: str):
    processes.start(stream(), DATA_DIR=str(settings().data_dir))
    headers = {"Accept-Language": language}
    refused = requests.get(processes.stream_url, headers=headers, timeout=60)
    by_the_api = app.test_client().get("/v1/me", headers=headers)
    assert (refused.status_code, refused.json()) == (401, by_the_api.json)
    for header in ("Content-Type", "Content-Language"):
        assert refused.headers[header] == by_the_api.headers[header]
    assert "Accept-Language" in refused.headers["Vary"]
    assert refused.headers["WWW-Authenticate"].split()[0] == "Bearer"
