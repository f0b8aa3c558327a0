"""A worker's readiness probe: true once it takes jobs, false when it has ended for any reason."""

from __future__ import annotations

import os
import signal

from deploy.local.processes.catalogue import worker


def test_a_worker_is_ready_once_it_takes_jobs_and_until_it_ends(processes):
    process = worker()
    assert not process.is_ready(processes.environment)
    processes.start(process)
    assert process.is_ready(processes.environment)
    processes["worker"].stop()
    assert not process.is_ready(processes.environment)


def test_one_that_was_killed_is_not_taken_for_ready_while_its_children_live(processes):
    process = worker()
    processes.start(process)
    child = processes["worker"]
    child.pause()  # its own children too, so that they cannot notice
    os.kill(child.pid, signal.SIGKILL)
    assert child.wait(10)
    assert not process.is_ready(processes.environment)


def test_workers_are_distinguished_by_their_names(processes):
    processes.start(worker("first"))
    assert not worker("second").is_ready(processes.environment)


def test_one_that_starts_again_is_ready_again(processes):
    process = worker()
    processes.start(process)
    processes["worker"].kill()
    processes.start(process)
    assert process.is_ready(processes.environment)
