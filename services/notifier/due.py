"""When a delivery is due, the same for e-mails and webhook calls."""

from __future__ import annotations

IS_DUE = """
    d.outcome = 'waiting' AND d.due_at <= now() OR d.outcome = 'sending' AND d.claimed_until <= now()
"""
"""SQL condition on delivery `d`: it has waited long enough, or its claim ended because its worker died."""
