"""A steady load during a measurement: ratings already recorded, published evenly over time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from shared.messaging.events import RatingUnitRequested
from shared.messaging.outbox.publish import publish

_TICK_SECONDS = 0.05


class SteadyLoad:
    """Publishes `events` at `rate` a second to the database at `url`, from a thread of its own."""

    def __init__(self, url: str, events: Sequence[RatingUnitRequested], rate: float) -> None:
        self.published = 0
        self.seconds = 0.0
        self._url, self._events, self._rate = url, events, rate
        self._ending = threading.Event()
        self._failure: Exception | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Publish inside; may be entered again, and goes on where it was.

        Raises `RuntimeError` where it could not publish all the time, or had nothing left.
        """
        self._ending.clear()
        thread = threading.Thread(target=self._run, name="steady load")
        thread.start()
        try:
            yield
        finally:
            self._ending.set()
            thread.join()
        if self._failure:
            raise RuntimeError("the load beside broke off") from self._failure
        if self.published == len(self._events):
            raise RuntimeError(f"the load beside ended after {self.published} ratings")

    def _run(self) -> None:
        engine = create_engine(self._url)
        first, began = self.published, time.perf_counter()
        try:
            while not self._ending.wait(_TICK_SECONDS):
                due = first + int((time.perf_counter() - began) * self._rate)
                with Session(engine) as session, session.begin():
                    publish(session, self._events[self.published : due])
                self.published = min(due, len(self._events))
        except Exception as error:  # noqa: BLE001 - raised by whoever waits for the thread
            self._failure = error
        finally:
            self.seconds += time.perf_counter() - began
            engine.dispose()
