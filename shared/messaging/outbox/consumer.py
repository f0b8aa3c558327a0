"""`@consumer`: a plain function over a batch of events becomes a Celery task, each event handled once."""

from __future__ import annotations

from collections.abc import Callable

from shared.messaging.celery_app import app
from shared.messaging.outbox.batch import Handler, handle
from shared.messaging.routes import QUEUE_OF, Queue

CONSUMERS: dict[str, Handler] = {}


def consumer(name: str, *, queue: Queue) -> Callable[[Handler], Handler]:
    """Register `f(session, events)` as the consumer `name` of the routing table, woken on `queue`.

    The function runs inside the transaction that removes the events' rows: it must neither commit nor
    have effects outside the database; for those it returns what is to be called after the commit.
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
        def wake(ids: list[int]) -> None:
            handle(name, function, ids)

        return function

    return register
