"""How PostgreSQL finds what is read: with many tickets there, never by reading a large table through.

Each call is made over HTTP as the API's role; its statements are then explained as that role, once for
their values and once for any. What runs inside functions is seen by the scans PostgreSQL counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from services.ticket_api.tickets import rules
from shared.config.settings import settings
from shared.db.models import TicketStatus
from shared.db.transactions import API_BEGIN
from shared.http.auth.access import signed_in
from tests.performance import dataset_load
from tests.performance.dataset import Dataset
from tests.support.clients.http import Client
from tests.support.processes import databases
from tests.support.processes.engine_host import Place
from tests.support.statements import statements

TICKETS = 40_000
LARGE = ("tickets", "messages", "questions", "ratings", "ticket_reads", "ticket_documents", "notifications")
PREPARED = 12  # calls after which PostgreSQL may have made a plan for any values

# A notification per ticket for the store's first person, as if nobody had ever read one.
NOTIFY = """
    INSERT INTO notifications
        (id, person_id, store_id, ticket_id, event, count, detail, created_at, updated_at)
    SELECT new_uuid(), opened_by, store_id, id, 'ticket.closed', 1,
        jsonb_build_object('number', number), last_activity_at, last_activity_at
    FROM tickets
"""
SCANNED = "SELECT relname FROM pg_stat_xact_user_tables WHERE seq_scan > 0"

READS: list[dict[str, Any]] = [
    {},
    {"status": "closed"},
    {"status": "open"},
    {"status": ["open", "answered", "closed"]},
    {"unread": "true"},
    {"unread": "false"},
    {"unread": "true", "status": "closed", "verdict": "incorrect", "kind": "question"},
    {"verdict": "improvable", "origin": "test"},
    {"created_from": "2025-01-01T00:00:00Z", "created_to": "2025-02-01T00:00:00Z"},
    {"number": "12"},
    {"q": "garantía devolución"},
    {"q": "ushuaia"},
    {"q": "talle hola", "status": "open"},
    {"q": "hola", "unread": "true", "kind": "generic"},
]
SORTED = [{**read, "sort": "number"} for read in READS]
IN_ORDER = [{}, {"sort": "number"}, {"status": "closed"}, {"status": ["open", "answered"]}]
SUPPORTS = [{"assignee": "none"}, {"assignee": "some"}, {"assignee": "some", "status": "answered"}]


@pytest.fixture(scope="module")
def dataset(engines: Place) -> Dataset:
    """A database with many tickets; emptied again by the next test that asks for an empty one."""
    url = settings().database_url
    databases.restore_template(url)
    made = Dataset(TICKETS)
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql"), autocommit=True) as connection:
        dataset_load.write(connection, made)
        connection.execute(NOTIFY)
        connection.execute("VACUUM (ANALYZE) notifications")
    return made


def plans(person: UUID, statement: str, values: Any, set_locals: list[str]) -> Iterator[Any]:
    """The plan of a statement for these values, and the one for any, once the planner was `set_locals`."""
    names: list[str] = []

    def number(match: re.Match[str]) -> str:
        names.append(match[1])
        return f"${len(names)}"

    with signed_in(person) as (session, _):
        connection = session.connection()
        for setting in set_locals:
            connection.exec_driver_sql(setting)
        yield connection.exec_driver_sql(f"EXPLAIN (FORMAT json) {statement}", values).scalar_one()
        raw = connection.connection.driver_connection.pgconn  # type: ignore[union-attr] # a pooled connection has one
        numbered = re.sub(r"%\((\w+)\)s", number, statement).replace("%%", "%")
        result = raw.exec_(f"EXPLAIN (GENERIC_PLAN, FORMAT json) {numbered}".encode())
        assert result.status == psycopg.pq.ExecStatus.TUPLES_OK, result.error_message
        yield json.loads(result.get_value(0, 0) or b"")


def nodes(plan: Any) -> Iterator[dict[str, Any]]:
    """The steps of a plan."""
    if isinstance(plan, dict):
        if "Node Type" in plan:
            yield plan
        plan = list(plan.values())
    if isinstance(plan, list):
        for part in plan:
            yield from nodes(part)


def scans(plan: Any) -> Iterator[str]:
    """The tables that a plan reads through."""
    return (node["Relation Name"] for node in nodes(plan) if node["Node Type"] == "Seq Scan")


def planned(app: Flask, person: UUID, path: str, **query: Any) -> Iterator[tuple[str, Any]]:
    """Each statement of a call, with each of its plans."""
    client = Client(app, person)
    with statements() as seen:
        assert client.get(path, **query).status_code == 200
    set_locals = [statement for statement, _ in seen if statement.startswith("SET LOCAL")]
    for statement, values in seen:
        if statement not in set_locals:
            asked = statement.removesuffix(f"; {API_BEGIN}")
            for plan in plans(person, asked, values, set_locals):
                yield asked, plan


def check(app: Flask, person: UUID, path: str, **query: Any) -> None:
    """Raises `AssertionError` where a large table is read through."""
    for statement, plan in planned(app, person, path, **query):
        assert not set(scans(plan)) & set(LARGE), (statement, plan)


@pytest.fixture(scope="module", params=["store", "support"])
def reader(request: pytest.FixtureRequest, dataset: Dataset) -> UUID:
    """Somebody of the largest store, or of support."""
    return dataset.shops[0].people[0] if request.param == "store" else dataset.support[0]


@pytest.mark.parametrize("query", READS + SORTED, ids=str)
@pytest.mark.parametrize("path", ["/v1/tickets", "/v1/tickets/counts"])
def test_no_filter_reads_a_large_table_through(app, reader, path, query):
    query = {name: value for name, value in query.items() if path == "/v1/tickets" or name != "sort"}
    check(app, reader, path, **query)


@pytest.mark.parametrize("query", IN_ORDER, ids=str)
def test_a_page_is_read_in_its_order_and_not_sorted_out_of_all_tickets(app, reader, query):
    for statement, plan in planned(app, reader, "/v1/tickets", **query):
        assert not [node for node in nodes(plan) if node["Node Type"] == "Sort"], (statement, plan)


@pytest.mark.parametrize("query", [{"q": "ushuaia"}, {"q": "ushuaia", "status": "open"}], ids=str)
@pytest.mark.parametrize("path", ["/v1/tickets", "/v1/tickets/counts"])
def test_what_a_search_found_is_fetched_by_key_and_not_looked_for_among_all_tickets(app, reader, path, query):
    searching = [found for found in planned(app, reader, path, **query) if "search_tickets" in found[0]]
    assert searching
    for statement, plan in searching:
        read_by = {node.get("Index Name") for node in nodes(plan) if node.get("Relation Name") == "tickets"}
        assert read_by == {"pk_tickets"}, (statement, plan)


@pytest.mark.parametrize("query", SUPPORTS, ids=str)
@pytest.mark.parametrize("path", ["/v1/tickets", "/v1/tickets/counts"])
def test_neither_do_supports_own(app, dataset, path, query):
    if query["assignee"] == "some":
        query = query | {"assignee": dataset.support[0]}
    check(app, dataset.support[0], path, **query)


def test_nor_does_a_page_far_behind(app, reader):
    client = Client(app, reader)
    page = client.read("/v1/tickets", limit=100)
    for _ in range(3):
        page = client.read("/v1/tickets", limit=100, cursor=page["next_cursor"])
    check(app, reader, "/v1/tickets", limit=100, cursor=page["next_cursor"])


def test_nor_does_one_ticket_with_all_that_hangs_on_it(app, reader):
    [ticket] = Client(app, reader).read("/v1/tickets", limit=1)["items"]
    for part in ("", "/messages", "/timeline"):
        check(app, reader, f"/v1/tickets/{ticket['id']}{part}")


def test_nor_do_notifications_and_questions(app, dataset):
    person = dataset.shops[0].people[0]
    for path in ("/v1/notifications", "/v1/questions"):
        check(app, person, path)


@pytest.mark.parametrize("query", [read for read in READS if "q" in read], ids=str)
def test_what_search_reads_inside_its_functions_is_found_by_index(reader, query):
    filters = {**query, "status": [TicketStatus(query["status"])] if "status" in query else []}
    with signed_in(reader) as (session, caller):
        for _ in range(PREPARED):
            rules.page(session, caller, {**filters, "limit": 25, "cursor": None, "sort": "last_activity"})
            assert rules.counts(session, caller, filters)
        assert not set(session.scalars(text(SCANNED))) & set(LARGE)
