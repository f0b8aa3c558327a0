"""Metrics of quota decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from shared.messaging.events import Event, QuotaDenied, QuotaGranted
from shared.observability.metrics import QUOTA_DECISIONS


def count(events: Sequence[Event]) -> None:
    """Count the decisions among the `events` of a check; call it after the commit."""
    denied = Counter(event.reason for event in events if isinstance(event, QuotaDenied))
    granted = sum(isinstance(event, QuotaGranted) for event in events)
    QUOTA_DECISIONS.labels("granted").inc(granted)
    for reason, number in denied.items():
        QUOTA_DECISIONS.labels(reason).inc(number)
