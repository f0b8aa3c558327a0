"""The page in Chromium, in a store of a hundred thousand tickets: first sight of the list, deep scrolling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from deploy.local.bootstrap import page as web
from deploy.local.processes import catalogue as system
from tests.browser.chromium import NoChromium, chromium
from tests.performance import dataset_load
from tests.performance.catalogue import CannotMeasure
from tests.performance.dataset import STORES, Dataset, Rows
from tests.performance.harness import BenchEngines, bench_engines
from tests.performance.options import Options
from tests.performance.report import Result
from tests.support.clients.http import token_of
from tests.support.waiting import until

SIZE = 100_000
SHORT = 2_000

_ROW = 10_000
_WARM_UP = 3
_STEPS = 60
_STEP_PX = 700
_READY_SECONDS = 60

# From the start of the navigation to the frame after the first row stands in the document.
_WATCH = """
    new MutationObserver((_, watching) => {
        if (!document.querySelector("[role=list] [role=listitem]")) return;
        watching.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = performance.now(); }));
    }).observe(document, {childList: true, subtree: true});
"""
_SCRIPTS = """
    performance.getEntriesByType("resource").filter(entry => new URL(entry.name).pathname.endsWith(".js"))
        .reduce((sum, entry) => sum + entry.encodedBodySize, 0)
"""
_LAST_ROW = "Number([...document.querySelectorAll('[aria-posinset]')].at(-1)?.ariaPosInSet ?? 0)"
_NODES = "document.querySelectorAll('*').length"
_TO_THE_END = "window.scrollTo(0, document.documentElement.scrollHeight)"
# Scrolls by steps, a frame each; the milliseconds of every frame.
_SCROLL = """async ([steps, pixels]) => {
    const frame = () => new Promise(requestAnimationFrame);
    const waits = [];
    let before = await frame();
    for (let step = 0; step < steps; step++) {
        window.scrollBy(0, step % 20 < 10 ? -pixels : pixels);
        const now = await frame();
        waits.push(now - before);
        before = now;
    }
    return waits;
}"""


class _OneStore(Dataset):
    """The same dataset, all its tickets in the largest store."""

    def chunks(self) -> Iterator[Rows]:
        parts = super().chunks()
        yield next(parts)
        self.shops[:] = [self.shops[0]] * STORES
        for rows in parts:
            yield {**rows, "ticket_counters": [*dict.fromkeys(map(tuple, rows["ticket_counters"]))]}


def run(options: Options) -> Result:
    """Open the list `options.repeat` times in a fresh profile, then scroll at its head and deep down."""
    size = options.size
    deep = min(_ROW, size)
    result = Result("page", {"tickets in the store": size, "scrolled down to row": deep})
    try:
        web.build()
        browser = chromium()
    except (web.CannotBuild, NoChromium) as missing:
        raise CannotMeasure(str(missing)) from None
    with bench_engines() as here:
        dataset = _OneStore(size)
        with here.connect() as connection:
            dataset_load.write(connection, dataset)
        with _serving(here) as address, _opened(browser) as opened:
            person = dataset.shops[0].people[0]
            token = token_of(address, person)
            _first_sights(result, opened, address, token, options.repeat)
            _scrolling(result, opened, address, token, deep)
    return result


def _first_sights(result: Result, browser: Browser, address: str, token: str, repeat: int) -> None:
    sights, sizes = [], []
    for number in range(_WARM_UP + repeat):
        page = _open(browser, address, token)
        if number >= _WARM_UP:
            sights.append(page.evaluate("window.painted") / 1000)
            sizes.append(page.evaluate(_SCRIPTS) / 1000)
        page.context.close()
    result.add("from the address to the list on the screen (target: below 1)", "s", *sights)
    result.add("script of the first load, compressed (target: below 250)", "kB", *sizes)


def _scrolling(result: Result, browser: Browser, address: str, token: str, deep: int) -> None:
    page = _open(browser, address, token)
    measuring = page.context.new_cdp_session(page)
    measuring.send("Performance.enable")
    for place, row in (("at row 200", 200), (f"at row {deep:,}", deep)):
        _go_down_to(page, row)
        result.add(f"{place}: elements in the document", "", page.evaluate(_NODES))
        before = _spent(measuring)
        waits: Sequence[float] = page.evaluate(_SCROLL, [_STEPS, _STEP_PX])
        after = _spent(measuring)
        for what, name in (("scripts", "ScriptDuration"), ("everything", "TaskDuration")):
            result.add(f"{place}: {what}, a step", "ms", 1000 * (after[name] - before[name]) / _STEPS)
        result.add(f"{place}: a step's frame", "ms", *waits)
        result.add(f"{place}: memory of scripts", "MB", after["JSHeapUsedSize"] / 1e6)
    page.context.close()


def _go_down_to(page: Page, row: int) -> None:
    """Scroll to the end, and to the end of what came of it, until that row is there."""
    while (reached := page.evaluate(_LAST_ROW)) < row:
        page.evaluate(_TO_THE_END)
        until(lambda: page.evaluate(_LAST_ROW) > reached)


def _spent(measuring: CDPSession) -> dict[str, float]:
    answer: dict[str, Any] = measuring.send("Performance.getMetrics")
    return {metric["name"]: metric["value"] for metric in answer["metrics"]}


def _open(browser: Browser, address: str, token: str) -> Page:
    """The list in a profile that has seen nothing yet, once it is on the screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="es-AR")
    context.add_init_script(_WATCH)
    context.add_init_script(f"sessionStorage.setItem('botmeni-token', '{token}')")
    page = context.new_page()
    page.goto(f"{address}/tickets")
    until(lambda: page.evaluate("window.painted > 0"))
    return page


@contextmanager
def _opened(browser: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def _serving(here: BenchEngines) -> Iterator[str]:
    """The page's and the API's address, the live stream beside it; nobody is turned away."""
    environment = {**here.environment(here.postgres.database), "RATE_LIMIT": ""}
    children = []
    try:
        for process in (system.api(), system.stream()):
            child = process.child(environment, log=here.folder / f"{process.name}.log")
            child.start()
            children.append(child)
            child.wait_until(partial(process.is_ready, environment), _READY_SECONDS)
        yield f"http://127.0.0.1:{environment['PORT']}"
    finally:
        for child in children:
            child.stop()
