"""E-mails: one row each, which waits a short while for more about the same ticket, or for its reader."""

from __future__ import annotations

# What the person has seen already is written down as dropped, so that somebody can tell why nothing came.
ADD = """
    INSERT INTO email_deliveries
        (id, person_id, store_id, ticket_id, events, outcome, reason, created_at, due_at, ended_at)
    SELECT new_uuid(), one.person_id, one.store_id, one.ticket_id, one.events,
        CASE WHEN one.seen THEN 'dropped' ELSE 'waiting' END, CASE WHEN one.seen THEN 'read' END,
        :now, :email_due, CASE WHEN one.seen THEN CAST(:now AS timestamptz) END
    FROM (
        SELECT told.person_id, e.store_id, e.ticket_id, told.seen, jsonb_agg(
            jsonb_build_object('event', e.event, 'at', CAST(:now AS timestamptz), 'detail', e.detail,
                'correlation_id', e.correlation_id)
            ORDER BY e.ordinal
        ) AS events
        FROM told JOIN event e USING (ordinal) WHERE told.email
        GROUP BY told.person_id, e.store_id, e.ticket_id, told.seen,
            CASE WHEN e.ticket_id IS NULL THEN e.ordinal END
    ) one
    ORDER BY one.person_id, one.ticket_id
    ON CONFLICT (person_id, ticket_id) WHERE outcome = 'waiting' AND attempts = 0
    DO UPDATE SET events = email_deliveries.events || excluded.events, folds = email_deliveries.folds + 1
    RETURNING id, store_id, events->-1->>'correlation_id' AS correlation_id,
        outcome = 'waiting' AND folds = 0 AS fresh
"""
"""A fragment of `services.notifier.fan_out.statement`: an e-mail for everyone of `told` who wants one.

`fresh` rows are new and need a job; the others were folded into one that has its job, or need none.
"""
