"""Notificaciones: what is new about one ticket folds into one line; reading takes the mark away."""

from __future__ import annotations

import re
from datetime import datetime

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Call, Enter
from tests.browser.tickets import opened
from tests.browser.visit import Visit

ANA = "Ana Ledesma"


def notices_of(visit: Visit, number: int) -> Locator:
    line = visit.page.get_by_text(re.compile(rf"ticket n\.º {number}$"))
    return visit.page.get_by_role("article").filter(has=line)


def test_several_answers_fold_into_one_line_until_it_is_read(enter: Enter, call: Call):
    ticket = opened(call("ana"), "¿Y el envío?")
    path = f"/v1/tickets/{ticket['id']}/messages"
    marina = call("marina")
    ana = enter(ANA)
    ana.menu("Notificaciones").click()
    for body in ("Lo miramos", "Un momento", "Listo"):
        marina.post_ok(path, {"body": body})
    lines = notices_of(ana, ticket["number"])
    expect(lines).to_contain_text("3 novedades")
    expect(lines).to_have_count(1)
    lines.get_by_role("button", name="Marcar como leída").click()
    expect(lines).not_to_contain_text("sin leer")
    expect(lines.get_by_role("button", name="Marcar como leída")).to_have_count(0)
    marina.post_ok(path, {"body": "Algo más"})
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("sin leer")
    expect(lines.first).not_to_contain_text("novedades")
    expect(lines.last).not_to_contain_text("sin leer")


def test_the_stream_starts_before_the_first_list_was_read(enter: Enter):
    ana = enter(None)
    with (
        ana.page.expect_request("**/v1/notifications*") as first_list,
        ana.page.expect_request("**/v1/stream") as stream,
    ):
        ana.sign_in(ANA)
    since = datetime.fromisoformat(stream.value.header_value("last-event-id") or "")
    assert first_list.value.response()
    assert since.timestamp() * 1000 <= first_list.value.timing["startTime"]


def test_all_are_marked_read_at_once_and_the_menu_follows(enter: Enter, call: Call):
    first, second = opened(call("ana"), "Una"), opened(call("ana"), "Otra")
    for ticket in (first, second):
        call("marina").post_ok(f"/v1/tickets/{ticket['id']}/messages", {"body": "Respuesta"})
    ana = enter(ANA)
    expect(ana.menu("Notificaciones")).to_contain_text(re.compile(r"\d+ sin leer"))
    ana.menu("Notificaciones").click()
    for ticket in (first, second):
        expect(notices_of(ana, ticket["number"])).to_contain_text("sin leer")
    ana.button("Marcar todas como leídas").click()
    for ticket in (first, second):
        expect(notices_of(ana, ticket["number"])).not_to_contain_text("sin leer")
    expect(ana.menu("Notificaciones")).not_to_contain_text("sin leer")
    expect(ana.button("Marcar todas como leídas")).to_be_disabled()
