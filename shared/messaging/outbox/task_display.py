"""Task classes that keep task arguments out of what a worker reports about its tasks.

Flower asks workers for these reports. Our own messages carry ids only, but those of other services carry
what people wrote.
"""

from __future__ import annotations

from typing import Any

from celery import Task
from celery.worker.request import Request


class RedactedRequest(Request):
    """A message that a worker holds, described without its arguments."""

    def info(self, safe: bool = False) -> Any:  # noqa: ARG002 - Celery's name, whoever asks
        """Celery's description of the request, with the message's own text in place of its arguments."""
        return super().info(safe=True)


class RedactedTask(Task[Any, Any]):
    """Base of all tasks of the application: its requests are `RedactedRequest`s."""

    Request = "shared.messaging.outbox.task_display:RedactedRequest"
