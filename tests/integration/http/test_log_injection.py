"""Nobody writes lines into our logs: not by a path, a header, a field, nor by what breaks because of them."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from deploy.local.processes.catalogue import api
from tests.support.clients.raw_http import exchange, get, request, status
from tests.support.processes.running import Processes

FORGED = '{"event":"forged","level":"error"}'
MARKS = [
    "\n" + FORGED,
    "\r\n" + FORGED,
    "\x1b[2K\x1b[31mforged",
    "\u2028forged",
    "\x9b31mforged",
    "\x00forged",
    "\x08forged",
]


def calls(mark: str) -> list[bytes]:
    """The mark in every place a stranger can write to."""
    packed, letters = quote(mark), json.dumps({"user": mark, mark: 1}).encode()
    latin = mark.encode("latin-1", "ignore").translate(None, b"\r\n\0").decode("latin-1")
    length = f"Content-Length: {len(letters)}"
    return [
        get(f"/v1/{packed}"),
        get(f"/v1/me?{packed}={packed}"),
        get(f"/v1/unsubscribe?token={packed}"),
        get("/v1/me", f"X-Request-ID: {latin}", f"traceparent: {latin}", f"User-Agent: {latin}"),
        get("/v1/me", f"Authorization: Bearer {latin}", f"Accept-Language: {latin}", f"Referer: {latin}"),
        get("/v1/me", f"X-Forwarded-For: {latin}", f"Origin: {latin}", f"Cookie: {latin}"),
        request("POST", "/dev/login", ["Content-Type: application/json", length], letters),
        request("POST", "/dev/login", [f"Content-Type: {latin}", length], letters),
    ]


@pytest.mark.parametrize("form", ["json", "console"])
def test_every_line_is_one_that_we_wrote(processes: Processes, form: str):
    processes.start(api(), LOG_FORMAT=form)
    for mark in MARKS:
        for call in calls(mark):
            assert status(exchange(processes.api_url, call)) in {200, 400, 401, 404, 415, 422}
    written = processes["api"].output(lines=100_000)
    assert written.count("/dev/login") >= len(MARKS)
    assert "forged" not in written
    assert "\x1b" not in written
    if form == "json":
        lines = [json.loads(line) for line in written.splitlines()]
        assert {line["level"] for line in lines} <= {"info", "warning"}
