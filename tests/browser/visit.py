"""Someone at the page: a browser window of their own, signed in, whose errors are errors of the test."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator

from deploy.local.bootstrap.page import WEB

AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
# How long a screen may take to show what a test waits for, on a machine that is busy with others.
TIMEOUT_MS = 30_000
# What a browser says of an answer that is no success; tests that expect one look at the page instead.
_NETWORK = re.compile(r"Failed to load resource|net::ERR_|the server responded with a status")


class Visit:
    """`page` is Playwright's; `errors` gathers what the page threw, logged as an error or was forbidden."""

    def __init__(self, browser: Browser, url: str, user: str | None, **context: Any) -> None:
        """Open the page at `url`, signed in as the demo person of this name; `context` as Playwright's."""
        settings = {"viewport": {"width": 1280, "height": 900}, "locale": "es-AR", **context}
        self.context = browser.new_context(**settings)
        self.context.set_default_timeout(TIMEOUT_MS)
        # At the start of each document, since the page's policy lets no script in later.
        self.context.add_init_script(path=AXE)
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._note_error)
        self.url = url
        self.page.goto(url)
        if user:
            self.sign_in(user)

    def sign_in(self, user: str) -> None:
        """Press the button of a demo person, named as on the page, and wait until they are in."""
        self.page.get_by_role("button", name=f"Entrar como {user}").click()
        self.page.get_by_role("banner").wait_for()

    def menu(self, module: str) -> Locator:
        """The menu's entry of a module."""
        return self.page.get_by_role("navigation").get_by_role("link", name=module)

    def open(self, path: str) -> None:
        """Go to an address of the page."""
        self.page.goto(self.url + path)

    def button(self, name: str, **how: Any) -> Locator:
        """A button by its name."""
        return self.page.get_by_role("button", name=name, **how)

    def ticket(self, number: int) -> Locator:
        """A ticket of the list."""
        return self.page.get_by_role("list", name="Tickets").get_by_role(
            "link", name=re.compile(rf"Ticket n\.º {number}\b")
        )

    def conversation(self) -> Locator:
        """The messages of the ticket that is open."""
        return self.page.get_by_role("log", name="Conversación").get_by_role("article")

    def choose(self, field: str, *options: str) -> None:
        """Choose from a list that folds out, and fold it in again."""
        box = self.page.get_by_role("combobox", name=field, exact=True)
        box.click()
        for option in options:
            self.page.get_by_role("option", name=option, exact=True).click()
        box.press("Escape")

    def violations(self) -> list[str]:
        """What axe finds wrong on the screen as it stands."""
        self.page.evaluate("document.fonts.ready")
        found = self.page.evaluate("axe.run()")
        return [
            f"{rule['id']}: {json.dumps([node['html'][:200] for node in rule['nodes']])}"
            for rule in found["violations"]
        ]

    def picture(self, name: str) -> None:
        """A picture of the window, for people to look at."""
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)

    def close(self) -> None:
        """Leave."""
        self.context.close()

    def _note_error(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not _NETWORK.search(message.text):
            self.errors.append(message.text)
