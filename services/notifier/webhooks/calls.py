"""A call of a webhook about to be made, and the headers that prove whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from standardwebhooks import Webhook

from shared.messaging.events import DeliveryDue


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One try of one delivery, as a claim found it.

    `attempt` counts all tries up to this one, `tried` those of this round.
    """

    id: UUID
    attempt: int
    tried: int
    endpoint_id: UUID
    store_id: UUID
    url: str
    payload: str
    secrets: Sequence[str]
    correlation_id: str = ""

    def headers(self, moment: datetime) -> dict[str, str]:
        """Standard Webhooks' headers, one signature for each secret good at `moment`; and the request's."""
        signed = [Webhook(secret).sign(str(self.id), moment, self.payload) for secret in self.secrets]
        return {
            "webhook-id": str(self.id),
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": " ".join(signed),
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
