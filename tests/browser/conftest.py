"""A real Chromium at the built page of a running system."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from deploy.local.bootstrap import page as web
from deploy.local.demo.load import load
from deploy.local.processes import catalogue as system
from tests.browser.chromium import NoChromium, chromium
from tests.browser.visit import TIMEOUT_MS, Visit
from tests.support.clients.http import Client, clients_of
from tests.support.processes import databases
from tests.support.processes.running import Processes

Enter = Callable[..., Visit]
Call = Callable[[str], Client]

FOLDER = Path(__file__).parent

expect.set_options(timeout=TIMEOUT_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a browser test."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, and the page built of its sources as they are; without one of them the tests are skipped.

    Not for the session: Playwright keeps an event loop running, beside which other tests can't run theirs.
    """
    try:
        web.build()
        program = chromium()
    except (web.CannotBuild, NoChromium) as missing:
        pytest.skip(f"No browser tests: {missing}")
    with sync_playwright() as playwright:
        # Chromium's own sandbox needs rights that root in a container has not; the page is ours. On a
        # machine without a GPU Chromium emulates one, which took a third of these tests' processor time.
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def running(browser: Browser, module_processes: Processes) -> Processes:
    """API, stream, relay and workers on a database that holds the demo data and nothing else."""
    url = module_processes.environment["DATABASE_URL"]
    databases.restore_template(url)
    load(url)
    module_processes.start(system.api(), system.stream(), system.relay(), system.worker())
    return module_processes


@pytest.fixture
def enter(running: Processes, browser: Browser) -> Iterator[Enter]:
    """Opens a window: `enter("Ana Ledesma")`; what went wrong in any of them fails the test."""
    visits: list[Visit] = []

    def sign_in(user: str | None, **context: Any) -> Visit:
        visits.append(Visit(browser, running.api_url, user, **context))
        return visits[-1]

    yield sign_in
    errors = [error for visit in visits for error in visit.errors]
    for visit in visits:
        visit.close()
    assert not errors


@pytest.fixture
def call(running: Processes) -> Iterator[Call]:
    """A demo person at the API, for what a test only needs to be there: `call("ana")`."""
    with clients_of(running.api_url) as sign_in:
        yield sign_in
