"""The events that a store's webhooks can receive."""

from __future__ import annotations

from shared.messaging.public_events import PUBLIC_EVENTS

WEBHOOK_EVENTS = PUBLIC_EVENTS
"""The same events that other services can subscribe to."""

TEST_EVENT = "webhook.test"
"""Sent when a store requests it, whatever events the endpoint lists."""
