"""Long lists: page after page as one goes down, what is out of view not there, the keyboard never lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.conftest import Call, Enter
from tests.support.processes import databases
from tests.support.processes.running import Processes
from tests.support.waiting import until

BRUNO, MARINA = "Bruno Quiroga", "Marina Duarte"
MANY = 180
ROWS = "document.querySelectorAll('[role=list] [role=listitem]').length"
# Written at once, as nobody would wait for so many to be opened one by one.
TICKETS = text("""
    INSERT INTO tickets (id, store_id, number, kind, verdict, status, opened_by, created_at, last_activity_at)
    SELECT new_uuid(), p.store_id, 10000 + n, 'generic', 'improvable', 'open', p.id, now(),
        now() - make_interval(mins => n)
    FROM people p, generate_series(1, :many) n WHERE p.name = 'Bruno Quiroga'
""")
STORES = text("""
    INSERT INTO stores (id, name, plan_code, time_zone, subscribed_on, created_at)
    SELECT new_uuid(), 'Sucursal ' || lpad(n::text, 3, '0'), plan_code, time_zone, subscribed_on, created_at
    FROM (SELECT * FROM stores LIMIT 1) one, generate_series(1, 120) n
""")


@pytest.fixture(scope="module", autouse=True)
def _many(running: Processes) -> None:
    with databases.connect(running.environment["DATABASE_URL"]).begin() as database:
        database.execute(TICKETS, {"many": MANY})
        database.execute(STORES)


def test_further_pages_come_as_one_scrolls_and_few_rows_exist(enter: Enter):
    bruno = enter(BRUNO)
    bruno.open("/tickets")
    expect(bruno.ticket(10_001)).to_be_visible()
    expect(bruno.ticket(10_000 + MANY)).to_have_count(0)
    last = bruno.ticket(10_000 + MANY)

    def further() -> int:
        bruno.page.mouse.wheel(0, 2_000)
        return last.count()

    until(further)
    expect(last).to_be_in_viewport()
    assert bruno.page.evaluate(ROWS) < 60
    rows = bruno.page.get_by_role("list", name="Tickets").get_by_role("listitem")
    total = rows.last.get_attribute("aria-setsize")
    assert rows.last.get_attribute("aria-posinset") == total
    assert int(total or 0) >= MANY


def test_the_keyboard_keeps_its_row_while_the_list_is_scrolled(enter: Enter):
    bruno = enter(BRUNO)
    bruno.open("/tickets")
    bruno.ticket(10_003).focus()
    for _ in range(4):
        bruno.page.mouse.wheel(0, 3_000)
        expect(bruno.ticket(10_003)).not_to_be_in_viewport()
    expect(bruno.ticket(10_003)).to_be_focused()
    bruno.page.keyboard.press("Tab")
    expect(bruno.page.locator(":focus")).to_have_attribute("href", re.compile("^/tickets/"))


def test_going_back_from_a_ticket_finds_the_place_again(enter: Enter):
    bruno = enter(BRUNO)
    bruno.open("/tickets")
    target = bruno.ticket(10_040)

    def further() -> int:
        bruno.page.mouse.wheel(0, 400)
        return target.count()

    until(further)
    target.click()
    expect(bruno.page.get_by_role("heading", name=re.compile("10040"))).to_be_visible()
    bruno.page.go_back()
    expect(bruno.ticket(10_040)).to_be_in_viewport()


def test_support_finds_any_store_by_a_part_of_its_name(enter: Enter, call: Call):
    marina = enter(MARINA)
    marina.menu("Tickets").click()
    box = marina.page.get_by_role("combobox", name="Tienda")
    box.click()
    expect(marina.page.get_by_role("option", name="Escribe para encontrar otras")).to_be_disabled()
    box.fill("sucursal 11")
    expect(marina.page.get_by_role("option")).to_have_count(10)
    marina.page.get_by_role("option", name="Sucursal 117").click()
    expect(box).to_have_value("Sucursal 117")
    marina.button("FILTRAR").click()
    expect(marina.page.get_by_text("No hay tickets con estos filtros.")).to_be_visible()
    expect(box).to_have_value("Sucursal 117")
    store = re.search("store_id=([^&]+)", marina.page.url)
    assert store
    names = {
        found["id"]: found["name"] for found in call("marina").read("/v1/stores", q="sucursal 117")["items"]
    }
    assert names[store[1]] == "Sucursal 117"
