"""The notifications section: unread lines about the same ticket fold into one with a count."""

from __future__ import annotations

# Rows are locked in one order, person by person, so that two batches never wait for each other in a circle.
# What a person has read already is kept as read, and folds into nothing.
ADD = """
    INSERT INTO notifications
        (id, person_id, store_id, ticket_id, event, count, detail, created_at, updated_at, read_at)
    SELECT new_uuid(), one.person_id, e.store_id, e.ticket_id, e.event, one.times, e.detail, :now, :now,
        CASE WHEN one.seen THEN CAST(:now AS timestamptz) END
    FROM (
        SELECT person_id, max(ordinal) AS ordinal, count(*) AS times, bool_and(seen) AS seen
        FROM told WHERE in_app
        GROUP BY person_id, ticket_id, CASE WHEN ticket_id IS NULL THEN ordinal END
    ) one JOIN event e USING (ordinal)
    ORDER BY one.person_id, e.ticket_id
    ON CONFLICT (person_id, ticket_id) WHERE read_at IS NULL
    DO UPDATE SET count = notifications.count + excluded.count, event = excluded.event,
        detail = excluded.detail, updated_at = excluded.updated_at
"""
"""A fragment of `services.notifier.fan_out.statement`: a line for everyone of `told` who wants one."""
