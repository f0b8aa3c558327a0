"""What a store's webhook can be told of."""

from __future__ import annotations

from shared.messaging.public_events import PUBLIC_EVENTS

WEBHOOK_EVENTS = PUBLIC_EVENTS
"""All that the world outside may hear of."""

TEST_EVENT = "webhook.test"
"""Sent on request only, whatever events were chosen."""
