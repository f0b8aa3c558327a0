"""What comes every few seconds on its own is not in the logs."""

from deploy.local.processes import catalogue as system
from tests.support.waiting import until


def test_the_clock_of_periodic_tasks_says_nothing_of_each_tick(processes, db):
    processes.start(system.worker(beat=True))
    until(lambda: db.count("heartbeats"))
    said = processes["worker"].log.read_text(encoding="utf-8")
    assert "ready." in said
    assert "celery.beat" not in said
