"""From a rating's 202 to its ticket being readable, over HTTP, on an otherwise idle system."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from uuid import UUID

import requests

from deploy.local.processes import all_processes
from tests.performance import load
from tests.performance.harness import Ground, ground
from tests.performance.options import Options
from tests.performance.report import Figure, Result, percentile

SIZE = 200
SHORT = 10

_WARM_UP = 20
_PERCENTS = (50, 95, 99, 100)
_READY_SECONDS = 60
_POLL_SECONDS = 0.002
_PATIENCE_SECONDS = 30


def run(options: Options) -> Result:
    """Rate `options.size` answers one after another, `options.repeat` times, beside a bare health check."""
    size = options.size
    result = Result("latency", {"ratings": size, "looked at every": f"{_POLL_SECONDS * 1000:g} ms"})
    floors: list[list[float]] = []
    answers: list[list[float]] = []
    tickets: list[list[float]] = []
    with ground() as here:
        loaded = load.make(ratings=0, unrated=_WARM_UP + size * options.repeat)
        with here.connect() as connection:
            load.copy(connection, loaded)
        questions = iter(loaded.unrated)
        with _system(here) as address, requests.Session() as client:
            _sign_in(client, address, loaded.rater)
            for _ in range(_WARM_UP):
                _rate(client, address, next(questions))
            for _ in range(options.repeat):
                floors.append([_seconds(partial(client.get, f"{address}/healthz")) for _ in range(size)])
                pairs = [_rate(client, address, next(questions)) for _ in range(size)]
                answers.append([answered for answered, _ in pairs])
                tickets.append([visible for _, visible in pairs])
    _add(result, "GET /healthz", floors)
    _add(result, "PUT rating until 202", answers)
    _add(result, "202 until the ticket is read", tickets)
    return result


def _add(result: Result, name: str, runs: list[list[float]]) -> None:
    for percent in _PERCENTS:
        label = "longest" if percent == max(_PERCENTS) else f"p{percent}"
        result.figures.append(
            Figure(f"{name}: {label}", "ms", [percentile(samples, percent) * 1000 for samples in runs])
        )


@contextmanager
def _system(here: Ground) -> Iterator[str]:
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
            child.wait_until(partial(process.is_open, environment), _READY_SECONDS)
        yield f"http://127.0.0.1:{environment['PORT']}"


def _sign_in(client: requests.Session, address: str, user: str) -> None:
    answer = client.post(f"{address}/dev/login", json={"user": user})
    answer.raise_for_status()
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"


def _rate(client: requests.Session, address: str, question: UUID) -> tuple[float, float]:
    """Seconds until the 202, and from there until the ticket could be read.

    Raises `RuntimeError` when that takes longer than `_PATIENCE_SECONDS`.
    """
    path = f"{address}/v1/questions/{question}"
    asked = time.perf_counter()
    answer = client.put(f"{path}/rating", json={"verdict": "incorrect", "comment": "No es lo que pregunté."})
    accepted = time.perf_counter()
    answer.raise_for_status()
    while time.perf_counter() - accepted < _PATIENCE_SECONDS:
        found = client.get(path)
        found.raise_for_status()
        if ticket := found.json()["rating"]["ticket"]:
            client.get(f"{address}/v1/tickets/{ticket['id']}").raise_for_status()
            return accepted - asked, time.perf_counter() - accepted
        time.sleep(_POLL_SECONDS)
    raise RuntimeError(f"The rating of {question} has no ticket after {_PATIENCE_SECONDS} s.")


def _seconds(call: Callable[[], requests.Response]) -> float:
    began = time.perf_counter()
    call().raise_for_status()
    return time.perf_counter() - began
