"""Units: which askers get one. The decision is a pure function; the queries around it are set-based."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.quota import queries
from services.quota.periods import open_periods
from services.quota.queries import Allowance
from services.quota.thresholds import crossed
from shared.db.models import ParkedReason
from shared.messaging.events import Event, QuotaDenied, QuotaGranted, QuotaThresholdReached, UnitRequested


@dataclass(slots=True)
class Decision:
    """What a batch of askers gets: `taken` holds (period id, asker) for each unit newly taken."""

    taken: list[tuple[UUID, UnitRequested]] = field(default_factory=list)
    granted: list[UnitRequested] = field(default_factory=list)
    denied: list[tuple[UnitRequested, ParkedReason]] = field(default_factory=list)


def decide(
    asks: Iterable[UnitRequested], allowances: Mapping[UUID, Allowance], holders: frozenset[UUID]
) -> Decision:
    """First come, first served, per store. `holders`: subjects that hold a unit already and need no other."""
    decision = Decision()
    used = {store: allowance.used for store, allowance in allowances.items()}
    held = set(holders)
    for ask in asks:
        allowance = allowances[ask.store_id]
        if ask.subject_id in held:
            decision.granted.append(ask)
        elif allowance.period_id is None:
            decision.denied.append((ask, ParkedReason.PLAN_WITHOUT_TICKETS))
        elif allowance.unit_limit is not None and used[ask.store_id] >= allowance.unit_limit:
            decision.denied.append((ask, ParkedReason.QUOTA_EXHAUSTED))
        else:
            used[ask.store_id] += 1
            held.add(ask.subject_id)
            decision.taken.append((allowance.period_id, ask))
            decision.granted.append(ask)
    return decision


def check(session: Session, asks: Sequence[UnitRequested], now: datetime) -> list[Event]:
    """Take a unit for each asker where the store's plan has one left; returns the events that tell of it."""
    stores = {ask.store_id for ask in asks}
    open_periods(session, stores, now)
    allowances = queries.lock_allowances(session, stores, now)
    # After the lock: whoever else took a unit for the same subject has committed by now.
    holders = queries.holders(session, [ask.subject_id for ask in asks])
    decision = decide(asks, allowances, holders)
    queries.take(session, decision.taken, now)
    return [
        *(_granted(ask) for ask in decision.granted),
        *(_denied(ask, reason) for ask, reason in decision.denied),
        *_announce(session, decision, allowances),
    ]


def _granted(ask: UnitRequested) -> QuotaGranted:
    return QuotaGranted(
        store_id=ask.store_id,
        correlation_id=ask.correlation_id,
        subject_kind=ask.subject_kind,
        subject_id=ask.subject_id,
        actor_id=ask.actor_id,
        promoted=ask.promoted,
    )


def _denied(ask: UnitRequested, reason: ParkedReason) -> QuotaDenied:
    return QuotaDenied(
        store_id=ask.store_id,
        correlation_id=ask.correlation_id,
        subject_kind=ask.subject_kind,
        subject_id=ask.subject_id,
        actor_id=ask.actor_id,
        promoted=ask.promoted,
        reason=reason.value,
    )


def _announce(
    session: Session, decision: Decision, allowances: Mapping[UUID, Allowance]
) -> Iterable[QuotaThresholdReached]:
    taken_by: dict[UUID, list[UnitRequested]] = {}
    for _, ask in decision.taken:
        taken_by.setdefault(ask.store_id, []).append(ask)
    for store_id, asks in taken_by.items():
        allowance = allowances[store_id]
        after = allowance.used + len(asks)
        percent = crossed(allowance.used, after, allowance.unit_limit, allowance.announced_percent)
        if percent and allowance.period_id and allowance.unit_limit:
            queries.mark_announced(session, allowance.period_id, percent)
            yield QuotaThresholdReached(
                store_id=store_id,
                correlation_id=asks[-1].correlation_id,
                percent=percent,
                used=after,
                unit_limit=allowance.unit_limit,
            )
