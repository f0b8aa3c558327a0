"""Processing a batch in a worker: take its rows, run the consumer, commit; split the batch if it fails."""

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
from shared.db.rows import read_as
from shared.db.transactions import is_outage, transaction
from shared.errors import Unavailable
from shared.messaging.events import EVENTS, AnyEvent
from shared.observability import metrics, tracing
from shared.observability.correlation import correlation_of, correlations_of, log_fields

AfterCommit = Callable[[], None]
Handler = Callable[[Session, Sequence[Any]], AfterCommit | None]
"""A consumer's function: works on a batch of events in the batch's transaction.

It may return a callable for effects outside the database, which is called once, after the commit, or never if
the worker dies before. A consumer that needs the effect therefore stores that it began, and publishes a job
with a `delay` that checks whether it ended.
"""

SUSPECT_DISPATCH_COUNT = 3
"""A row dispatched this often without being finished is processed alone: it may be what kills its worker."""

MAX_SOLO_ATTEMPTS = 2
"""How often a suspect row is processed alone, without its worker coming back, before it is dead."""

MAX_ERROR_LENGTH = 2000

log = structlog.get_logger(__name__)


class PermanentError(Exception):
    """An error that trying again cannot mend: the row is dead at once. The text is read by an operator."""


class Job(NamedTuple):
    """An outbox row as a consumer gets it; `payload` is JSON."""

    id: int
    event: str
    payload: str


# The rows are found by id alone first: with the consumer in the same condition, PostgreSQL would go through
# all rows that wait for that consumer (docs/performance.md, "Jobs taken by their ids alone").
_DELETE_RETURNING = text("""
    WITH candidates AS MATERIALIZED (
        SELECT id, consumer, dead_at FROM outbox WHERE id = ANY(:ids) ORDER BY id FOR UPDATE SKIP LOCKED
    )
    DELETE FROM outbox
    WHERE id = ANY(ARRAY(SELECT id FROM candidates WHERE consumer = :consumer AND dead_at IS NULL))
    RETURNING id, event, CAST(payload AS text) AS payload
""")

# In the table, `claims` is the dispatch count and `starts` the number of solo attempts (OutboxRow).
_COUNT_SOLO_ATTEMPT = text("""
    UPDATE outbox SET
        starts = starts + 1,
        dead_at = CASE WHEN starts >= :max_solo_attempts THEN now() END,
        last_error = CASE WHEN starts >= :max_solo_attempts
            THEN 'given up: its worker died each time it was begun'
            ELSE 'begun, and its worker did not come back' END
    WHERE id IN (SELECT id FROM outbox WHERE id = :id AND dead_at IS NULL FOR UPDATE SKIP LOCKED)
      AND claims >= :suspect_dispatch_count
    RETURNING dead_at IS NOT NULL
""")

_RECORD_FAILURE = text("""
    UPDATE outbox SET
        attempts = least(attempts + 1, 1000),
        starts = 0,
        last_error = :error,
        available_at = now()
            + make_interval(secs => least(:max_backoff, :first_backoff * 2 ^ least(attempts, 100)) * :jitter),
        dead_at = CASE WHEN :permanent OR (attempts + 1 >= :max_attempts AND NOT :unavailable) THEN now() END
    WHERE id = :id
    RETURNING dead_at IS NOT NULL
""")


def process_batch(consumer: str, function: Handler, ids: Sequence[int]) -> None:
    """Run `function` on the rows of `ids` that still wait for `consumer`, all in one transaction.

    A batch that fails is rolled back and halved, again and again, until the bad row is alone. That row
    records its error and is tried again later, or is dead. Failures because an outside service is unavailable
    (`Unavailable`) are retried without limit. While the database is unreachable nothing is recorded: the rows
    are due again when the relay's lease ends.
    """
    began = time.perf_counter()
    after_commit: AfterCommit | None = None
    jobs: list[Job] = []
    try:
        if len(ids) == 1:
            _count_solo_attempt(consumer, ids[0])
        with transaction() as session:
            jobs = _delete_returning(session, consumer, ids)
            if jobs:
                with _bind_correlation(jobs), _spans("process", consumer, jobs):
                    after_commit = function(session, [decode(job) for job in jobs])
    except Exception as error:  # noqa: BLE001 - whatever it is, it is recorded on the row
        if is_outage(error):
            log.warning("database_away", consumer=consumer, jobs=len(ids))
        elif len(ids) == 1:
            with _bind_correlation(jobs):
                _record_failure(consumer, ids[0], error)
        else:
            middle = len(ids) // 2
            process_batch(consumer, function, ids[:middle])
            process_batch(consumer, function, ids[middle:])
    else:
        try:
            if after_commit is not None:
                with _bind_correlation(jobs), _spans("finish", consumer, jobs):
                    after_commit()
        finally:
            _record_done(consumer, jobs, time.perf_counter() - began)


