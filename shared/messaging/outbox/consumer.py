"""`@consumer`: turns a function over a batch of events into a Celery task that handles each event once."""

from __future__ import annotations

from collections.abc import Callable

from shared.messaging.celery_app import app
from shared.messaging.outbox.batch import Handler, process_batch
from shared.messaging.routes import QUEUE_OF, Queue

CONSUMERS: dict[str, Handler] = {}
"""The function of each registered consumer, by the consumer's name."""


def consumer(name: str, *, queue: Queue) -> Callable[[Handler], Handler]:
    """Register `f(session, events)` as the consumer `name` of the routing table, which works on `queue`.

    The function runs inside the transaction that deletes the events' rows: it must neither commit nor
    have effects outside the database. For those it returns a callable, which is called after the commit.
    Raises `ValueError` where the routing table says otherwise.
    """
    if QUEUE_OF.get(name) is not queue:
        raise ValueError(
            f"{name} works on {QUEUE_OF.get(name)!r} by shared/messaging/routes.py, not on {queue!r}"
        )

    def register(function: Handler) -> Handler:
        if name in CONSUMERS:
            raise ValueError(f"two consumers are called {name}")
        CONSUMERS[name] = function

        @app.task(name=name)
        def run(ids: list[int]) -> None:
            process_batch(name, function, ids)

        return function

    return register
