"""A person speaking to the API in this process, as the web page would."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from shared.tokens import issue_local_token


class Client:
    """Calls the application as one person, in one language."""

    def __init__(self, app: Flask, person: UUID, language: str | None = None) -> None:
        self._app = app
        self._headers = {"Authorization": f"Bearer {issue_local_token(person)}"}
        if language:
            self._headers["Accept-Language"] = language

    def call(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **rest: Any
    ) -> TestResponse:
        """Any call; `rest` is Werkzeug's (json, data, query_string)."""
        return self._app.test_client().open(
            path, method=method, headers={**self._headers, **(headers or {})}, **rest
        )

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

    def rate(self, question: UUID, verdict: str = "incorrect", comment: str = "") -> TestResponse:
        """Rate an answer."""
        return self.call(
            "PUT", f"/v1/questions/{question}/rating", json={"verdict": verdict, "comment": comment}
        )

    def rated(self, question: UUID, verdict: str = "incorrect", comment: str = "") -> Any:
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
