"""What happens when a worker is woken: take the rows, do the work, commit; split what fails."""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.config.settings import settings
from shared.db import planner
from shared.db.transactions import is_outage, transaction
from shared.errors import Unavailable
from shared.messaging.events import EVENTS, AnyEvent
from shared.observability import metrics, tracing
from shared.observability.correlation import correlation_of, correlations_of, log_fields

AfterCommit = Callable[[], None]
Handler = Callable[[Session, Sequence[Any]], AfterCommit | None]
"""Work on a batch, in its transaction; what it returns is called once that is committed.

That is the place for effects outside the database. It comes at most once: a row of the consumer's own has to
say that it began, and a job published with `after` has to look whether it ended.
"""

SUSPECT_CLAIMS = 3
"""A row handed out this often without an end is handled alone: its worker may be dying of it."""

MAX_STARTS = 2
"""Runs a suspect may begin without an end before it is dead."""

log = structlog.get_logger(__name__)


class PermanentError(Exception):
    """Trying again cannot help: the row is dead at once. The text is for an operator to read."""


class Job(NamedTuple):
    """An outbox row as a consumer sees it."""

    id: int
    event: str
    payload: str


# By ids alone at first: by consumer too, PostgreSQL would go through all that waits for that one.
_TAKE = text("""
    WITH named AS MATERIALIZED (
        SELECT id, consumer, dead_at FROM outbox WHERE id = ANY(:ids) ORDER BY id FOR UPDATE SKIP LOCKED
    )
    DELETE FROM outbox
    WHERE id = ANY(ARRAY(SELECT id FROM named WHERE consumer = :consumer AND dead_at IS NULL))
    RETURNING id, event, CAST(payload AS text)
""")

_START_SUSPECT = text("""
    UPDATE outbox SET
        starts = starts + 1,
        dead_at = CASE WHEN starts >= :most THEN now() END,
        last_error = CASE WHEN starts >= :most
            THEN 'given up: its worker died each time it was begun'
            ELSE 'begun, and its worker did not come back' END
    WHERE id IN (SELECT id FROM outbox WHERE id = :id AND dead_at IS NULL FOR UPDATE SKIP LOCKED)
      AND claims >= :suspect
    RETURNING dead_at IS NOT NULL
""")

_RECORD_FAILURE = text("""
    UPDATE outbox SET
        attempts = least(attempts + 1, 1000),
        starts = 0,
        last_error = :error,
        available_at = now()
            + make_interval(secs => least(:longest, :first * 2 ^ least(attempts, 100)) * :jitter),
        dead_at = CASE WHEN :permanent OR (attempts + 1 >= :most AND NOT :away) THEN now() END
    WHERE id = :id
    RETURNING dead_at IS NOT NULL
""")


def handle(consumer: str, function: Handler, ids: Sequence[int]) -> None:
    """Handle the rows of `ids` that still wait for `consumer`, all in one transaction.

    A failed batch is rolled back and halved until the bad row stands alone; that one records its error
    and comes back later, or is dead. What fails because something outside is away (`Unavailable`) comes back
    for as long as it takes. With the database away nothing is recorded: the relay's lease ends.
    """
    began = time.perf_counter()
    after: AfterCommit | None = None
    jobs: list[Job] = []
    try:
        if len(ids) == 1:
            _start_if_suspect(consumer, ids[0])
        with transaction() as session:
            jobs = _take(session, consumer, ids)
            if jobs:
                with _followed(jobs), _traced("process", consumer, jobs):
                    after = function(session, [decode(job) for job in jobs])
    except Exception as error:  # noqa: BLE001 - whatever it is, it is recorded on the row
        if is_outage(error):
            log.warning("database_away", consumer=consumer, jobs=len(ids))
        elif len(ids) == 1:
            with _followed(jobs):
                _record_failure(consumer, ids[0], error)
        else:
            middle = len(ids) // 2
            handle(consumer, function, ids[:middle])
            handle(consumer, function, ids[middle:])
    else:
        try:
            if after is not None:
                with _followed(jobs), _traced("finish", consumer, jobs):
                    after()
        finally:
            _note_done(consumer, jobs, time.perf_counter() - began)


def _followed(jobs: Sequence[Job]) -> AbstractContextManager[None]:
    """A block whose log lines name the request that a job standing alone comes from."""
    if len(jobs) != 1:
        return nullcontext()
    return structlog.contextvars.bound_contextvars(correlation_id=correlation_of(jobs[0].payload))


def _traced(operation: str, consumer: str, jobs: Sequence[Job]) -> AbstractContextManager[None]:
    return tracing.batch_spans(operation, consumer, [job.payload for job in jobs])


def _note_done(consumer: str, jobs: Sequence[Job], seconds: float) -> None:
    if not jobs:
        return
    metrics.JOBS.labels(consumer, "done").inc(len(jobs))
    metrics.BATCH_SECONDS.labels(consumer).observe(seconds)
    metrics.BATCH_JOBS.labels(consumer).observe(len(jobs))
    for ids in log_fields(correlations_of(job.payload for job in jobs)):
        log.info("jobs_done", consumer=consumer, jobs=len(jobs), ms=round(seconds * 1000, 1), **ids)


def _take(session: Session, consumer: str, ids: Sequence[int]) -> list[Job]:
    session.execute(planner.NO_SEQUENTIAL_SCANS)
    rows = session.execute(_TAKE, {"ids": list(ids), "consumer": consumer})
    return sorted(Job(*row) for row in rows)


def _start_if_suspect(consumer: str, row_id: int) -> None:
    with transaction() as session:
        values = {"id": row_id, "suspect": SUSPECT_CLAIMS, "most": MAX_STARTS}
        given_up = session.scalar(_START_SUSPECT, values)
    if given_up:
        log.error("job_given_up", consumer=consumer, job=row_id)
        metrics.JOBS.labels(consumer, "dead").inc()


def _record_failure(consumer: str, row_id: int, error: Exception) -> None:
    config = settings()
    permanent = isinstance(error, PermanentError)
    log.error("job_failed", consumer=consumer, job=row_id, permanent=permanent, exc_info=not permanent)
    with transaction() as session:
        dead = session.scalar(
            _RECORD_FAILURE,
            {
                "id": row_id,
                "error": _readable(str(error) if permanent else f"{type(error).__name__}: {error}"),
                "permanent": permanent,
                "away": isinstance(error, Unavailable),
                "most": config.outbox_max_attempts,
                "first": config.outbox_backoff_seconds,
                "longest": config.outbox_backoff_max_seconds,
                # Spread, so that jobs that failed together do not come back together.
                "jitter": random.uniform(0.5, 1.5),  # noqa: S311 - not a secret
            },
        )
    metrics.JOBS.labels(consumer, "dead" if dead else "retried").inc()


def _readable(complaint: str) -> str:
    """A text the database takes: of bounded length, without what is no character (zero, half a surrogate)."""
    return complaint[:2000].replace("\0", "\ufffd").encode(errors="replace").decode()


def decode(job: Job) -> AnyEvent:
    """The typed event of a row. Raises `PermanentError` when this release cannot read it."""
    if job.event not in EVENTS:
        raise PermanentError(f"unknown event {job.event!r}; known: {', '.join(sorted(EVENTS))}")
    try:
        return _decoder(job.event).decode(job.payload)
    except msgspec.ValidationError as error:
        raise PermanentError(f"{job.event} cannot be read: {error}") from None


@functools.cache
def _decoder(event: str) -> msgspec.json.Decoder[AnyEvent]:
    return msgspec.json.Decoder(EVENTS[event])
