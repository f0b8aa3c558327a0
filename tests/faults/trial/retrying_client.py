"""Calls that are repeated, under the same Idempotency-Key, until somebody answers definitely."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

import requests
from werkzeug.test import TestResponse

from tests.faults.trial.history import History, Operation
from tests.support.clients.http import Client

_SECONDS = 8
_AGAIN_SECONDS = 0.15
_IN_USE = "idempotency_key_in_use"


class RetryingClient:
    """Repeats calls of several people until they are answered, over the client that all tests use."""

    def __init__(self, url: str, tokens: Mapping[str, str], history: History, over: threading.Event) -> None:
        """`over` ends even what has no answer."""
        self._tokens, self._history, self._over = tokens, history, over
        self._client = Client(url, "", token="", seconds=_SECONDS)
        self.give_up_at = float("inf")

    def close(self) -> None:
        """Leave."""
        self._client.close()

    def do(self, operation: Operation, method: str, path: str, **rest: Any) -> Operation:
        """Send until answered; the history gets it then."""
        headers = {"Authorization": f"Bearer {self._tokens[operation.person]}"}
        if method != "GET":
            headers["Idempotency-Key"] = operation.mark
        while not self._over.is_set() and time.monotonic() < self.give_up_at:
            operation.attempts += 1
            answer = self._ask(method, path, headers, rest)
            if answer is not None:
                operation.status, operation.answer = answer.status_code, _body_of(answer)
                break
            self._over.wait(_AGAIN_SECONDS)
        self._history.add(operation)
        return operation

    def _ask(
        self, method: str, path: str, headers: dict[str, str], rest: Mapping[str, Any]
    ) -> TestResponse | None:
        try:
            answer = self._client.call(method, path, headers=headers, **rest)
        except requests.RequestException:
            return None
        # Try later; or the call whose answer was lost still runs.
        if answer.status_code >= 500 or (
            answer.status_code == 409 and _body_of(answer).get("code") == _IN_USE
        ):
            return None
        return answer


def _body_of(answer: TestResponse) -> dict[str, Any]:
    return dict(answer.get_json()) if answer.is_json else {}
