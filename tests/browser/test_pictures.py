"""Pictures as people give them: pasted, dropped, chosen; refused with the reason; enlarged; on a rating."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from tests.browser.conftest import Call, Enter
from tests.browser.tickets import opened, png
from tests.browser.visit import Visit

ANA = "Ana Ledesma"
COPY_PICTURE = """async text => {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const picture = new Blob([bytes], {type: "image/png"});
    await navigator.clipboard.write([new ClipboardItem({"image/png": picture})]);
}"""


def pictures_of(visit: Visit) -> Locator:
    return visit.page.get_by_role("group", name="Imágenes")


def drop(visit: Visit, place: Locator, *files: Path) -> None:
    """Files from outside the browser let go over `place`."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
    browser = visit.context.new_cdp_session(visit.page)
    for kind in ("dragEnter", "dragOver", "drop"):
        browser.send("Input.dispatchDragEvent", {"type": kind, **where, "data": data})


def send(visit: Visit, body: str) -> Locator:
    """Write and send; the message that came of it."""
    visit.page.get_by_label("Continuar la conversación").fill(body)
    expect(visit.button("ENVIAR")).to_be_enabled()
    visit.button("ENVIAR").click()
    message = visit.conversation().filter(has_text=body)
    expect(message).to_be_visible()
    return message


def test_a_picture_is_pasted_into_the_message(enter: Enter, call: Call):
    ticket = opened(call("ana"), "Consulta")
    ana = enter(ANA, permissions=["clipboard-read", "clipboard-write"])
    ana.open(f"/tickets/{ticket['id']}")
    box = ana.page.get_by_label("Continuar la conversación")
    box.fill("Pegada")
    ana.page.evaluate(COPY_PICTURE, base64.b64encode(png("#2b8a3e")).decode())
    box.press("Control+V")
    expect(pictures_of(ana)).to_contain_text("image.png")
    expect(box).to_have_value("Pegada")
    expect(send(ana, "Pegada").get_by_role("img", name="image.png")).to_be_visible()


def test_pictures_are_dropped_on_their_place(enter: Enter, call: Call, tmp_path: Path):
    files = [tmp_path / "uno.png", tmp_path / "dos.png"]
    for file, colour in zip(files, ("#e8590c", "#1971c2"), strict=True):
        file.write_bytes(png(colour))
    ticket = opened(call("ana"), "Consulta")
    ana = enter(ANA)
    ana.open(f"/tickets/{ticket['id']}")
    drop(ana, pictures_of(ana), *files)
    for file in files:
        expect(pictures_of(ana)).to_contain_text(file.name)
    message = send(ana, "Soltadas")
    for file in files:
        expect(message.get_by_role("img", name=file.name)).to_be_visible()


def test_a_file_that_is_refused_says_why_and_holds_up_nothing(enter: Enter, call: Call):
    ticket = opened(call("ana"), "Consulta")
    ana = enter(ANA)
    ana.open(f"/tickets/{ticket['id']}")
    ana.page.locator("input[type=file]").set_input_files(
        [
            FilePayload(name="nota.png", mimeType="image/png", buffer=b"No soy una imagen. " * 50),
            FilePayload(name="buena.png", mimeType="image/png", buffer=png()),
        ]
    )
    refusal = pictures_of(ana).get_by_role("alert")
    expect(refusal).to_have_count(1)
    expect(refusal).to_contain_text(re.compile("imagen|formato", re.IGNORECASE))
    message = send(ana, "Con una de las dos")
    expect(message.get_by_role("img")).to_have_count(1)
    expect(message.get_by_role("img", name="buena.png")).to_be_visible()


def test_a_picture_is_taken_back_before_it_is_sent(enter: Enter, call: Call):
    ticket = opened(call("ana"), "Consulta")
    ana = enter(ANA)
    ana.open(f"/tickets/{ticket['id']}")
    ana.page.locator("input[type=file]").set_input_files(
        FilePayload(name="error.png", mimeType="image/png", buffer=png())
    )
    ana.button("Quitar error.png").click()
    expect(pictures_of(ana)).not_to_contain_text("error.png")
    expect(send(ana, "Sin imagen").get_by_role("img")).to_have_count(0)


def test_a_rating_takes_pictures_and_its_ticket_shows_them(enter: Enter):
    ana = enter(ANA)
    ana.open("/historico")
    # Not the first ones, which other tests rate.
    card = ana.page.get_by_role("article").nth(4)
    card.get_by_label("Calificar respuesta", exact=True).first.fill("Como en la captura")
    card.locator("input[type=file]").set_input_files(
        FilePayload(name="captura.png", mimeType="image/png", buffer=png("#9c36b5"))
    )
    verdict = card.get_by_role("button", name="Incorrecta")
    expect(verdict).to_be_enabled()
    verdict.click()
    expect(card.get_by_role("button", name="Ampliar captura.png")).to_be_visible()
    expect(card.get_by_role("group", name="Imágenes")).not_to_contain_text("captura.png")
    card.get_by_role("link", name=re.compile("Ver ticket")).click()
    expect(ana.conversation().first).to_contain_text("Como en la captura")
    expect(ana.page.get_by_role("main").get_by_role("img", name="captura.png").first).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_at_an_enlarged_picture(enter: Enter, call: Call, theme: str):
    ticket = opened(call("ana"), "Consulta")
    ana = enter(ANA, color_scheme=theme, reduced_motion="reduce")
    ana.open(f"/tickets/{ticket['id']}")
    ana.page.locator("input[type=file]").set_input_files(
        FilePayload(name="foto.png", mimeType="image/png", buffer=png())
    )
    enlarge = send(ana, "Mira").get_by_role("button", name="Ampliar foto.png")
    enlarge.press("Enter")
    dialog = ana.page.get_by_role("dialog")
    expect(dialog.get_by_role("img", name="foto.png")).to_be_visible()
    assert not ana.violations()
    ana.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(enlarge).to_be_focused()
