"""What a worker shows of the tasks it holds: what their message says of itself, never their arguments.

Flower asks workers for that. Our own messages carry ids, those of other services carry people's words.
"""

from __future__ import annotations

from typing import Any

from celery import Task
from celery.worker.request import Request


class SeenRequest(Request):
    """A message a worker holds."""

    def info(self, safe: bool = False) -> Any:  # noqa: ARG002 - Celery's name, whoever asks
        """Its description, with arguments as the message itself shows them."""
        return super().info(safe=True)


class SeenTask(Task[Any, Any]):
    """Base of all tasks."""

    Request = "shared.messaging.outbox.task_display:SeenRequest"
