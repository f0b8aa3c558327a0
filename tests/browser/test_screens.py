"""Every screen: nothing for axe to find, nothing beside the screen, reachable by keyboard, light to load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Route, expect

from tests.browser.conftest import Call, Enter
from tests.browser.tickets import opened
from tests.support.clients.http import Client
from tests.support.processes.running import Processes
from tests.support.waiting import until

ANA, GLORIA, MARINA = "Ana Ledesma", "Gloria Cárdenas", "Marina Duarte"
LOAD_LIMIT_BYTES = 250_000
NAME_OF_FOCUSED = """() => {
    const focused = document.activeElement;
    if (focused === document.body) return "";
    const labels = [...(focused.labels ?? [])].map(label => label.innerText);
    return [focused.innerText, focused.getAttribute("aria-label"), ...labels].join(" ");
}"""
SCREENS = ("historico", "pendientes", "test", "tickets", "tickets/nuevo", "notificaciones", "plan", "nada")


@pytest.fixture(scope="module")
def ticket(running: Processes) -> Iterator[Any]:
    """A ticket with an answer and a note; a rating of a store without tickets, which is parked."""
    ana, marina, gloria = (Client(running.api_url, name) for name in ("ana", "marina", "gloria"))
    question = gloria.read("/v1/questions", origin="history")["items"][0]["id"]
    gloria.rate_ok(question)
    made = opened(ana, "Una consulta: https://ejemplo.example")
    marina.post_ok(f"/v1/tickets/{made['id']}/messages", {"body": "Una respuesta"})
    marina.post_ok(f"/v1/tickets/{made['id']}/messages", {"body": "Una nota", "internal": True})
    until(lambda: gloria.read(f"/v1/questions/{question}")["rating"]["outcome"] == "parked")
    yield made
    for client in (ana, marina, gloria):
        client.close()


# Each theme and each width once: colours do not depend on the width, nor places on the theme.
@pytest.mark.parametrize(("theme", "width"), [("light", 360), ("dark", 1440)])
def test_axe_finds_nothing_and_nothing_stands_beside_the_screen(
    enter: Enter, ticket: Any, theme: str, width: int
):
    found = []
    look = {"color_scheme": theme, "viewport": {"width": width, "height": 800}, "reduced_motion": "reduce"}
    for user, screens in (
        (ANA, (*SCREENS, f"tickets/{ticket['id']}")),
        (GLORIA, ("historico", "tickets/nuevo")),
        (MARINA, ("tickets", "respuestas", f"tickets/{ticket['id']}")),
    ):
        visit = enter(None, **look)
        found += visit.violations()
        visit.sign_in(user)
        for screen in screens:
            visit.open(f"/{screen}")
            visit.page.get_by_role("main").locator("h2, [role=alert]").first.wait_for()
            expect(visit.page.get_by_text("Cargando…")).to_have_count(0)
            found += [f"/{screen}: {one}" for one in visit.violations()]
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert not found


def test_dialogs_and_menus_are_found_well_made_too(enter: Enter, ticket: Any):
    marina = enter(MARINA, reduced_motion="reduce")
    marina.open(f"/tickets/{ticket['id']}")
    marina.button("Historial de cambios").click()
    expect(marina.page.get_by_text("se abrió el ticket")).to_be_visible()
    marina.button("CERRAR TICKET").click()
    expect(marina.page.get_by_role("dialog")).to_be_visible()
    assert not marina.violations()
    marina.page.keyboard.press("Escape")
    marina.button("Respuestas guardadas").click()
    expect(marina.page.get_by_role("dialog")).to_be_visible()
    assert not marina.violations()


def test_filters_are_folded_on_a_narrow_screen_unless_they_are_in_use(enter: Enter):
    ana = enter(ANA, viewport={"width": 360, "height": 740})
    ana.open("/tickets")
    expect(ana.button("FILTRAR")).to_be_hidden()
    ana.button("Filtros").click()
    ana.page.get_by_label("Buscar").fill("envío")
    ana.button("FILTRAR").click()
    expect(ana.page).to_have_url(re.compile("q="))
    expect(ana.button("LIMPIAR")).to_be_visible()
    ana.button("LIMPIAR").click()
    expect(ana.button("FILTRAR")).to_be_hidden()


def test_english_is_chosen_and_remembered(enter: Enter):
    ana = enter(ANA)
    ana.page.get_by_role("combobox", name="Idioma / Language").click()
    ana.page.get_by_role("option", name="English").click()
    expect(ana.menu("History")).to_be_visible()
    ana.page.reload()
    expect(ana.menu("History")).to_be_visible()
    assert ana.page.evaluate("document.documentElement.lang") == "en"


def test_the_first_screen_takes_no_focus_from_whoever_is_at_the_menu_already(enter: Enter):
    visit = enter(None)
    held: list[Route] = []

    def hold(request: Route) -> None:
        held.append(request)

    visit.page.route(re.compile(r"/QuestionsPage-.*\.js"), hold)
    visit.sign_in(ANA)
    visit.menu("Plan").focus()
    # Playwright reports a request only while it is being called.
    until(lambda: visit.page.evaluate("true") and held)
    for request in held:
        request.continue_()
    visit.page.get_by_role("heading", name="Histórico", level=2).wait_for()
    expect(visit.menu("Plan")).to_be_focused()


def test_a_ticket_is_created_by_keyboard_alone(enter: Enter):
    ana = enter(ANA)
    keys = ana.page.keyboard

    def go_to(name: str) -> None:
        for _ in range(60):
            keys.press("Tab")
            focused = ana.page.evaluate(NAME_OF_FOCUSED)
            if name in focused:
                return
        raise AssertionError(f"{name} was not reached")

    go_to("Tickets")
    keys.press("Enter")
    expect(ana.page.get_by_role("heading", name="Tickets", level=2)).to_be_visible()
    go_to("NUEVO TICKET")
    keys.press("Enter")
    expect(ana.page.get_by_label("Mensaje")).to_be_visible()
    go_to("Mensaje")
    keys.type("Sin ratón")
    go_to("Amarillo")
    keys.press("Space")
    go_to("CREAR TICKET")
    keys.press("Enter")
    expect(ana.conversation().first).to_contain_text("Sin ratón")


def test_the_first_load_is_light(enter: Enter, running: Processes):
    visit = enter(ANA)
    visit.page.reload()
    visit.page.get_by_role("article").first.wait_for()
    loaded = visit.page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter(entry => new URL(entry.name).pathname.endsWith('.js')).map(entry => entry.encodedBodySize)"
    )
    assert loaded
    assert all(loaded)
    assert sum(loaded) < LOAD_LIMIT_BYTES


def test_the_policy_lets_in_nothing_but_our_own(enter: Enter, running: Processes):
    policy = requests.get(running.api_url, timeout=10).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    page = requests.get(running.api_url, timeout=10).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", page)
    visit = enter(ANA)
    hosts = visit.page.evaluate(
        "performance.getEntriesByType('resource').map(entry => new URL(entry.name).host)"
    )
    assert set(hosts) <= {running.api_url.removeprefix("http://"), _host(running.stream_url)}


def _host(address: str) -> str:
    return address.split("/")[2]


def test_preferences_are_stored(enter: Enter, call: Call):
    ana = enter(ANA)
    ana.menu("Notificaciones").click()
    box = ana.page.get_by_role("checkbox", name="Cambios de estado: Correo")
    expect(box).not_to_be_checked()
    box.check()
    ana.page.reload()
    expect(box).to_be_checked()
