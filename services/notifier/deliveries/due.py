"""When the time of a delivery has come, whatever its channel."""

from __future__ import annotations

IS_DUE = """
    d.outcome = 'waiting' AND d.due_at <= now() OR d.outcome = 'sending' AND d.claimed_until <= now()
"""
"""SQL of a condition on delivery `d`: it waits no longer, or whoever claimed it is gone."""
