"""Lists of tickets over HTTP: what one takes a client, how many eight get, among few tickets and many."""

from __future__ import annotations

from contextlib import ExitStack

from deploy.local.processes.catalogue import api
from tests.performance import constant, dataset_load
from tests.performance.dataset import Dataset
from tests.performance.harness import bench_engines
from tests.performance.list_queries import Queries, queries_by_kind
from tests.performance.options import Options
from tests.performance.report import Figure, Point, Result, percentile
from tests.performance.serving import serving
from tests.performance.socket_client import SocketClient, in_turn, rush, waits

SIZE = 1_000_000
SHORT = 2_000

_SIZES = (10_000, 100_000)
_REQUESTS = 300
_WARM_UP = 40
_CLIENTS = 8
_SECONDS = 3.0
_WARM_UP_SECONDS = 1.0


def run(options: Options) -> Result:
    """Each kind of list at every size up to `options.size`: p50 and p99 of one client, rate of eight."""
    sizes = [size for size in _SIZES if size < options.size] + [options.size]
    result = Result(
        "lists",
        {
            "requests of one client": options.times(_REQUESTS),
            "clients at once": _CLIENTS,
            "seconds at once": f"{options.seconds(_SECONDS):g}",
        },
    )
    rates: dict[str, list[Figure]] = {}
    for size in sizes:
        for kind, figure in _at(size, result, options).items():
            rates.setdefault(kind, []).append(figure)
    for kind, figures in rates.items():
        if len(figures) > 1:
            result.add_ratio(f"{kind}: rate at {sizes[-1]:,} over {sizes[0]:,}", figures[-1], figures[0])
    return result


def _at(size: int, result: Result, options: Options) -> dict[str, Figure]:
    """Measure at one size; the rates of eight clients by kind."""
    rates = {}
    with bench_engines() as here:
        dataset = Dataset(size)
        with here.connect() as connection:
            dataset_load.write(connection, dataset)
        with serving(here, constant.process()) as address:
            floor = _measure(result, "constant", size, address, {"": ["/constant"]}, options)
        with serving(here, api()) as address:
            for kind, asking in queries_by_kind(address, dataset).items():
                rates[kind] = _measure(result, kind, size, address, asking, options)
                result.add_ratio(f"{size:,}, {kind}: over constant", rates[kind], floor)
    return rates


def _measure(result: Result, kind: str, size: int, address: str, asking: Queries, options: Options) -> Figure:
    """One client, then eight; `asking` names paths by the token of who asks for them."""
    alone: list[list[float]] = []
    together: list[float] = []
    each = max(1, options.times(_REQUESTS) // _CLIENTS)
    with ExitStack() as closing:
        people = [list(asking.items())[number % len(asking)] for number in range(_CLIENTS)]
        clients = [closing.enter_context(SocketClient(address, token)) for token, _ in people]
        asks = [in_turn(paths) for _, paths in people]
        # Until PostgreSQL has settled on its plans in every connection of the pool.
        rush(clients, asks, options.seconds(_WARM_UP_SECONDS))
        for client, ask in zip(clients, asks, strict=True):
            waits(client, ask, options.times(_WARM_UP))
        for _ in range(options.repeat):
            turns = [waits(client, ask, each) for client, ask in zip(clients, asks, strict=True)]
            alone.append([sample for turn in turns for sample in turn])
            together.append(rush(clients, asks, options.seconds(_SECONDS)).rate)
    for percent in (50, 99):
        samples = (percentile(run, percent) * 1000 for run in alone)
        result.add_point(Point(f"p{percent}", kind, size), "ms", *samples)
    return result.add_point(Point("eight clients", kind, size), "requests/s", *together)
