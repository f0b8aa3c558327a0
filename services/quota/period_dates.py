"""When periods begin and end: counted from the store's subscription day, in its time zone."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Period(NamedTuple):
    """From `starts_at` (inclusive) to `ends_at` (exclusive), both in UTC."""

    starts_at: datetime
    ends_at: datetime


def period_containing(moment: datetime, anchor: date, months: int, time_zone: str) -> Period:
    """The period of `months` months that contains `moment`; periods are counted from `anchor` in `time_zone`.

    They begin at midnight. In a month without the anchor's day (such as the 31st) they begin on its last
    day. `months` is at least 1.
    """
    zone = ZoneInfo(time_zone)
    local = moment.astimezone(zone)
    elapsed = (local.year - anchor.year) * 12 + local.month - anchor.month
    index = elapsed // months
    if _boundary(anchor, index * months, zone) > moment:
        index -= 1
    return Period(_boundary(anchor, index * months, zone), _boundary(anchor, (index + 1) * months, zone))


def _boundary(anchor: date, months_later: int, zone: ZoneInfo) -> datetime:
    years, month_index = divmod(anchor.month - 1 + months_later, 12)
    year, month = anchor.year + years, month_index + 1
    day = min(anchor.day, calendar.monthrange(year, month)[1])
    return datetime.combine(date(year, month, day), time.min, zone).astimezone(UTC)
