"""What every error of the API looks like."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

_INSIDES = ("Traceback", "psycopg", "sqlalchemy", 'File "', "/services/", "SELECT ", "INSERT ")


def problem(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The problem details of an answer that must be an error of this status and code."""
    body: dict[str, Any] = response.json or {}
    assert (response.status_code, body.get("code")) == (status, code), response.text
    assert response.mimetype == "application/problem+json"
    assert body["status"] == status
    assert body["type"] == f"urn:botmeni:problem:{code}"
    assert body["title"]
    assert body["detail"]
    assert [inside for inside in _INSIDES if inside in response.text] == []
    return body
