"""The embedded PostgreSQL: what it keeps, and what it does about what others left behind."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import psutil
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from deploy.local.engines.postgres import Postgres
from deploy.local.host.child import ChildFailed
from tests.support.processes.databases import connect
from tests.support.processes.pids import ended
from tests.support.processes.servers import serving
from tests.support.waiting import until

FAST = {"fsync": "off"}
ROOT = os.geteuid() == 0


def ask(server: Postgres, question: str) -> object:
    with connect(server.url).begin() as connection:
        return connection.scalar(text(question))


def test_what_was_committed_survives_a_kill(postgres):
    with connect(postgres.url).begin() as connection:
        connection.execute(text("CREATE TABLE stored AS SELECT 42 AS answer"))
    before = postgres.url

    postgres.process.kill()
    postgres.restart()

    assert postgres.url == before
    assert ask(postgres, "SELECT answer FROM stored") == 42


def test_a_kill_takes_every_process_of_the_server(postgres):
    server = postgres.process.pid
    family = [server, *(child.pid for child in psutil.Process(server).children())]
    assert len(family) > 3

    postgres.process.kill()

    until(lambda: all(map(ended, family)))


def test_a_paused_server_answers_nobody_and_goes_on_afterwards(postgres):
    postgres.process.pause()
    impatient = f"{postgres.url}&connect_timeout=2"
    with pytest.raises(OperationalError, match="timeout"), connect(impatient).connect():
        pass
    postgres.process.resume()
    assert ask(postgres, "SELECT 1") == 1


def test_it_is_durable_by_default(postgres, folder):
    assert [ask(postgres, f"SHOW {name}") for name in ("fsync", "synchronous_commit")] == ["on", "on"]
    other = Postgres(folder / "other", settings=FAST)
    with serving(other):
        assert ask(other, "SHOW fsync") == "off"


def test_text_is_unicode_whatever_the_machine_speaks(folder, monkeypatch):
    """The locale C, which every machine has, knows neither UTF-8 nor the case of any letter beyond ASCII."""
    for name in ("LANG", "LC_ALL"):
        monkeypatch.setenv(name, "C")
    server = Postgres(folder / "postgres", settings=FAST)
    with serving(server):
        assert psutil.Process(server.process.pid).environ()["LC_ALL"] == "C"
        assert ask(server, "SHOW server_encoding") == "UTF8"
        assert ask(server, "SELECT lower('ÑANDÚ')") == "ñandú"


def test_a_server_left_over_is_ended_by_the_next_start(postgres):
    left_over = postgres.process
    successor = Postgres(postgres.folder)
    with serving(successor):
        assert left_over.wait(5)
        assert ask(successor, "SELECT 1") == 1


def test_a_pid_file_that_names_another_program_is_no_obstacle(folder):
    server = Postgres(folder / "postgres", settings=FAST)
    server.start()
    lines = (server.folder / "postmaster.pid").read_text().splitlines()
    server.process.kill()
    (server.folder / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))

    with serving(server):
        assert ask(server, "SELECT 1") == 1


def test_a_first_start_broken_off_leaves_nothing_that_hinders_the_next(folder):
    half_made = folder / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")

    server = Postgres(folder / "postgres", settings=FAST)
    with serving(server):
        assert ask(server, "SELECT 1") == 1
    assert not half_made.exists()


def test_data_of_another_version_is_refused_with_a_way_out(folder):
    data = folder / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(ChildFailed, match=r"PostgreSQL 16, this is PostgreSQL 18. `make reset`"):
        Postgres(data).start()


def test_a_wrong_parameter_is_reported_in_the_servers_words(folder):
    server = Postgres(folder / "postgres", settings={"shared_buffers": "much"})
    with pytest.raises(ChildFailed, match='invalid value for parameter "shared_buffers"'):
        server.start()


def test_a_folder_too_long_for_a_socket_gets_it_elsewhere(folder):
    deep = folder / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    server = Postgres(deep / "postgres", settings=FAST)
    with serving(server):
        sockets = Path(server.url.partition("host=")[2])
        assert ask(server, "SELECT 1") == 1
        assert sockets != server.folder
    assert not sockets.exists()


@pytest.mark.skipif(not ROOT, reason="an ordinary user's server runs as that user")
@pytest.mark.parametrize("mode", [0o711, 0o700], ids=["open folder", "folder only root enters"])
def test_as_root_the_server_runs_as_nobody(folder, mode):
    folder.chmod(mode)
    server = Postgres(folder / "postgres", settings=FAST)
    with serving(server):
        process = psutil.Process(server.process.pid)
        assert process.uids().effective == pwd.getpwnam("nobody").pw_uid
        assert ask(server, "SELECT 1") == 1
