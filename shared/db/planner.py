"""All switches of PostgreSQL's planner, as SQL text, each with the measurement that justifies it.

They are for the few places where the plans that PostgreSQL chose by its statistics were measured to be slow.
The database's functions `search_tickets` and `index_tickets` are created with switches of their own.
"""

from __future__ import annotations

from sqlalchemy import text

# Transactions of the API. People's lists are read from indexes in their order. Without it, a plan made for
# the average store fetched and sorted all tickets of a large store for each page: 2.1 ms instead of 0.6
# (docs/performance.md, "Pages read in their index's order"). A plan for each statement instead, by
# `plan_cache_mode=force_custom_plan`, costs PostgreSQL 0.5 to 2.6 ms more for a list. Set in the transaction,
# with its BEGIN, so that it ends with the transaction and needs no option of the connection.
NO_SORT = "SET LOCAL enable_sort = off"
"""For a transaction: no plan may sort where an index has the order."""

# Searches by words, in the API's connections. What a search finds comes in no order. Without it, looking for
# one rare word among 40,000 tickets read all tickets in order and took half a minute (docs/performance.md,
# "Pages read in their index's order").
ALLOW_SORT = text("SET LOCAL enable_sort = on")
"""For the rest of a transaction, plans may sort: it undoes `NO_SORT`."""

# Transactions of consumers. A plan made while a table was nearly empty is used until PostgreSQL has counted
# the table anew, a minute later, and reads the grown table whole meanwhile. Without it and with jobs taken by
# consumer, a ticket came after 0.2 s or after 1.2 s, depending on when that happened, and taking rows cost
# 314 µs a rating after 45 s of 1,270 ratings a second, against 17 at first; with both changes a batch costs
# the same after 45 s as at first (docs/performance.md, "Jobs look up by keys", "Jobs taken by their ids
# alone").
NO_SEQUENTIAL_SCANS = text("SET LOCAL enable_seqscan = off")
"""For the rest of a transaction, plans look rows up by indexes instead of reading whole tables."""

# Measuring the backlog. Without it, all rows of a consumer are read and sorted to keep the first few: 0.4 s
# among a million rows (measured when the metric was added, commit b0cc5a6).
INDEX_ORDER_ONLY = text(
    "SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off"
)
"""For the rest of a transaction, plans read rows in an index's order and stop at their LIMIT."""
