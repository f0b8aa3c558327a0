"""What was found comes newest first, page by page, though the index of words knows no order."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from shared.http.auth.access import signed_in
from tests.support.clients.jobs import drain
from tests.support.factories.tickets import listed

# Of 1,500 tickets the first few are far ahead, and time runs ever slower after them.
MANY = """
    INSERT INTO tickets (id, store_id, number, kind, verdict, status, opened_by, created_at, last_activity_at)
    SELECT uuidv7(), :store, n, 'generic', 'incorrect', 'open', :by, '2024-01-01',
        timestamptz '2026-06-01' - make_interval(hours => CASE WHEN n < 20 THEN n * 300 ELSE 6000 + n * 5 END)
    FROM generate_series(1, 1500) n;
    INSERT INTO messages (id, ticket_id, store_id, position, author_id, from_support, body, created_at)
    SELECT uuidv7(), id, store_id, 1, opened_by, false,
        'Consulta' || CASE WHEN number % 3 = 0 THEN ' talles' ELSE '' END
        || CASE WHEN number > 1200 THEN ' cortinas' ELSE '' END, created_at
    FROM tickets WHERE store_id = :store;
    SELECT index_tickets(array_agg(id)) FROM tickets WHERE store_id = :store;
    ANALYZE ticket_documents
"""
STALE = """
    SELECT count(*) FROM tickets t LEFT JOIN ticket_documents d ON d.ticket_id = t.id
    WHERE (search_moments(t.last_activity_at))[1] <> ALL (coalesce(tsvector_to_array(d.document), '{}'))
"""
NEWEST_FIRST = "SELECT id FROM tickets WHERE {} ORDER BY last_activity_at DESC, id DESC"
ACTS = {
    "reply": ("open", "admin", "POST", "/messages", {"body": "Algo más"}),
    "answer": ("in_progress", "staff", "POST", "/messages", {"body": "Ya está"}),
    "note": ("open", "staff", "POST", "/messages", {"body": "Nota", "internal": True}),
    "close": ("open", "admin", "POST", "/close", {}),
    "reopen": ("closed", "admin", "POST", "/reopen", {}),
    "promote": ("parked", "admin", "POST", "/promote", {}),
    "take": ("open", "staff", "PATCH", "", {"status": "in_progress"}),
    "resolve": ("open", "staff", "PATCH", "", {"status": "closed", "resolution": "Corregido"}),
}


@pytest.fixture
def many(db, shop):
    """A store of 1,500 tickets, some with `talles`, the oldest with `cortinas`."""
    for statement in MANY.split(";"):
        db.execute(statement, **({"store": shop.id, "by": shop.admin} if ":store" in statement else {}))


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("asked", "condition"), [("talle", "number % 3 = 0"), ("cortina", "number > 1200")])
def test_pages_of_what_was_found_are_together_all_of_it_in_order(db, admin, staff, asked, condition):
    expected = db.column(NEWEST_FIRST.format(condition))
    for client in (admin, staff):
        assert listed(client, q=asked, limit=25) == expected


@pytest.mark.usefixtures("many")
def test_words_in_many_tickets_are_looked_for_where_a_page_of_them_should_be(shop):
    with signed_in(shop.admin) as (session, _):
        reach = "SELECT search_reach(search_query(:q, :store), 13000, 26)"
        talles = session.scalar(text(reach), {"q": "talles", "store": shop.id})
        assert 0 < talles < 13_000 * 0.25
        assert session.scalar(text(reach), {"q": "almohadones", "store": shop.id}) is None


@pytest.mark.parametrize("hours", [0, 1, 5, 16, 17, 64, 65, 1_000, 40_000, 65_000])
def test_a_span_of_time_is_covered_by_few_stretches(db, hours):
    last = 494_000
    stretches = f"search_stretches({last - hours}, {last}, search_width({hours}))"
    for hour in (last, last - hours // 2, last - hours):
        moments = f"array_to_tsvector(search_moments(to_timestamp({hour} * 3600.0)))"
        assert db.one(f"SELECT {moments} @@ {stretches}")
    assert db.one(f"SELECT CAST({stretches} AS text)").count("|") <= 16


@pytest.mark.usefixtures("many")
def test_tickets_of_one_moment_are_neither_lost_nor_doubled_between_pages(db, admin, staff):
    db.execute("UPDATE tickets SET last_activity_at = '2026-01-01T10:00Z' WHERE number BETWEEN 600 AND 700")
    assert db.one(STALE) == 0
    expected = db.column(NEWEST_FIRST.format("number % 3 = 0"))
    for client in (admin, staff):
        assert listed(client, q="talle", limit=25) == expected


@pytest.mark.usefixtures("many")
def test_a_moment_too_many_in_a_document_changes_nothing(db, admin):
    db.execute(
        "UPDATE ticket_documents SET document = document || array_to_tsvector(search_moments('2026-05-31'))"
    )
    assert listed(admin, q="talle", limit=25) == db.column(NEWEST_FIRST.format("number % 3 = 0"))


@pytest.mark.parametrize("act", ACTS)
def test_whatever_happens_to_a_ticket_searches_know_when(request, db, ticket_factory, shop, act):
    status, who, method, part, body = ACTS[act]
    client = request.getfixturevalue(who)
    ticket = ticket_factory.generic(shop, status=status)
    assert db.one(STALE) == 0
    headers = {"If-Match": '"1"'} if method == "PATCH" else None
    answer = client.call(method, f"/v1/tickets/{ticket}{part}", headers=headers, json=body)
    assert answer.status_code < 300, answer.text
    drain()
    assert db.one(STALE) == 0


def test_nor_does_a_bulk_close_leave_one_behind(db, ticket_factory, shop, staff):
    tickets = [str(ticket_factory.generic(shop)) for _ in range(3)]
    answer = staff.post("/v1/tickets/bulk", {"action": "close", "ticket_ids": tickets})
    assert answer.status_code == 200, answer.json
    assert db.count("tickets", "status = 'closed'") == 3
    assert db.one(STALE) == 0
