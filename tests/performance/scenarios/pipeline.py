"""Ratings already recorded, drained through quota, ticket and three notifications each by two workers."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.performance import floors, load
from tests.performance.draining import Drained, drain, waiting
from tests.performance.harness import bench_engines
from tests.performance.options import Options
from tests.performance.report import Result
from tests.performance.workers import WORKER_PROCESSES

SIZE = 20_000
SHORT = 500

_EMPTY_TASKS = 5_000
_SINGLY = {"OUTBOX_BATCH_SIZE": "1"}
_SINGLY_SHARE = 20  # of the ratings: one message per job takes that much longer
_WARM_UP_SHARE = 10  # of the ratings again, drained before: connections, plans and code are in place


@dataclass(slots=True)
class _Runs:
    """A sample of each figure per run."""

    empty: list[float] = field(default_factory=list)
    commits: list[float] = field(default_factory=list)
    drained: list[Drained] = field(default_factory=list)
    singly: list[Drained] = field(default_factory=list)


def run(options: Options) -> Result:
    """Drain `options.size` ratings beside Celery's empty task, `options.repeat` times in turn."""
    size, pool = options.size, options.pool
    few = max(1, size // _SINGLY_SHARE)
    runs = _Runs()
    with bench_engines() as here:
        loaded = load.make(size + size // _WARM_UP_SHARE)
        with here.connect() as connection:
            load.copy(connection, loaded)
        for number in range(options.repeat):
            here.copy_database(name := f"run{number}")
            with waiting(here, name, loaded.events, size, pool) as (workers, connection):
                runs.commits.append(floors.commits(connection))
                runs.empty.append(floors.empty_tasks(here, workers, options.times(_EMPTY_TASKS)))
                runs.drained.append(drain(here, workers, connection, size))
            if options.one_message_per_job:
                events = loaded.events[: few + few // _WARM_UP_SHARE]
                here.copy_database(name := f"singly{number}")
                with waiting(here, name, events, few, pool, _SINGLY) as (workers, connection):
                    runs.singly.append(drain(here, workers, connection, few))
    return _result(options, runs)


def _result(options: Options, runs: _Runs) -> Result:
    result = Result(
        "pipeline",
        {
            "ratings": options.size,
            "stores": load.STORES,
            "empty tasks": options.times(_EMPTY_TASKS),
            "worker processes": WORKER_PROCESSES,
            "pool": options.pool,
        },
    )
    floor = result.add("Celery's empty task", "tasks/s", *runs.empty)
    ours = result.add(
        "ratings to tickets, 3 notifications each", "ratings/s", *(run.rate for run in runs.drained)
    )
    result.add_ratio("ratings over empty tasks", ours, floor)
    result.add("PostgreSQL commits, one connection", "commits/s", *runs.commits)
    for kind in runs.drained[0].cpu:
        spent = (run.cpu[kind] * 1e6 for run in runs.drained)
        result.add(f"processor time: {kind}", "µs/rating", *spent)
    if runs.singly:
        one = result.add("one message per job", "ratings/s", *(run.rate for run in runs.singly))
        result.add_ratio("batches over one message per job", ours, one)
    return result
