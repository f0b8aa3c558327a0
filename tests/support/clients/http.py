"""The HTTP client of all tests: one person at the API, in this process or over the network.

Tests that send what no client would send (tests/support/clients/raw_http.py) and benchmarks whose client must
cost next to nothing (tests/performance/socket_client.py) have connections of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from typing import Any
from uuid import UUID

import requests
from flask import Flask
from urllib3 import encode_multipart_formdata
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse

from shared.tokens import issue_local_token

Field = tuple[str, str | tuple[str, bytes, str]]
"""A field of a form; a file is (name, content, declared type)."""

_SECONDS = 30


def token_of(url: str, person: object) -> str:
    """A token from the development sign-in of the API at `url`; `person` is an id or a demo user's name."""
    answer = requests.post(f"{url}/dev/login", json={"user": str(person)}, timeout=_SECONDS)
    assert answer.ok, answer.text
    return str(answer.json()["token"])


def multipart(fields: Sequence[Field]) -> tuple[bytes, str]:
    """A multipart body and its content type."""
    body, content_type = encode_multipart_formdata(fields)
    return body, content_type


class Client:
    """Calls the API as one person, in one language."""

    def __init__(
        self,
        api: Flask | str,
        person: UUID | str,
        language: str | None = None,
        *,
        token: str | None = None,
        seconds: float = _SECONDS,
    ) -> None:
        """`api` is the application itself, or the address of a server that may take `seconds` to answer."""
        if isinstance(api, Flask):
            token = issue_local_token(UUID(str(person))) if token is None else token
            self._send: Callable[..., TestResponse] = api.test_client().open
            self._session = None
        else:
            token = token_of(api, person) if token is None else token
            self._session = requests.Session()
            self._send = _Sender(api, self._session, seconds)
        self._headers = {"Authorization": f"Bearer {token}"}
        if language:
            self._headers["Accept-Language"] = language

    def close(self) -> None:
        """Close the connection to the server."""
        if self._session is not None:
            self._session.close()

    def call(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **rest: Any
    ) -> TestResponse:
        """Any call; `rest` is Werkzeug's (json, data, query_string, content_type)."""
        return self._send(path, method=method, headers={**self._headers, **(headers or {})}, **rest)

    def get(self, path: str, **query: Any) -> TestResponse:
        """Read, with `query` as the query string."""
        return self.call("GET", path, query_string=query)

    def read(self, path: str, **query: Any) -> Any:
        """The JSON of a read that must succeed."""
        response = self.get(path, **query)
        assert response.status_code == 200, response.text
        return response.json

    def post(self, path: str, body: Any = None) -> TestResponse:
        """Create or act."""
        return self.call("POST", path, json={} if body is None else body)

    def post_ok(self, path: str, body: Any = None) -> Any:
        """The JSON of a creating or acting call that must succeed."""
        response = self.post(path, body)
        assert 200 <= response.status_code < 300, response.text
        return response.json

    def rate(self, question: object, verdict: str = "incorrect", comment: str = "") -> TestResponse:
        """Rate an answer."""
        return self.call(
            "PUT", f"/v1/questions/{question}/rating", json={"verdict": verdict, "comment": comment}
        )

    def rate_ok(self, question: object, verdict: str = "incorrect", comment: str = "") -> Any:
        """The JSON of a rating that must be accepted."""
        response = self.rate(question, verdict, comment)
        assert response.status_code == 202, response.text
        return response.json

    def walk(self, path: str, **query: Any) -> list[Any]:
        """All items of a list, page by page."""
        items: list[Any] = []
        cursor: dict[str, str] = {}
        while True:
            page = self.read(path, **query, **cursor)
            items += page["items"]
            if page["next_cursor"] is None:
                return items
            cursor = {"cursor": page["next_cursor"]}


class _Sender:
    """Sends calls to the server at `url`; the answers are what the application's own test client gives."""

    def __init__(self, url: str, session: requests.Session, seconds: float) -> None:
        self._url, self._session, self._seconds = url, session, seconds

    def __call__(
        self,
        path: str,
        *,
        method: str,
        headers: dict[str, str],
        query_string: Any = None,
        content_type: str | None = None,
        **body: Any,
    ) -> TestResponse:
        if content_type:
            headers = {**headers, "Content-Type": content_type}
        answer = self._session.request(
            method, self._url + path, params=query_string, headers=headers, timeout=self._seconds, **body
        )
        # The body has been unpacked already, so what described its packing is left out.
        described = [
            item
            for item in answer.headers.items()
            if item[0].lower() not in {"content-encoding", "content-length", "transfer-encoding"}
        ]
        asked = EnvironBuilder(path, method=method).get_request()
        return TestResponse(
            [answer.content], f"{answer.status_code} {answer.reason}", Headers(described), asked
        )


@contextmanager
def clients_of(url: str) -> Iterator[Callable[[str], Client]]:
    """Signs demo people in at `url`: `sign_in("ana")`; all connections are closed at the end."""
    with ExitStack() as ending:

        def sign_in(user: str) -> Client:
            return ending.enter_context(closing(Client(url, user)))

        yield sign_in
