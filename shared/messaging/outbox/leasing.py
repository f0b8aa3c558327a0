"""Leasing due outbox rows, so that two relays never dispatch the same row at the same time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import text

from shared.config.settings import settings
from shared.db.rows import read_as
from shared.db.transactions import transaction
from shared.observability import tracing

# The ids are collected in an array, which PostgreSQL builds once. With `IN (SELECT …)` it may run the inner
# query again for each row of a small table, and LIMIT with SKIP LOCKED returns other rows each time: more
# rows than asked for. The counter stops at 1,000, far below the limit of its smallint column.
_LEASE_SQL = """
    UPDATE outbox SET available_at = now() + make_interval(secs => :lease), claims = least(claims + 1, 1000)
    WHERE id = ANY (ARRAY(
        SELECT due.id
        FROM unnest(CAST(:consumers AS text[]), CAST(:limits AS bigint[])) AS capacity (consumer, max_rows)
        CROSS JOIN LATERAL (
            SELECT id FROM outbox
            WHERE dead_at IS NULL AND consumer = capacity.consumer AND available_at <= now()
            ORDER BY available_at LIMIT capacity.max_rows
            FOR UPDATE SKIP LOCKED
        ) AS due
    )) RETURNING id, consumer, claims AS dispatch_count, payload ->> 'correlation_id' AS correlation_id
"""
_LEASE = text(f"{_LEASE_SQL}, NULL AS traceparent")
_LEASE_WITH_TRACEPARENT = text(f"{_LEASE_SQL}, payload ->> 'traceparent' AS traceparent")

_RELEASE = text("""
    UPDATE outbox SET available_at = now(), claims = claims - 1
    WHERE id = ANY(:ids) AND claims > 0 AND dead_at IS NULL
""")


class Lease(NamedTuple):
    """A leased outbox row: the relay that leased it dispatches it, and no other relay does meanwhile.

    `dispatch_count` includes this lease. `correlation_id` names the request that the row comes from;
    `traceparent` is read only when tracing is enabled.
    """

    id: int
    consumer: str
    dispatch_count: int
    correlation_id: str | None = None
    traceparent: str | None = None


def lease(capacity: Mapping[str, int]) -> list[Lease]:
    """Lease due rows for OUTBOX_LEASE_SECONDS, oldest first, and return the leases.

    `capacity` gives the most rows to lease for each consumer. A row not finished when its lease ends is due
    again.
    """
    with transaction() as session:
        rows = session.execute(
            _LEASE_WITH_TRACEPARENT if tracing.enabled() else _LEASE,
            {
                "lease": settings().outbox_lease_seconds,
                "consumers": list(capacity),
                "limits": list(capacity.values()),
            },
        )
        return read_as(Lease, rows)


def release(ids: Collection[int]) -> None:
    """Make leased rows due again and take back the dispatch that was counted for them.

    Rows that an operator requeued (their count is 0), or that are dead, stay as they are.
    """
    if ids:
        with transaction() as session:
            session.execute(_RELEASE, {"ids": sorted(ids)})
