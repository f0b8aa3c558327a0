"""Support's side of the page."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Call, Enter
from tests.browser.tickets import opened

MARINA = "Marina Duarte"


def test_support_assigns_takes_and_closes_with_cause_and_improvement(enter: Enter, call: Call):
    ticket = opened(call("ana"), "Se equivoca con los talles", "incorrect")
    marina = enter(MARINA)
    marina.open(f"/tickets/{ticket['id']}")
    marina.choose("Asignado a", "Nicolás Bianchi")
    expect(marina.page.get_by_role("combobox", name="Asignado a")).to_have_value("Nicolás Bianchi")
    marina.button("PASAR A «EN GESTIÓN»").click()
    expect(marina.page.get_by_text("En gestión", exact=True)).to_be_visible()
    marina.button("CERRAR TICKET").click()
    dialog = marina.page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Causa").click()
    marina.page.get_by_role("option").first.click()
    dialog.get_by_label("Mejora aplicada").fill("Se corrigió la tabla de talles")
    dialog.get_by_role("button", name="CERRAR TICKET").click()
    expect(dialog).to_have_count(0)
    expect(marina.page.get_by_text("Se corrigió la tabla de talles")).to_be_visible()
    closed = call("ana").read(f"/v1/tickets/{ticket['id']}")
    assert (closed["status"], closed["resolution"]) == ("closed", "Se corrigió la tabla de talles")
    assert closed["cause"]


def test_support_begins_at_the_tickets(enter: Enter):
    expect(enter(MARINA).page.get_by_role("heading", name="Tickets", level=2)).to_be_visible()


def test_support_filters_by_store_and_person(enter: Enter, call: Call):
    ours, other = opened(call("ana"), "De Percha Lunar"), opened(call("diego"), "De Ñandú")
    staff = call("marina").read("/v1/staff")["items"]
    olivia = next(person["id"] for person in staff if person["name"] == "Olivia Hart")
    call("marina").post_ok(
        "/v1/tickets/bulk", {"action": "assign", "ticket_ids": [ours["id"]], "assignee_id": olivia}
    )
    marina = enter(MARINA)
    marina.menu("Tickets").click()
    listed = marina.page.get_by_role("list", name="Tickets")
    expect(listed).to_contain_text("De Percha Lunar")
    marina.choose("Tienda", "Ñandú Autopartes")
    marina.button("FILTRAR").click()
    expect(listed).to_contain_text("De Ñandú")
    expect(listed).not_to_contain_text("De Percha Lunar")
    marina.button("LIMPIAR").click()
    # The filters are drawn anew with the list; what is chosen before that is cleared too.
    expect(listed).to_contain_text("De Percha Lunar")
    marina.choose("Asignado a", "Olivia Hart")
    marina.button("FILTRAR").click()
    expect(listed).to_contain_text("De Percha Lunar")
    expect(listed).not_to_contain_text("De Ñandú")
    assert f"assignee={olivia}" in marina.page.url
    assert other["id"] not in marina.page.url


def test_many_tickets_are_closed_at_once_each_with_its_result(enter: Enter, call: Call):
    ana = call("ana")
    numbers = [opened(ana, f"Para cerrar {count}")["number"] for count in range(2)]
    closed = opened(ana, "Ya cerrado")
    marina = enter(MARINA)
    marina.menu("Tickets").click()
    for number in (*numbers, closed["number"]):
        marina.page.get_by_role("checkbox", name=re.compile(rf"Percha Lunar · Ticket n\.º {number}$")).check()
    ana.post_ok(f"/v1/tickets/{closed['id']}/close")
    expect(marina.page.get_by_text("3 tickets elegidos")).to_be_visible()
    marina.button("Cerrar los elegidos").click()
    marina.page.get_by_role("dialog").get_by_role("button", name="CERRAR TICKET").click()
    results = marina.page.get_by_role("region", name="Acciones para varios tickets").get_by_role("status")
    expect(results).to_contain_text("2 tickets: hecho.")
    expect(results.get_by_role("listitem")).to_have_count(1)
    expect(results).to_contain_text(f"Ticket n.º {closed['number']}")


def test_a_saved_reply_is_written_used_and_removed(enter: Enter, call: Call):
    ticket = opened(call("ana"), "Hola")
    marina = enter(MARINA)
    marina.menu("Respuestas guardadas").click()
    marina.button("Nueva respuesta").click()
    dialog = marina.page.get_by_role("dialog")
    dialog.get_by_label("Título").fill("Saludo")
    dialog.get_by_label("Texto").fill("¡Hola! Gracias por escribirnos.")
    dialog.get_by_role("button", name="Guardar").click()
    card = marina.page.get_by_role("article", name="Saludo")
    expect(card).to_be_visible()
    marina.open(f"/tickets/{ticket['id']}")
    marina.button("Respuestas guardadas").click()
    marina.page.get_by_role("button", name=re.compile("^Saludo")).click()
    expect(marina.page.get_by_label("Continuar la conversación")).to_have_value(
        "¡Hola! Gracias por escribirnos."
    )
    marina.open("/respuestas")
    card.get_by_role("button", name="Quitar").click()
    card.get_by_role("button", name="¿Quitar?").click()
    expect(card).to_have_count(0)
