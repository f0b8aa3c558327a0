"""Decides which requests for a ticket get a unit. The decision is a pure function; all SQL is set-based."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from sqlalchemy.orm import Session

from services.quota import queries
from services.quota.periods import open_periods
from services.quota.queries import Allowance
from services.quota.thresholds import crossed
from shared.db.models import ParkedReason
from shared.messaging.events import (
    Event,
    QuotaDenied,
    QuotaGranted,
    QuotaThresholdReached,
    SubjectKind,
    UnitEvent,
)


class _RequestFields(TypedDict):
    store_id: UUID
    correlation_id: str
    subject_kind: SubjectKind
    subject_id: UUID
    actor_id: UUID
    promoted: bool


@dataclass(slots=True)
class Decision:
    """The decision on a batch of requests.

    Each request is in `approved` or in `denied`. `consumed` has the approved ones that consume a unit,
    because their subject had none before, with the id of their period.
    """

    consumed: list[tuple[UUID, UnitEvent]] = field(default_factory=list)
    approved: list[UnitEvent] = field(default_factory=list)
    denied: list[tuple[UnitEvent, ParkedReason]] = field(default_factory=list)


def decide(
    requests: Iterable[UnitEvent], allowances: Mapping[UUID, Allowance], subjects_with_unit: frozenset[UUID]
) -> Decision:
    """Approve each store's requests in their order, as long as its allowance lasts.

    `subjects_with_unit`: those that consumed a unit earlier. They are approved without consuming another one.
    """
    decision = Decision()
    used = {store: allowance.used for store, allowance in allowances.items()}
    with_unit = set(subjects_with_unit)
    for request in requests:
        allowance = allowances[request.store_id]
        if request.subject_id in with_unit:
            decision.approved.append(request)
        elif allowance.period_id is None:
            decision.denied.append((request, ParkedReason.PLAN_WITHOUT_TICKETS))
        elif allowance.unit_limit is not None and used[request.store_id] >= allowance.unit_limit:
            decision.denied.append((request, ParkedReason.QUOTA_EXHAUSTED))
        else:
            used[request.store_id] += 1
            with_unit.add(request.subject_id)
            decision.consumed.append((allowance.period_id, request))
            decision.approved.append(request)
    return decision


def decide_and_consume(session: Session, requests: Sequence[UnitEvent], now: datetime) -> list[Event]:
    """Decide on `requests` and record the consumed units; returns the events to publish."""
    stores = {request.store_id for request in requests}
    open_periods(session, stores, now)
    allowances = queries.lock_allowances(session, stores, now)
    # Read under the lock: another transaction that consumed a unit for the same subject has committed.
    subjects_with_unit = queries.subjects_with_unit(session, [request.subject_id for request in requests])
    decision = decide(requests, allowances, subjects_with_unit)
    queries.consume(session, decision.consumed, now)
    return [
        *(QuotaGranted(**_request_fields(request)) for request in decision.approved),
        *(
            QuotaDenied(**_request_fields(request), reason=reason.value)
            for request, reason in decision.denied
        ),
        *_reached_thresholds(session, decision, allowances),
    ]


def _request_fields(request: UnitEvent) -> _RequestFields:
    """What a decision repeats of its request."""
    return {
        "store_id": request.store_id,
        "correlation_id": request.correlation_id,
        "subject_kind": request.subject_kind,
        "subject_id": request.subject_id,
        "actor_id": request.actor_id,
        "promoted": request.promoted,
    }


def _reached_thresholds(
    session: Session, decision: Decision, allowances: Mapping[UUID, Allowance]
) -> Iterable[QuotaThresholdReached]:
    """An event for each store that reached a threshold with the consumed units; they are marked announced."""
    requests_by_store: dict[UUID, list[UnitEvent]] = {}
    for _, request in decision.consumed:
        requests_by_store.setdefault(request.store_id, []).append(request)
    for store_id, requests in requests_by_store.items():
        allowance = allowances[store_id]
        used = allowance.used + len(requests)
        percent = crossed(allowance.used, used, allowance.unit_limit, allowance.announced_percent)
        if percent and allowance.period_id and allowance.unit_limit:
            queries.set_announced_percent(session, allowance.period_id, percent)
            yield QuotaThresholdReached(
                store_id=store_id,
                correlation_id=requests[-1].correlation_id,
                percent=percent,
                used=used,
                unit_limit=allowance.unit_limit,
            )
