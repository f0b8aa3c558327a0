"""What a rating costs from its event to three notifications, among few tickets of the past and among many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from shared.messaging.events import RatingUnitRequested
from tests.performance import dataset_load, floors, load
from tests.performance.dataset import Dataset
from tests.performance.draining import Drained, drain, waiting
from tests.performance.harness import BenchEngines, bench_engines
from tests.performance.options import Options
from tests.performance.report import Figure, Point, Result
from tests.performance.workers import WORKER_PROCESSES

SIZE = 1_000_000
SHORT = 2_000

_SIZES = (10_000, 100_000)
_RATINGS = 20_000
_WARM_UP = 2_000
_MICROSECONDS = 1e6
_UNIT = "µs for each"


def run(options: Options) -> Result:
    """Drain the same number of ratings at every size up to `options.size`; sizes take turns."""
    sizes = [size for size in map(options.times, _SIZES) if size < options.size] + [options.size]
    ratings = options.times(_RATINGS)
    drained: defaultdict[int, list[Drained]] = defaultdict(list)
    commits: defaultdict[int, list[float]] = defaultdict(list)
    with bench_engines() as here:
        events = {size: _fill(here, size, ratings + options.times(_WARM_UP)) for size in sizes}
        for _ in range(options.repeat):
            for size in sizes:
                with (
                    here.copied(_name(size)) as database,
                    waiting(here, database, events[size], ratings, options.pool) as (workers, connection),
                ):
                    commits[size].append(floors.commits(connection))
                    drained[size].append(drain(here, workers, connection, ratings))
    result = Result(
        "growth", {"ratings": ratings, "worker processes": WORKER_PROCESSES, "pool": options.pool}
    )
    costs = [_add(result, size, drained[size], commits[size]) for size in sizes]
    if len(sizes) > 1:
        span = f"at {sizes[-1]:,} over {sizes[0]:,} (target: 1.2)"
        for what, few, many in zip(("processor time", "time by the clock"), costs[0], costs[-1], strict=True):
            result.add_ratio(f"{what} {span}", many, few)
    return result


def _name(size: int) -> str:
    return f"desk{size}"


def _fill(here: BenchEngines, size: int, ratings: int) -> Sequence[RatingUnitRequested]:
    """A database with `size` tickets and all that is left of them; events of ratings that wait in it."""
    here.copy_database(_name(size))
    dataset = Dataset(size, staff=load.SUPPORT_PEOPLE)
    with here.connect(_name(size)) as connection:
        dataset_load.write(connection, dataset, past=True)
        loaded = load.make(ratings, people={shop.id: shop.people for shop in dataset.shops[: load.STORES]})
        load.copy(connection, loaded)
    return loaded.events


def _add(
    result: Result, size: int, runs: Sequence[Drained], commits: Sequence[float]
) -> tuple[Figure, Figure]:
    """Keep what one size costs; what a rating takes of a processor, and by the clock."""
    for kind in runs[0].cpu:
        spent = (run.cpu[kind] * _MICROSECONDS for run in runs)
        result.add_point(Point("processor time", kind, size), _UNIT, *spent)
    whole = (sum(run.cpu.values()) * _MICROSECONDS for run in runs)
    used = result.add_point(Point("processor time", "all", size), _UNIT, *whole)
    bare = (_MICROSECONDS / rate for rate in commits)
    result.add_point(Point("time by the clock", "PostgreSQL's commit of a row", size), _UNIT, *bare)
    clock = (_MICROSECONDS / run.rate for run in runs)
    return used, result.add_point(Point("time by the clock", "a rating", size), _UNIT, *clock)
