"""The users' own guide, step by step, at the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Call, Enter
from tests.browser.tickets import opened, png
from tests.browser.visit import Visit

ANA, BRUNO, CARLA, GLORIA, JOAN = (
    "Ana Ledesma", "Bruno Quiroga", "Carla Ibáñez", "Gloria Cárdenas", "Joan Ferrer",
)  # fmt: skip


def tickets_of(visit: Visit) -> None:
    visit.menu("Tickets").click()
    expect(visit.page.get_by_role("heading", name="Tickets", level=2)).to_be_visible()


def weight(visit: Visit, number: int) -> int:
    return int(visit.ticket(number).evaluate("element => getComputedStyle(element).fontWeight"))


def test_the_module_is_for_the_two_roles_and_others_see_why(enter: Enter):
    for user in (ANA, BRUNO):
        expect(enter(user).menu("Tickets")).to_be_visible()
    carla = enter(CARLA)
    expect(carla.menu("Tickets")).to_have_count(0)
    carla.open("/tickets")
    expect(carla.page.get_by_role("alert")).to_contain_text("Administrador o Gestionar Tickets")


def test_filters_are_chosen_applied_by_filtrar_and_cleared_by_limpiar(enter: Enter, call: Call):
    api = call("ana")
    closed, still = opened(api, "Lo resuelvo enseguida"), opened(api, "Sigue en pie")
    api.post_ok(f"/v1/tickets/{closed['id']}/close")
    ana = enter(ANA)
    tickets_of(ana)
    expect(ana.ticket(still["number"])).to_be_visible()
    ana.choose("Estado", "Cerrado")
    expect(ana.ticket(still["number"])).to_be_visible()  # chosen, not yet applied
    ana.button("FILTRAR").click()
    expect(ana.ticket(closed["number"])).to_be_visible()
    expect(ana.ticket(still["number"])).to_have_count(0)
    assert "status=closed" in ana.page.url
    ana.page.reload()
    expect(ana.ticket(still["number"])).to_have_count(0)
    ana.button("LIMPIAR").click()
    expect(ana.ticket(still["number"])).to_be_visible()
    expect(ana.page.get_by_role("group", name="Tickets por estado")).to_contain_text("Cerrado · 1")
    ana.page.go_back()
    expect(ana.ticket(still["number"])).to_have_count(0)


def test_all_filters_hold_together(enter: Enter, call: Call):
    api = call("ana")
    matching = opened(api, "Un pedido muy singular", "incorrect")
    other = opened(api, "Otro pedido muy singular", "improvable")
    ana = enter(ANA)
    tickets_of(ana)
    ana.choose("Calificación", "Incorrecta")
    ana.choose("Tipo", "Genérico")
    ana.page.get_by_role("textbox", name="Buscar").fill("singular")
    ana.button("FILTRAR").click()
    expect(ana.ticket(other["number"])).to_have_count(0)
    expect(ana.ticket(matching["number"])).to_be_visible()
    expect(ana.page.get_by_role("list", name="Tickets").get_by_role("listitem")).to_have_count(1)


def test_a_generic_ticket_with_link_picture_and_circle_is_created(enter: Enter):
    ana = enter(ANA)
    tickets_of(ana)
    ana.page.get_by_role("link", name="NUEVO TICKET").click()
    expect(ana.page.get_by_text(re.compile(r"Te quedan \d+ de 20 tickets"))).to_be_visible()
    ana.page.get_by_label("Mensaje").fill("Una sugerencia: https://ejemplo.example/idea")
    ana.page.locator("input[type=file]").set_input_files(
        {"name": "captura.png", "mimeType": "image/png", "buffer": png()}
    )
    ana.page.get_by_role("radio", name="Amarillo: mejorable").check()
    expect(ana.button("CREAR TICKET")).to_be_enabled()
    ana.button("CREAR TICKET").click()
    first = ana.conversation().first
    expect(first).to_contain_text("Una sugerencia")
    expect(first.get_by_role("link", name="https://ejemplo.example/idea")).to_have_attribute(
        "rel", re.compile("noopener")
    )
    expect(ana.page.get_by_text("Abierto", exact=True)).to_be_visible()
    first.get_by_role("button", name="Ampliar captura.png").click()
    expect(ana.page.get_by_role("dialog").get_by_role("img", name="captura.png")).to_be_visible()


def test_the_tickets_left_are_one_less_once_a_ticket_is_open(enter: Enter):
    ana = enter(ANA)
    tickets_of(ana)
    ana.page.get_by_role("link", name="NUEVO TICKET").click()
    units_left = ana.page.get_by_text(re.compile(r"Te quedan \d+ de 20 tickets"))
    left = int(re.findall(r"\d+", units_left.inner_text())[0])
    ana.page.get_by_label("Mensaje").fill("Uno más")
    ana.page.get_by_role("radio", name="Amarillo: mejorable").check()
    ana.button("CREAR TICKET").click()
    expect(ana.page.get_by_text("Abierto", exact=True)).to_be_visible()
    ana.menu("Plan").click()
    expect(ana.page.get_by_text(f"quedan {left - 1}.")).to_be_visible()
    tickets_of(ana)
    ana.page.get_by_role("link", name="NUEVO TICKET").click()
    expect(units_left).to_have_text(f"Te quedan {left - 1} de 20 tickets.")


def test_what_is_missing_is_said_and_a_draft_survives_a_reload(enter: Enter):
    ana = enter(ANA)
    ana.open("/tickets/nuevo")
    ana.button("CREAR TICKET").click()
    expect(ana.page.get_by_text("Escribe un mensaje.")).to_be_visible()
    expect(ana.page.get_by_text("Elige el círculo amarillo o el rojo.")).to_be_visible()
    ana.page.get_by_label("Mensaje").fill("A medio escribir")
    ana.page.reload()
    expect(ana.page.get_by_label("Mensaje")).to_have_value("A medio escribir")


def test_a_plan_without_tickets_names_those_that_have_them_and_keeps_the_text(enter: Enter):
    gloria = enter(GLORIA)
    gloria.open("/tickets/nuevo")
    warning = gloria.page.get_by_role("alert")
    expect(warning).to_contain_text("Tu plan no incluye tickets")
    expect(warning).to_contain_text("Crecimiento")
    gloria.page.get_by_label("Mensaje").fill("Queremos tickets")
    gloria.page.get_by_role("radio", name="Rojo: incorrecto").check()
    gloria.button("CREAR TICKET").click()
    expect(gloria.conversation().first).to_contain_text("Queremos tickets")
    expect(gloria.page.get_by_text("Ticket en espera")).to_be_visible()


def test_the_plan_is_shown_with_units_and_movements(enter: Enter, call: Call):
    opened(call("joan"), "Gasta una unidad")
    joan = enter(JOAN)
    joan.menu("Plan").click()
    expect(joan.page.get_by_text("Usaste 1 de 3 tickets; quedan 2.")).to_be_visible()
    expect(joan.page.get_by_role("region", name="Movimientos del cupo")).to_contain_text("Ticket n.º 1")


@pytest.mark.parametrize(
    ("module", "verdict"), [("Histórico", "Incorrecta"), ("Test", "Mejorable"), ("Pendientes", "Incorrecta")]
)
def test_rating_an_answer_leads_to_its_ticket(enter: Enter, module: str, verdict: str):
    ana = enter(ANA)
    ana.menu(module).click()
    expect(ana.page.get_by_role("heading", name=module, level=2)).to_be_visible()
    card = ana.page.get_by_role("article").first
    asked = card.get_attribute("aria-label") or ""
    card.get_by_label("Calificar respuesta", exact=True).first.fill("No responde lo que se pregunta")
    card.get_by_role("button", name=verdict).click()
    link = card.get_by_role("link", name=re.compile("Ver ticket"))
    expect(link).to_be_visible()
    link.click()
    expect(ana.page.get_by_role("region", name="Pregunta")).to_contain_text(asked)
    expect(ana.conversation().first).to_contain_text("No responde lo que se pregunta")


def test_correcta_is_saved_and_makes_no_ticket(enter: Enter):
    bruno = enter(BRUNO)
    bruno.open("/historico")
    card = bruno.page.get_by_role("article").last
    correct = card.get_by_role("button", name="Correcta", exact=True)
    correct.click()
    expect(correct).to_have_attribute("aria-pressed", "true")
    expect(card.get_by_role("link", name=re.compile("Ver ticket"))).to_have_count(0)


def test_a_ticket_with_unread_messages_stands_out_until_it_is_opened(enter: Enter, call: Call):
    ticket = opened(call("ana"), "¿Me ayudan?")
    call("marina").post_ok(f"/v1/tickets/{ticket['id']}/messages", {"body": "Claro que sí"})
    ana = enter(ANA)
    expect(ana.menu("Notificaciones")).to_contain_text(re.compile(r"\d+ sin leer"))
    tickets_of(ana)
    expect(ana.ticket(ticket["number"])).to_contain_text("sin leer")
    assert weight(ana, ticket["number"]) >= 700
    ana.ticket(ticket["number"]).click()
    expect(ana.conversation().last).to_contain_text("Claro que sí")
    ana.page.get_by_role("link", name="Volver a Tickets").click()
    expect(ana.ticket(ticket["number"])).not_to_contain_text("sin leer")
    assert weight(ana, ticket["number"]) < 700
    ana.ticket(ticket["number"]).click()
    ana.button("Marcar como no leído").click()
    expect(ana.ticket(ticket["number"])).to_contain_text("sin leer")


def test_an_answer_of_support_is_notified_in_notificaciones(enter: Enter, call: Call):
    ticket = opened(call("ana"), "¿Y esto?")
    call("marina").post_ok(f"/v1/tickets/{ticket['id']}/messages", {"body": "Respondido"})
    ana = enter(ANA)
    ana.menu("Notificaciones").click()
    notice = ana.page.get_by_role("article").filter(has_text=f"ticket n.º {ticket['number']}")
    expect(notice).to_contain_text("Soporte respondió")
    notice.get_by_role("link", name="Ver ticket").click()
    expect(ana.conversation().last).to_contain_text("Respondido")


def test_a_ticket_is_continued_closed_seen_and_opened_again(enter: Enter, call: Call):
    ticket = opened(call("ana"), "Empiezo")
    ana = enter(ANA)
    ana.open(f"/tickets/{ticket['id']}")
    ana.page.get_by_label("Continuar la conversación").fill("Sigo: https://ejemplo.example")
    ana.page.locator("input[type=file]").set_input_files(
        {"name": "foto.png", "mimeType": "image/png", "buffer": png("#2b8a3e")}
    )
    expect(ana.button("ENVIAR")).to_be_enabled()
    ana.button("ENVIAR").click()
    expect(ana.conversation().last).to_contain_text("Sigo:")
    expect(ana.conversation().last.get_by_role("img", name="foto.png")).to_be_visible()
    expect(ana.page.get_by_label("Continuar la conversación")).to_have_value("")
    ana.button("CERRAR TICKET").click()
    expect(ana.page.get_by_text("Cerrado", exact=True).first).to_be_visible()
    expect(ana.button("ENVIAR")).to_have_count(0)
    ana.page.get_by_role("link", name="Volver a Tickets").click()
    expect(ana.ticket(ticket["number"])).to_contain_text("Cerrado")
    ana.ticket(ticket["number"]).click()
    ana.button("ABRIR DE NUEVO").click()
    expect(ana.button("ENVIAR")).to_be_visible()
