"""Programs started by the local mode: nothing of them stays, however their end comes."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from deploy.local.host.child import Child, ChildFailed
from tests.support.processes.pids import ended
from tests.support.waiting import until

ROOT = Path(__file__).parents[4]
SHELL = "/bin/sh"

OWNER = """
import sys, time
from pathlib import Path
from deploy.local.host.child import Child
child = Child("orphan", ["/bin/sleep", "600"], log=Path(sys.argv[1]))
child.start()
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_child_ends_when_its_owner_is_killed(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path / "log")], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        assert not ended(pid)
        owner.kill()
    until(lambda: ended(pid))


@pytest.fixture
def child_of(tmp_path):
    """Describes children; whatever becomes of a test, none of them is left."""
    children: list[Child] = []

    def described(name: str, *command: str) -> Child:
        children.append(Child(name, command, log=tmp_path / "log"))
        return children[-1]

    yield described
    for child in children:
        child.kill()


def test_a_kill_takes_the_childs_own_children(child_of):
    child = child_of("family", SHELL, "-c", "sleep 600 & echo $!; wait")
    child.start()
    until(lambda: child.output().strip())
    grandchild = int(child.output())

    child.kill()

    assert child.exit_code == -signal.SIGKILL
    until(lambda: ended(grandchild))


def test_children_left_behind_by_a_child_that_ended_are_killed_too(child_of):
    child = child_of("careless", SHELL, "-c", "sleep 600 & echo $!")
    child.start()
    assert child.wait(10)
    grandchild = int(child.output())
    assert not ended(grandchild)

    child.kill()

    until(lambda: ended(grandchild))


def test_one_that_ignores_the_polite_signal_is_killed(child_of):
    child = child_of("deaf", SHELL, "-c", "trap '' TERM; echo deaf; sleep 600")
    child.start()
    until(child.output)
    child.stop(seconds=0.2)
    assert child.exit_code == -signal.SIGKILL


def test_a_paused_one_can_be_stopped(child_of):
    child = child_of("paused", SHELL, "-c", "trap 'exit 0' TERM; echo ready; wait")
    child.start()
    until(child.output)
    child.pause()
    child.stop()
    assert child.exit_code == 0


def test_waiting_for_one_that_ends_shows_what_it_wrote(child_of):
    child = child_of("broken", SHELL, "-c", "echo no such luck; exit 3")
    child.start()
    with pytest.raises(ChildFailed, match=r"broken ended with code 3\.\nno such luck"):
        child.wait_until(lambda: False, seconds=30)


def test_waiting_has_an_end(child_of):
    child = child_of("slow", "/bin/sleep", "600")
    child.start()
    child.pause()  # a running one sleeps or not as the machine has time for it
    until(lambda: psutil.Process(child.pid).status() == psutil.STATUS_STOPPED)
    with pytest.raises(ChildFailed, match=rf"slow was not ready after 0\.1 s \({child.pid} stopped\)"):
        child.wait_until(lambda: False, seconds=0.1)


def test_only_the_latest_start_is_shown(child_of):
    child = child_of("twice", SHELL, "-c", "echo started")
    for _ in range(2):
        child.start()
        assert child.wait(10)
    assert child.output() == "started"
    assert child.log.read_text() == "started\nstarted\n"


def test_one_that_runs_is_not_started_again(child_of):
    child = child_of("once", "/bin/sleep", "600")
    child.start()
    with pytest.raises(RuntimeError, match="already runs"):
        child.start()