def _bind_correlation(jobs: Sequence[Job]) -> AbstractContextManager[None]:
    """A block in which log lines carry the correlation id of the job, if it is a single one."""
    if len(jobs) != 1:
        return nullcontext()
    return structlog.contextvars.bound_contextvars(correlation_id=correlation_of(jobs[0].payload))


def _spans(operation: str, consumer: str, jobs: Sequence[Job]) -> AbstractContextManager[None]:
    return tracing.batch_spans(operation, consumer, [job.payload for job in jobs])


def _record_done(consumer: str, jobs: Sequence[Job], seconds: float) -> None:
    """Count and log the jobs that are committed."""
    if not jobs:
        return
    metrics.JOBS.labels(consumer, "done").inc(len(jobs))
    metrics.BATCH_SECONDS.labels(consumer).observe(seconds)
    metrics.BATCH_JOBS.labels(consumer).observe(len(jobs))
    for ids in log_fields(correlations_of(job.payload for job in jobs)):
        log.info("jobs_done", consumer=consumer, jobs=len(jobs), ms=round(seconds * 1000, 1), **ids)


def _delete_returning(session: Session, consumer: str, ids: Sequence[int]) -> list[Job]:
    """Delete the rows of `ids` that still wait for `consumer` and are not locked; returns them by id."""
    session.execute(planner.NO_SEQUENTIAL_SCANS)
    rows = session.execute(_DELETE_RETURNING, {"ids": list(ids), "consumer": consumer})
    return sorted(read_as(Job, rows))


def _count_solo_attempt(consumer: str, row_id: int) -> None:
    """If the row is a suspect, count this attempt in a transaction of its own; after too many it is dead."""
    with transaction() as session:
        values = {
            "id": row_id,
            "suspect_dispatch_count": SUSPECT_DISPATCH_COUNT,
            "max_solo_attempts": MAX_SOLO_ATTEMPTS,
        }
        dead = session.scalar(_COUNT_SOLO_ATTEMPT, values)
    if dead:
        log.error("job_given_up", consumer=consumer, job=row_id)
        metrics.JOBS.labels(consumer, "dead").inc()


def _record_failure(consumer: str, row_id: int, error: Exception) -> None:
    """Write the error on the row, which is tried again after a growing pause or is dead."""
    config = settings()
    permanent = isinstance(error, PermanentError)
    log.error("job_failed", consumer=consumer, job=row_id, permanent=permanent, exc_info=not permanent)
    with transaction() as session:
        dead = session.scalar(
            _RECORD_FAILURE,
            {
                "id": row_id,
                "error": _storable_text(str(error) if permanent else f"{type(error).__name__}: {error}"),
                "permanent": permanent,
                "unavailable": isinstance(error, Unavailable),
                "max_attempts": config.outbox_max_attempts,
                "first_backoff": config.outbox_backoff_seconds,
                "max_backoff": config.outbox_backoff_max_seconds,
                # Random, so that jobs that failed together do not all come back at the same moment.
                "jitter": random.uniform(0.5, 1.5),  # noqa: S311 - not a secret
            },
        )
    metrics.JOBS.labels(consumer, "dead" if dead else "retried").inc()


def _storable_text(error: str) -> str:
    """Cut `error` and replace what PostgreSQL stores in no text: NUL becomes U+FFFD, lone surrogates `?`."""
    return error[:MAX_ERROR_LENGTH].replace("\0", "\ufffd").encode(errors="replace").decode()


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
