"""What a rating costs from its event to three notifications, among few tickets of the past and among many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from shared.events import RatingRecorded
from tests.performance import desk_load, floors, load
from tests.performance.crew import WORKER_PROCESSES
from tests.performance.desk import Desk
from tests.performance.draining import Drained, drain, waiting
from tests.performance.harness import Ground, ground
from tests.performance.options import Options
from tests.performance.report import Figure, Point, Result

SIZE = 1_000_000
SHORT = 2_000

_SIZES = (10_000, 100_000)
_RATINGS = 5_000
_WARM_UP = 1_000
_MICROSECONDS = 1e6


def run(options: Options) -> Result:
    """Drain the same number of ratings at every size up to `options.size`; sizes take turns."""
    sizes = [size for size in map(options.times, _SIZES) if size < options.size] + [options.size]
    ratings = options.times(_RATINGS)
    drained: defaultdict[int, list[Drained]] = defaultdict(list)
    commits: defaultdict[int, list[float]] = defaultdict(list)
    with ground() as here:
        events = {size: _fill(here, size, ratings + options.times(_WARM_UP)) for size in sizes}
        for _ in range(options.repeat):
            for size in sizes:
                with (
                    here.copied(_name(size)) as database,
                    waiting(here, database, events[size], ratings, options.pool) as (team, connection),
                ):
                    commits[size].append(floors.commits(connection))
                    drained[size].append(drain(here, team, connection, ratings))
    result = Result(
        "growth", {"ratings": ratings, "worker processes": WORKER_PROCESSES, "pool": options.pool}
    )
    costs = [_add(result, size, drained[size], commits[size]) for size in sizes]
    if len(sizes) > 1:
        result.add_ratio(f"cost at {sizes[-1]:,} over {sizes[0]:,} (1.2 wanted)", costs[-1], costs[0])
    return result


def _name(size: int) -> str:
    return f"desk{size}"


def _fill(here: Ground, size: int, ratings: int) -> Sequence[RatingRecorded]:
    """A database with `size` tickets and all that is left of them; events of ratings that wait in it."""
    here.copy_database(_name(size))
    desk = Desk(size, staff=load.SUPPORT_PEOPLE)
    with here.connect(_name(size)) as connection:
        desk_load.write(connection, desk, past=True)
        loaded = load.make(ratings, people={shop.id: shop.people for shop in desk.shops[: load.STORES]})
        load.copy(connection, loaded)
    return loaded.events


def _add(result: Result, size: int, runs: Sequence[Drained], commits: Sequence[float]) -> Figure:
    """Keep what one size costs; what a rating takes by the clock."""
    for kind in runs[0].cpu:
        spent = (run.cpu[kind] * _MICROSECONDS for run in runs)
        result.add_point(Point("processor time", kind, size), "µs/rating", *spent)
    bare = (_MICROSECONDS / rate for rate in commits)
    result.add_point(Point("cost", "PostgreSQL's commit of one row", size), "µs", *bare)
    clock = (_MICROSECONDS / run.rate for run in runs)
    return result.add_point(Point("cost", "a rating, by the clock", size), "µs", *clock)
