"""`make up` and `make reset` as a person uses them, on ports and a data folder of the test's own."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from collections.abc import Iterator

import psutil
import pytest
import requests

from deploy.local.engines.postgres import Postgres
from deploy.local.host.ports import free_port, is_free
from tests.support.clients.terminal import PORTS, Terminal
from tests.support.clients.terminal import terminal as a_terminal
from tests.support.processes.pids import ended
from tests.support.waiting import until


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with a_terminal() as opened:
        yield opened


@pytest.fixture
def up(terminal: Terminal) -> Iterator[subprocess.Popen[bytes]]:
    """`make up`, ready; the test may end it."""
    yield from _ready(terminal)


@pytest.fixture(scope="module")
def module_terminal() -> Iterator[Terminal]:
    with a_terminal() as opened:
        yield opened


@pytest.fixture(scope="module")
def module_up(module_terminal: Terminal) -> Iterator[subprocess.Popen[bytes]]:
    """`make up`, ready, for tests that leave it running."""
    yield from _ready(module_terminal)


def _ready(terminal: Terminal) -> Iterator[subprocess.Popen[bytes]]:
    started = terminal.start()
    until(lambda: "Ready in" in terminal.shown() or started.poll() is not None)
    assert started.poll() is None, terminal.shown()
    yield started
    left = family(started) if started.poll() is None else []
    started.kill()
    started.wait()
    until(lambda: all(map(ended, left)))


def family(process: subprocess.Popen[bytes]) -> list[int]:
    children = psutil.Process(process.pid).children(recursive=True)
    assert {"postgres", "redis-server"} <= {child.name() for child in children}
    return [child.pid for child in children]


def commands(process: subprocess.Popen[bytes]) -> list[list[str]]:
    return [psutil.Process(pid).cmdline() for pid in family(process)]


def test_it_says_where_everything_is_and_whom_to_sign_in_as(module_up, module_terminal):
    assert module_terminal.api in module_terminal.shown()
    page = next(line for line in module_terminal.shown().splitlines() if line.split()[:1] == ["Page"])
    is_built = requests.get(module_terminal.api, timeout=10).status_code == 200
    assert (module_terminal.api in page) == is_built
    assert (module_terminal.api in page) != ("Node" in page)
    person = requests.get(f"{module_terminal.api}/dev/users", timeout=10).json()["items"][0]["user"]
    assert person in module_terminal.shown()
    signed_in = requests.post(f"{module_terminal.api}/dev/login", json={"user": person}, timeout=10)
    assert signed_in.json()["token"]

    flower = f"http://127.0.0.1:{module_terminal.settings['FLOWER_PORT']}"
    password = module_terminal.shown().split("password ")[1].split()[0]
    assert requests.get(flower, timeout=10).status_code == 401
    assert requests.get(f"{flower}/workers", auth=("botmeni", password), timeout=10).status_code == 200


def test_a_second_one_says_so_and_changes_nothing(module_up, module_terminal):
    before = family(module_up)
    code, seen = module_terminal.run()
    assert code == 1
    assert f"Already running: `make up` on {module_terminal.api}, process {module_up.pid}." in seen
    code, seen = module_terminal.run("reset")
    assert code == 1
    assert f"process {module_up.pid} runs" in seen
    assert family(module_up) == before
    assert requests.get(f"{module_terminal.api}/readyz", timeout=10).status_code == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda n: n.name)
def test_asked_to_stop_it_leaves_no_process(up, terminal, number):
    started = family(up)
    up.send_signal(number)
    assert up.wait(10) == 0
    assert terminal.shown().rstrip().endswith("Stopped.")
    assert [pid for pid in started if not ended(pid)] == []


def test_killed_it_leaves_no_process_and_the_next_start_finds_the_data(up, terminal):
    person = {"user": requests.get(f"{terminal.api}/dev/users", timeout=10).json()["items"][0]["user"]}
    token = requests.post(f"{terminal.api}/dev/login", json=person, timeout=10).json()["token"]
    header = {"Authorization": f"Bearer {token}"}
    before = requests.get(f"{terminal.api}/v1/me", headers=header, timeout=10).json()
    started = family(up)

    up.kill()
    until(lambda: all(map(ended, started)))

    again = terminal.start()
    until(lambda: "Ready in" in terminal.shown() or again.poll() is not None)
    # The token still counts: the key that signed it is among the data.
    assert requests.get(f"{terminal.api}/v1/me", headers=header, timeout=10).json() == before
    again.send_signal(signal.SIGINT)
    assert again.wait(10) == 0


def test_what_is_killed_is_started_again(module_up, module_terminal):
    victims = [psutil.Process(pid) for pid in family(module_up)]
    relay = next(victim for victim in victims if "shared.messaging.outbox.relay" in victim.cmdline())
    redis_server = next(victim for victim in victims if victim.name() == "redis-server")
    relay.kill()
    redis_server.kill()
    until(lambda: "relay ended with code -9 and is started again" in module_terminal.shown())
    until(lambda: "redis ended with code -9 and is started again" in module_terminal.shown())
    until(lambda: "shared.messaging.outbox.relay" in str(commands(module_up)))


def test_reset_empties_the_data(terminal):
    server = Postgres(terminal.data / "postgres")
    server.start()
    (terminal.data / "secrets.json").write_text("{}")
    assert terminal.run("reset") == (0, f"{terminal.data} is empty.\n")
    assert [path.name for path in terminal.data.iterdir()] == ["up.lock"]
    # One that a kill left running would write into the next data.
    assert server.process.wait(10)


@pytest.mark.parametrize("setting", PORTS)
def test_a_port_that_is_taken_is_named_before_anything_starts(terminal, setting):
    with socket.create_server(("127.0.0.1", int(terminal.settings[setting]))):
        code, seen = terminal.run()
    assert code == 1
    assert f"{setting}: another program listens on {terminal.settings[setting]}" in seen
    assert not (terminal.data / "postgres").exists()


def test_all_ports_that_are_taken_are_named_with_free_ones_of_nobody_else(terminal):
    port = free_port()
    chosen = {"PORT": str(port), "STREAM_PORT": str(port + 1)}
    with socket.create_server(("127.0.0.1", port)), socket.create_server(("127.0.0.1", port + 1)):
        code, seen = terminal.run(**chosen)
        advised = dict(re.findall(r"(\w+)=(\d+)", seen.split("`make up ")[1]))
        assert all(is_free(int(other)) for other in advised.values())
    assert code == 1
    for setting, taken in chosen.items():
        assert f"{setting}: another program listens on {taken}." in seen
    assert advised.keys() == chosen.keys()
    assert len({*advised.values(), *(terminal.settings | chosen).values()}) == len(
        {*(terminal.settings | chosen).values()}
    ) + len(advised)


@pytest.mark.parametrize(
    ("settings", "answer"),
    [
        ({"PORT": "many"}, "PORT: Not a valid integer."),
        ({"PORT": "70000"}, "PORT: Must be greater than or equal to 1 and less than or equal to 65535."),
        ({"PORT": "5000", "FLOWER_PORT": "5000"}, "PORT=5000, FLOWER_PORT=5000"),
        ({"DATABASE_URL": "mysql://somewhere"}, "DATABASE_URL: must begin with postgresql+psycopg://"),
        ({"REDIS_URL": "redis://127.0.0.1:1/0"}, "REDIS_URL: Redis does not let us in."),
        ({"DATABASE_URL": "postgresql+psycopg://127.0.0.1:1/x"}, "DATABASE_URL: PostgreSQL does not let us"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_setting_is_named_with_what_was_expected(terminal, settings, answer):
    code, seen = terminal.run(**settings)
    assert code == 1
    assert answer in seen
    assert "Traceback" not in seen
