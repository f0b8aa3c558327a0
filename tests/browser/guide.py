"""Draws the pictures of docs/guia-de-uso.md on a running system: `python -m tests.browser.guide`."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from deploy.local.bootstrap import page as web
from deploy.local.demo.load import load
from deploy.local.engines.embedded import Engines
from deploy.local.engines.scratch import scratch_folder
from deploy.local.options import ROOT
from deploy.local.processes import catalogue as system
from shared.db import migrations
from tests.browser.chromium import chromium
from tests.browser.tickets import opened
from tests.browser.visit import Visit
from tests.support.clients.http import Client
from tests.support.processes.running import Processes

PICTURES = ROOT / "docs" / "imagenes"
_WINDOW = {"width": 1000, "height": 640}
_COLOURS = 128


def main() -> None:
    """Start everything on engines of its own, walk through the guide, and write the pictures."""
    web.build()
    PICTURES.mkdir(exist_ok=True)
    with scratch_folder() as folder, Engines(folder) as engines:
        migrations.upgrade(engines.database_url)
        load(engines.database_url)
        running = Processes(folder, database_url=engines.database_url, redis_url=engines.redis_url)
        try:
            running.start(system.api(), system.stream(), system.relay(), system.worker())
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
                for walk in (_rating, _tickets, _new_ticket, _conversation, _rest):
                    _walk(walk, browser, running.api_url)
        finally:
            running.kill_all()


Walk = Callable[[Visit, Client, Client], None]


def _walk(walk: Walk, browser: Browser, url: str) -> None:
    ana, marina = Client(url, "ana"), Client(url, "marina")
    visit = Visit(browser, url, "Ana Ledesma", viewport=_WINDOW, reduced_motion="reduce")
    try:
        walk(visit, ana, marina)
    finally:
        visit.close()
        ana.close()
        marina.close()


def _rating(visit: Visit, ana: Client, marina: Client) -> None:
    card = visit.page.get_by_role("article").first
    card.get_by_label("Calificar respuesta", exact=True).first.fill("Falta aclarar el plazo de entrega.")
    _draw(visit, "calificar")
    card.get_by_role("button", name="Mejorable").click()
    card.get_by_role("link", name=re.compile("Ver ticket")).wait_for()
    _draw(visit, "ver-ticket")


def _tickets(visit: Visit, ana: Client, marina: Client) -> None:
    answered = opened(ana, "¿Cómo sumo otra cuenta de ventas?")
    opened(ana, "Nos gustaría un tono más formal", "incorrect")
    marina.post_ok(f"/v1/tickets/{answered['id']}/messages", {"body": "Te contamos cómo."})
    visit.menu("Tickets").click()
    visit.ticket(answered["number"]).wait_for()
    _draw(visit, "tickets")


def _new_ticket(visit: Visit, ana: Client, marina: Client) -> None:
    visit.open("/tickets/nuevo")
    visit.page.get_by_label("Mensaje").fill(
        "Quisiéramos que las respuestas mencionen el retiro en tienda.\nhttps://percha-lunar.example/retiro"
    )
    visit.page.get_by_role("radio", name="Amarillo: mejorable").check()
    visit.page.get_by_text(re.compile("Te quedan")).wait_for()
    _draw(visit, "nuevo-ticket")


def _conversation(visit: Visit, ana: Client, marina: Client) -> None:
    item = ana.read("/v1/tickets", kind="question")["items"][0]
    marina.post_ok(f"/v1/tickets/{item['id']}/messages", {"body": "Gracias, ya estamos con esto."})
    visit.open(f"/tickets/{item['id']}")
    visit.conversation().nth(1).wait_for()
    _draw(visit, "ticket")


def _rest(visit: Visit, ana: Client, marina: Client) -> None:
    visit.menu("Notificaciones").click()
    visit.page.get_by_role("region", name="Qué quieres que te avisemos").wait_for()
    visit.page.get_by_role("article").filter(has_text="Soporte respondió").first.wait_for()
    _draw(visit, "notificaciones")
    visit.menu("Plan").click()
    visit.page.get_by_role("region", name="Movimientos del cupo").wait_for()
    _draw(visit, "plan")


def _draw(visit: Visit, name: str) -> None:
    """Few colours are enough for a page, and keep the repository small."""
    shot = Image.open(io.BytesIO(visit.page.screenshot())).convert("RGB")
    path: Path = PICTURES / f"{name}.png"
    shot.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
