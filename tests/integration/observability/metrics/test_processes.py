"""Several processes count together, whoever of them forks, dies or answers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from deploy.local.host.ports import free_port
from deploy.local.options import ROOT
from tests.support.clients.metrics import value
from tests.support.waiting import until

Start = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def start(port: int, tmp_path: Path) -> Iterator[Start]:
    """Starts a process that counts and serves on `port`, ready."""
    started: list[subprocess.Popen[str]] = []
    settings = {**os.environ, "METRICS_PORT": str(port), "METRICS_DIR": str(tmp_path)}  # noqa: TID251 - passed on

    def begin() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.processes.counting"],
            cwd=ROOT,
            env=settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout
        process.stdout.readline()
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def command(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{word}\n")
    process.stdin.flush()
    assert process.stdout.readline() == "done\n"


def jobs(port: int) -> float:
    return value(port, "botmeni_jobs_total", consumer="quota.check", outcome="done")


def streams(port: int) -> float:
    return value(port, "botmeni_streams_connected")


def test_siblings_and_their_children_are_summed(start: Start, port: int):
    one, other = start(), start()
    for process, word in ((one, "count"), (other, "count"), (one, "fork"), (other, "fork"), (other, "fork")):
        command(process, word)
    assert jobs(port) == 5


def test_children_that_come_and_go_leave_no_files_behind(start: Start, port: int, tmp_path: Path):
    process = start()
    for _ in range(20):
        command(process, "fork")
    assert jobs(port) == 20
    assert len(list(tmp_path.rglob("counter_*.db"))) <= 2


def test_when_the_one_that_answers_is_killed_the_next_takes_over(start: Start, port: int):
    first, second = start(), start()
    command(first, "count")
    command(second, "count")
    first.kill()
    first.wait()
    assert until(lambda: answers(port) and jobs(port)) == 2


def test_what_a_killed_process_had_open_is_open_no_more(start: Start, port: int):
    first, second = start(), start()
    assert streams(port) == 2
    second.kill()
    second.wait()
    start()
    assert streams(port) == 2
    command(first, "count")
    assert jobs(port) == 1


def answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).ok
    except requests.ConnectionError:
        return False


def test_only_this_machine_is_answered_by_default(start: Start, port: int):
    start()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", port), timeout=10)


def test_a_folder_that_cannot_be_written_stops_the_start(start: Start, port: int, tmp_path: Path):
    (tmp_path / str(port)).write_text("no folder")
    process = start()
    _, complaint = process.communicate()
    assert process.returncode == 1
    assert f"METRICS_DIR: cannot write in {tmp_path / str(port)}" in complaint


def test_a_port_that_is_taken_stops_the_start(start: Start, port: int):
    with socket.create_server(("127.0.0.1", port)):
        process = start()
        _, complaint = process.communicate()
    assert process.returncode == 1
    assert f"METRICS_PORT: cannot listen on 127.0.0.1:{port}" in complaint
