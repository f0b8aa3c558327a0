"""A person using a running system over HTTP, signed in as one of the demo people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import requests

_SECONDS = 10


class Visitor:
    """Calls the API at `url` as the demo person `user`; answers that are errors fail the test."""

    def __init__(self, url: str, user: str) -> None:
        self._url = url
        self._session = requests.Session()
        token = self.post("/dev/login", {"user": user})["token"]
        self._session.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        """Leave."""
        self._session.close()

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of a read."""
        return self._ask("GET", path, params=query)

    def post(self, path: str, body: Any = None) -> Any:
        """The JSON of a creating or acting call."""
        return self._ask("POST", path, json={} if body is None else body)

    def put(self, path: str, body: Any) -> Any:
        """The JSON of a replacing call."""
        return self._ask("PUT", path, json=body)

    def status_of(self, method: str, path: str, body: Any = None) -> int:
        """The status a call is answered with, whatever it is."""
        answer = self._session.request(method, self._url + path, json=body, timeout=_SECONDS)
        return answer.status_code

    def _ask(self, method: str, path: str, **rest: Any) -> Any:
        answer = self._session.request(method, self._url + path, timeout=_SECONDS, **rest)
        assert answer.ok, answer.text
        return answer.json()


@contextmanager
def visitors(url: str) -> Iterator[Callable[[str], Visitor]]:
    """Signs demo people in at `url`: `sign_in("ana")`; all leave at the end."""
    with ExitStack() as leaving:

        def sign_in(user: str) -> Visitor:
            return leaving.enter_context(closing(Visitor(url, user)))

        yield sign_in
