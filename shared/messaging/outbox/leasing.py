"""Leasing due rows, so that no two relays hand out the same one at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import text

from shared.config.settings import settings
from shared.db.transactions import transaction
from shared.observability import tracing

# An array is made once. Of `IN (SELECT …)` PostgreSQL may run the inner query again for each row of a small
# table, and LIMIT with SKIP LOCKED gives other rows each time: more than are wanted.
_CLAIM = """
    UPDATE outbox SET available_at = now() + make_interval(secs => :lease), claims = least(claims + 1, 1000)
    WHERE id = ANY (ARRAY(
        SELECT due.id
        FROM unnest(CAST(:consumers AS text[]), CAST(:most AS bigint[])) AS wanted (consumer, most)
        CROSS JOIN LATERAL (
            SELECT id FROM outbox
            WHERE dead_at IS NULL AND consumer = wanted.consumer AND available_at <= now()
            ORDER BY available_at LIMIT wanted.most
            FOR UPDATE SKIP LOCKED
        ) AS due
    )) RETURNING id, consumer, claims, payload ->> 'correlation_id'
"""
_CLAIM_OFF = text(_CLAIM)
_CLAIM_ON = text(f"{_CLAIM}, payload ->> 'traceparent'")
"""Where traces are on."""

_RELEASE = text("""
    UPDATE outbox SET available_at = now(), claims = claims - 1
    WHERE id = ANY(:ids) AND claims > 0 AND dead_at IS NULL
""")


class Claim(NamedTuple):
    """A leased row, the request it comes from, and the span where traces are on."""

    id: int
    consumer: str
    claims: int
    correlation_id: str | None = None
    traceparent: str | None = None


def claim(room: Mapping[str, int]) -> list[Claim]:
    """Lease due rows, of each consumer at most as many as `room` says; nobody else gets them meanwhile."""
    with transaction() as session:
        rows = session.execute(
            _CLAIM_ON if tracing.enabled() else _CLAIM_OFF,
            {
                "lease": settings().outbox_lease_seconds,
                "consumers": list(room),
                "most": list(room.values()),
            },
        )
        return [Claim(*row) for row in rows]


def release(ids: Collection[int]) -> None:
    """Give leased rows back, as if they had never been claimed; those put back or given up since stay so."""
    if ids:
        with transaction() as session:
            session.execute(_RELEASE, {"ids": sorted(ids)})
