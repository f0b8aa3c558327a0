"""Two people at once, a network that fails in the middle, a session that ends, and texts meant to harm."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect
from sqlalchemy import text

from tests.browser.conftest import Call, Enter
from tests.browser.tickets import opened, texts
from tests.browser.visit import Visit
from tests.support.processes import databases
from tests.support.processes.running import Processes

ANA, MARINA = "Ana Ledesma", "Marina Duarte"
MESSAGES = re.compile(r"/v1/tickets/[^/]+/messages$")
HOSTILE = (
    "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 1'> javascript:window.harmed=1 "
    "data:text/html,<b>x</b> http://ejemplo.example/a\u202egpj.exe \u200fעברית"
)


def write(visit: Visit, body: str) -> None:
    visit.page.get_by_label("Continuar la conversación").fill(body)
    visit.button("ENVIAR").click()


def test_a_reply_appears_at_the_other_without_reload(enter: Enter, call: Call):
    ticket = opened(call("ana"), "¿Están ahí?")
    ana, marina = enter(ANA), enter(MARINA)
    for visit in (ana, marina):
        visit.open(f"/tickets/{ticket['id']}")
    write(marina, "Aquí estamos")
    expect(ana.conversation().last).to_contain_text("Aquí estamos")
    expect(ana.page.get_by_text("Contestado", exact=True)).to_be_visible()
    write(ana, "¡Gracias!")
    expect(marina.conversation().last).to_contain_text("¡Gracias!")


def test_an_internal_note_reaches_support_only(enter: Enter, call: Call):
    ticket = opened(call("ana"), "Consulta")
    marina = enter(MARINA)
    marina.open(f"/tickets/{ticket['id']}")
    marina.page.get_by_label("Nota interna: solo la lee soporte").check()
    write(marina, "Entre nosotros")
    expect(marina.conversation().last).to_contain_text("Nota interna")
    assert texts(call("ana"), ticket) == ["Consulta"]


def test_a_message_whose_answer_was_lost_is_there_once(enter: Enter, call: Call):
    ticket = opened(call("ana"), "Uno")
    ana = enter(ANA)
    ana.open(f"/tickets/{ticket['id']}")
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())  # it does arrive
            route.abort("connectionreset")
        else:
            route.continue_()

    ana.page.route(MESSAGES, lose_the_answer)
    write(ana, "Dos")
    expect(ana.page.get_by_role("status").filter(has_text="Sin conexión")).to_be_visible()
    expect(ana.page.get_by_role("status").filter(has_text="Sin conexión")).to_have_count(0)
    expect(ana.conversation()).to_have_count(2)
    assert lost
    assert texts(call("ana"), ticket) == ["Uno", "Dos"]


def test_a_message_written_without_network_survives_a_reload_and_is_sent_once(enter: Enter, call: Call):
    ticket = opened(call("ana"), "Uno")
    ana = enter(ANA)
    ana.open(f"/tickets/{ticket['id']}")
    ana.page.route(
        MESSAGES, lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    write(ana, "Dos, sin red")
    expect(ana.conversation().last).to_contain_text("Sin conexión")
    ana.page.reload()
    expect(ana.conversation().last).to_contain_text("Dos, sin red")
    expect(ana.conversation().last).to_contain_text("Sin conexión")
    assert texts(call("ana"), ticket) == ["Uno"]
    ana.page.unroute(MESSAGES)
    ana.button("Reintentar").click()
    expect(ana.conversation().last).not_to_contain_text("Sin conexión")
    expect(ana.conversation()).to_have_count(2)
    assert texts(call("ana"), ticket) == ["Uno", "Dos, sin red"]


def test_being_offline_is_said_and_ends(enter: Enter):
    ana = enter(ANA)
    ana.context.set_offline(True)
    expect(ana.page.get_by_role("status").filter(has_text="Sin conexión")).to_be_visible()
    ana.context.set_offline(False)
    expect(ana.page.get_by_role("status").filter(has_text="Sin conexión")).to_have_count(0)


def test_a_session_that_ends_keeps_draft_and_place(enter: Enter, call: Call, running: Processes):
    ticket = opened(call("ana"), "Consulta")
    ana = enter(ANA)
    ana.open(f"/tickets/{ticket['id']}")
    ana.page.get_by_label("Continuar la conversación").fill("A medio escribir")
    active = text("UPDATE people SET active = :active WHERE name = :name")
    with databases.connect(running.environment["DATABASE_URL"]).connect() as database:
        database.execute(active, {"active": False, "name": ANA})
        database.commit()
        expect(ana.page.get_by_role("alert")).to_contain_text("Tu sesión venció")
        database.execute(active, {"active": True, "name": ANA})
        database.commit()
    ana.page.reload()
    ana.sign_in(ANA)
    expect(ana.page.get_by_label("Continuar la conversación")).to_have_value("A medio escribir")


def test_what_one_person_wrote_is_not_shown_to_the_next(enter: Enter):
    ana = enter(ANA)
    ana.open("/tickets/nuevo")
    ana.page.get_by_label("Mensaje").fill("Solo mío")
    ana.button("Cerrar sesión").click()
    ana.sign_in("Bruno Quiroga")
    expect(ana.page.get_by_label("Mensaje")).to_have_value("")


def test_hostile_text_is_shown_as_text(enter: Enter, call: Call):
    ticket = opened(call("ana"), HOSTILE)
    ana = enter(ANA)
    ana.open(f"/tickets/{ticket['id']}")
    first = ana.conversation().first
    expect(first).to_contain_text("<script>window.harmed = 1</script>")
    addresses = first.get_by_role("link").evaluate_all("links => links.map(link => link.protocol)")
    assert set(addresses) <= {"http:", "https:"}
    assert ana.page.evaluate("window.harmed") is None
    assert first.locator("script, img, iframe").count() == 0


def test_a_very_long_text_stays_inside(enter: Enter, call: Call):
    ticket = opened(call("ana"), "x" * 20_000)
    ana = enter(ANA, viewport={"width": 360, "height": 740})
    ana.open(f"/tickets/{ticket['id']}")
    expect(ana.conversation().first).to_contain_text("x" * 100)
    assert ana.page.evaluate("document.documentElement.scrollWidth") <= 360
