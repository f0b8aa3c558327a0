"""What eight people at once get of the API: creating a ticket, a list of 25, one ticket with its messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack

import msgspec

from deploy.local.processes.catalogue import api
from tests.performance import constant, dataset_load
from tests.performance.dataset import Dataset
from tests.performance.harness import bench_engines
from tests.performance.options import Options
from tests.performance.report import Figure, Result, percentile
from tests.performance.serving import serving
from tests.performance.socket_client import Act, SocketClient, in_turn, rush
from tests.support.clients.http import token_of

SIZE = 100_000
SHORT = 2_000

_CLIENTS = 8
_WARM_UP_SECONDS = 2.0
_SECONDS = 4.0

_TICKET = msgspec.json.encode(
    {"body": "La respuesta nombra un talle que ya no vendemos.", "verdict": "improvable"}
)


def run(options: Options) -> Result:
    """Rates and waits of eight people of eight stores, beside an endpoint that does nothing."""
    parameters = {"tickets": options.size, "clients at once": _CLIENTS}
    result = Result("api", {**parameters, "seconds": f"{options.seconds(_SECONDS):g}"})
    with bench_engines() as here:
        dataset = Dataset(options.size)
        with here.connect() as connection:
            dataset_load.write(connection, dataset)
        with serving(here, constant.process()) as address:
            idle = [in_turn(["/constant"])] * _CLIENTS
            floor = _measure(result, "constant", address, [""] * _CLIENTS, idle, options)
        with serving(here, api()) as address:
            tokens = [token_of(address, shop.people[0]) for shop in dataset.shops[:_CLIENTS]]
            for name, acts in _calls(address, tokens).items():
                figure = _measure(result, name, address, tokens, acts, options)
                result.add_ratio(f"{name}: over constant", figure, floor)
    return result


def _calls(address: str, tokens: Sequence[str]) -> Mapping[str, Sequence[Act]]:
    """What each of the people does, by name."""
    return {
        "create a ticket": [lambda client: client.post("/v1/tickets", _TICKET)] * _CLIENTS,
        "list of 25": [in_turn(["/v1/tickets"])] * _CLIENTS,
        "one ticket": [in_turn(list(_paths(address, token))) for token in tokens],
        "its messages": [in_turn(list(_paths(address, token, "/messages"))) for token in tokens],
    }


def _paths(address: str, token: str, part: str = "") -> Iterator[str]:
    with SocketClient(address, token) as client:
        for item in client.read("/v1/tickets?status=closed")["items"]:
            yield f"/v1/tickets/{item['id']}{part}"


def _measure(
    result: Result, name: str, address: str, tokens: Sequence[str], acts: Sequence[Act], options: Options
) -> Figure:
    with ExitStack() as closing:
        clients = [closing.enter_context(SocketClient(address, token)) for token in tokens]
        rush(clients, acts, options.seconds(_WARM_UP_SECONDS))
        runs = [rush(clients, acts, options.seconds(_SECONDS)) for _ in range(options.repeat)]
    for percent in (50, 99):
        result.add(f"{name}: p{percent}", "ms", *(percentile(run.waits, percent) * 1000 for run in runs))
    return result.add(name, "requests/s", *(run.rate for run in runs))
