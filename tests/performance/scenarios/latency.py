"""From a rating's 202 to its ticket being readable, over HTTP: on an idle system, and under a steady load."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from uuid import UUID

from deploy.local.processes.catalogue import all_processes
from tests.performance import load
from tests.performance.harness import BenchEngines, bench_engines
from tests.performance.options import Options
from tests.performance.report import Figure, Result, percentile
from tests.performance.steady_load import SteadyLoad
from tests.support.clients.http import Client

SIZE = 200
SHORT = 10

_WARM_UP = 20
_BESIDE_RATE = 1_270
"""Ratings a second: a third of what `pipeline` drains on two cores."""
_BESIDE_SHARE = 2  # of the ratings are made once more beside that load
_BESIDE_SECONDS = 0.5  # for each of these, far more than it takes
_BESIDE_SPARE_SECONDS = 30  # once more, for a slow machine, where a few ratings wait behind a backlog
_PERCENTS = (50, 95, 99, 100)
_READY_SECONDS = 60
_POLL_SECONDS = 0.002
_PATIENCE_SECONDS = 30

_Pairs = list[tuple[float, float]]
"""Seconds until the 202, and from there until the ticket was read."""


def run(options: Options) -> Result:
    """Rate `options.size` answers one after another, `options.repeat` times, beside a bare health check.

    Then half as many while other ratings pass through all the time.
    """
    size, few = options.size, max(1, options.size // _BESIDE_SHARE)
    looked = f"{_POLL_SECONDS * 1000:g} ms"
    result = Result("latency", {"ratings": size, "looked at every": looked, "of these under load": few})
    floors: list[list[float]] = []
    idle: list[_Pairs] = []
    loaded: list[_Pairs] = []
    with bench_engines() as here:
        beside = round(_BESIDE_RATE * (_BESIDE_SECONDS * few * options.repeat + _BESIDE_SPARE_SECONDS))
        made = load.make(beside, unrated=_WARM_UP + (size + few) * options.repeat)
        with here.connect() as connection:
            load.copy(connection, made)
        questions = iter(made.unrated)
        steady = SteadyLoad(here.postgres.url, made.events, _BESIDE_RATE)
        with _system(here) as address, closing(Client(address, made.rater)) as client:

            def rate(count: int) -> _Pairs:
                return [_rate(client, next(questions)) for _ in range(count)]

            rate(_WARM_UP)
            for _ in range(options.repeat):
                floors.append([_seconds(partial(client.read, "/healthz")) for _ in range(size)])
                idle.append(rate(size))
            for _ in range(options.repeat):
                with steady.running():
                    loaded.append(rate(few))
    _add(result, "GET /healthz", floors)
    _add_pairs(result, "", idle)
    result.add("load beside what follows", "ratings/s", steady.published / steady.seconds)
    _add_pairs(result, "under load, ", loaded)
    return result


def _add_pairs(result: Result, when: str, runs: list[_Pairs]) -> None:
    _add(result, f"{when}PUT rating until 202", [[answered for answered, _ in run] for run in runs])
    _add(result, f"{when}202 until the ticket is read", [[read for _, read in run] for run in runs])


def _add(result: Result, name: str, runs: list[list[float]]) -> None:
    for percent in _PERCENTS:
        label = "longest" if percent == max(_PERCENTS) else f"p{percent}"
        result.figures.append(
            Figure(f"{name}: {label}", "ms", [percentile(samples, percent) * 1000 for samples in runs])
        )


@contextmanager
def _system(here: BenchEngines) -> Iterator[str]:
    """Every process of `make up` on the loaded database; the API's address."""
    environment = here.environment(here.postgres.database)
    with ExitStack() as ending:
        children = []
        for process in all_processes():
            child = process.child(environment, log=here.folder / f"{process.name}.log")
            ending.callback(child.stop)
            child.start()
            children.append((process, child))
        for process, child in children:
            child.wait_until(partial(process.is_ready, environment), _READY_SECONDS)
        yield f"http://127.0.0.1:{environment['PORT']}"


def _rate(client: Client, question: UUID) -> tuple[float, float]:
    """Seconds until the 202, and from there until the ticket could be read.

    Raises `RuntimeError` when that takes longer than `_PATIENCE_SECONDS`.
    """
    asked = time.perf_counter()
    client.rate_ok(question, comment="No es lo que pregunté.")
    accepted = time.perf_counter()
    while time.perf_counter() - accepted < _PATIENCE_SECONDS:
        if ticket := client.read(f"/v1/questions/{question}")["rating"]["ticket"]:
            client.read(f"/v1/tickets/{ticket['id']}")
            return accepted - asked, time.perf_counter() - accepted
        time.sleep(_POLL_SECONDS)
    raise RuntimeError(f"The rating of {question} has no ticket after {_PATIENCE_SECONDS} s.")


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
