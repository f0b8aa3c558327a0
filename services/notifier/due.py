"""When a delivery is due and how long a claim of it lasts, the same for e-mails and webhook calls."""

from __future__ import annotations

CLAIM_SECONDS = 180
"""How long a claim lasts: longer than a worker's hard time limit, so that its holder is gone by then."""

IS_DUE = """
    d.outcome = 'waiting' AND d.due_at <= now() OR d.outcome = 'sending' AND d.claimed_until <= now()
"""
"""SQL condition on delivery `d`: it has waited long enough, or its claim ended because its worker died."""
