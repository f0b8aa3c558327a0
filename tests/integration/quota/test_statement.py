"""What a store's people see of their units."""

import pytest

from tests.integration.quota.units import Units
from tests.support.clients.jobs import drain


@pytest.fixture
def units(db):
    return Units(db)


def test_the_statement_lists_each_movement_and_its_ticket_latest_first(db, units, sign_in):
    shop = db.shop(3)
    manager = sign_in(shop.manager)
    rating = manager.rate_ok(db.question(shop))["id"]
    drain()
    generic = manager.post("/v1/tickets", {"body": "¿Cómo cambio mi logo?", "verdict": "improvable"}).json
    drain()
    units.refund(shop, rating)
    units.change_plan(shop, 10)
    numbers = dict(db.all("SELECT coalesce(rating_id, id), number FROM tickets"))
    lines = manager.read("/v1/quota/statement")["items"]
    assert [(line["kind"], line["units"]) for line in lines] == [
        ("adjust", 7),
        ("refund", 1),
        ("consume", 1),
        ("consume", 1),
        ("grant", 3),
    ]
    tickets = [line["ticket"] and line["ticket"]["number"] for line in lines]
    of_rating, of_generic = numbers.pop(next(key for key in numbers if str(key) == rating)), 2
    assert tickets == [None, of_rating, of_generic, of_rating, None]
    assert lines[2]["ticket"]["id"] == generic["id"]


def test_the_statement_is_paged_without_gap_or_double(db, units, sign_in):
    shop = db.shop(50)
    units.ask(shop, 7)
    units.ask(shop, 6)
    whole = sign_in(shop.seller).read("/v1/quota/statement", limit=100)["items"]
    assert len(whole) == 14
    assert sign_in(shop.seller).walk("/v1/quota/statement", limit=4) == whole


def test_no_other_store_s_movements_are_seen(db, units, sign_in):
    shop, other = db.shop(), db.shop()
    units.ask(shop, 3)
    units.ask(other, 2)
    cursor = sign_in(other.admin).read("/v1/quota/statement", limit=1)["next_cursor"]
    assert len(sign_in(shop.admin).walk("/v1/quota/statement")) == 4
    own = {line["id"] for line in sign_in(shop.admin).walk("/v1/quota/statement")}
    borrowed = sign_in(shop.admin).read("/v1/quota/statement", cursor=cursor)["items"]
    assert {line["id"] for line in borrowed} <= own


def test_the_statement_is_for_a_store_s_people(db, sign_in):
    assert sign_in(db.support()).get("/v1/quota/statement").status_code == 403
    assert sign_in(db.shop().seller).read("/v1/quota/statement") == {"items": [], "next_cursor": None}


def test_a_cursor_of_another_list_is_refused(db, units, sign_in):
    shop = db.shop()
    db.questions(shop, 2)
    person = sign_in(shop.admin)
    cursor = person.read("/v1/questions", limit=1)["next_cursor"]
    answer = person.get("/v1/quota/statement", cursor=cursor)
    assert (answer.status_code, answer.json["code"]) == (400, "invalid_cursor")


def test_a_long_statement_is_read_by_its_index(db, units):
    shop = db.shop(None)
    units.ask(shop)
    db.execute(
        "INSERT INTO quota_ledger (id, store_id, period_id, kind, units, subject_id, created_at)"
        " SELECT new_uuid(), store_id, period_id, 'consume', 1, gen_random_uuid(), created_at"
        " FROM quota_ledger, generate_series(1, 20000)"
    )
    db.execute("ANALYZE quota_ledger")
    plan = db.column(
        "EXPLAIN SELECT * FROM quota_ledger WHERE store_id = :id ORDER BY created_at DESC, id DESC LIMIT 26",
        id=shop.id,
    )
    assert "ix_quota_ledger_store_id_created_at_id" in " ".join(plan)
    assert "Sort" not in " ".join(plan)
