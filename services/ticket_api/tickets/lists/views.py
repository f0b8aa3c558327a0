"""The counts of a list as people see them."""

from __future__ import annotations

import msgspec

from shared.db.models import TicketStatus


class CountView(msgspec.Struct, frozen=True, kw_only=True):
    """How many tickets of a status meet the filters; `capped`: at least so many."""

    status: TicketStatus
    count: int
    capped: bool
