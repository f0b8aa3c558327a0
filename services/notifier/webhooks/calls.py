"""A claimed webhook call, and the headers that prove to its receiver who makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from standardwebhooks import Webhook

from shared.messaging.events import DeliveryDue


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookCall:
    """One attempt of the delivery `id`.

    `attempt` is its number among all attempts. `attempt_in_round` is its number since the delivery was last
    requested: redelivery begins a new round, with the whole back-off. Both count from 1.
    """

    id: UUID
    attempt: int
    attempt_in_round: int
    endpoint_id: UUID
    store_id: UUID
    url: str
    payload: str
    secrets: Sequence[str]
    correlation_id: str = ""

    def headers(self, moment: datetime) -> dict[str, str]:
        """The headers of Standard Webhooks, with a signature for each of `secrets`, and the request id."""
        signatures = [Webhook(secret).sign(str(self.id), moment, self.payload) for secret in self.secrets]
        return {
            "webhook-id": str(self.id),
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": " ".join(signatures),
            **({"x-request-id": self.correlation_id} if self.correlation_id else {}),
        }

    @property
    def job(self) -> DeliveryDue:
        """The job that makes this call."""
        return DeliveryDue(
            store_id=self.store_id,
            correlation_id=self.correlation_id,
            channel="webhook",
            delivery_id=self.id,
        )
