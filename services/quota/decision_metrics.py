"""What operators see of decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from shared.messaging.events import Event, QuotaDenied, QuotaGranted
from shared.observability.metrics import QUOTA_DECISIONS


def count(told: Sequence[Event]) -> None:
    """Count what a check decided, once it is committed."""
    denied = Counter(event.reason for event in told if isinstance(event, QuotaDenied))
    granted = sum(isinstance(event, QuotaGranted) for event in told)
    QUOTA_DECISIONS.labels("granted").inc(granted)
    for reason, times in denied.items():
        QUOTA_DECISIONS.labels(reason).inc(times)
