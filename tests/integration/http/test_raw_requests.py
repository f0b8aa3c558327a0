"""Requests two servers could read differently, paths in disguise, headers that claim something."""

from __future__ import annotations

import gzip

import pytest

from tests.support.clients.raw_http import exchange, get, request, status
from tests.support.processes.running import Processes

LOGIN = "/dev/login"
JSON = "Content-Type: application/json"
TWO_ENDS = b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    "headers",
    [
        ["Content-Length: 2, 2"],
        ["Content-Length: 2", "Content-Length: 20"],
        ["Content-Length: -1"],
        ["Content-Length: +2"],
        ["Content-Length: 0x2"],
        ["Transfer-Encoding: xchunked"],
        ["Transfer-Encoding: chunked, identity"],
        ["Transfer-Encoding : chunked", "Content-Length: 2"],
        ["X-Note: a\rSet-Cookie: b"],
        ["X-Note: a\0b"],
        ["X-Note: a", " folded"],
        ["X Note: a"],
    ],
    ids=repr,
)
def test_a_request_that_could_be_read_in_two_ways_is_refused(server: Processes, headers: list[str]):
    answer = exchange(server.api_url, request("POST", LOGIN, [JSON, *headers], b"{}"))
    assert (status(answer), answer.count(b"HTTP/1.1 ")) == (400, 1)


def test_a_length_and_pieces_at_once_smuggle_nothing(server: Processes):
    """Whoever believes the length takes the rest for a second request; it is answered by nobody."""
    headers = [JSON, "Content-Length: 5", "Transfer-Encoding: chunked"]
    answer = exchange(server.api_url, request("POST", LOGIN, headers, TWO_ENDS))
    assert (status(answer), answer.count(b"HTTP/1.1 ")) == (400, 1)


@pytest.mark.parametrize(
    "pieces",
    [b"zz\r\n{}\r\n0\r\n\r\n", b"-1\r\n{}\r\n0\r\n\r\n", b"f" * 18 + b"\r\n{}", b"2;" + b"a" * 100_000],
)
def test_pieces_of_no_size_are_no_body(server: Processes, pieces: bytes):
    answer = exchange(server.api_url, request("POST", LOGIN, [JSON, "Transfer-Encoding: chunked"], pieces))
    assert (status(answer), b"not_json" in answer) == (400, True)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/../v1/me",
        "/v1/%2e%2e/v1/me",
        "/v1/%252e%252e/me",
        "/v1/me%00",
        "/v1/me%0d%0aX-Note:1",
        "/v1/me/",
        "/v1//me",
        "/v1/me;role=soporte",
        "/v1/tickets/..%2fme",
        "/assets/..%2f..%2fapp.py",
        "/assets/%2e%2e/%2e%2e/app.py",
        "/assets/..%5c..%5capp.py",
        "/assets//etc/passwd",
        "/docs/..%2fapp.py",
        "/docs/%2e%2e%2fapp.py",
    ],
)
def test_a_path_in_disguise_leads_nowhere(server: Processes, token: str, path: str):
    assert status(exchange(server.api_url, get(path, token))) == 404


@pytest.mark.parametrize("path", ["//v1/me", "/v1%2Fme", "http://evil.example/v1/me"])
def test_another_spelling_of_a_path_has_the_same_guard(server: Processes, token: str, path: str):
    assert status(exchange(server.api_url, get(path))) == 401
    assert status(exchange(server.api_url, get(path, token))) == 200


@pytest.mark.parametrize("path", ["/v1//me", "/v1/me/", "//a.example/..", "/docs", "/v1/me?next=//a.example"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example/@localhost", "a b", ""])
def test_nobody_is_sent_elsewhere_whatever_host_was_named(server: Processes, path: str, host: str):
    head = [f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", "", ""]
    answer = exchange(server.api_url, "\r\n".join(head).encode())
    assert status(answer) in {200, 401, 404}
    assert (b"\r\nlocation:" in answer.lower(), b"evil" in answer) == (False, False)


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "FOO", "A" * 5000])
def test_a_method_that_is_none_of_ours_is_refused(server: Processes, token: str, method: str):
    answer = exchange(server.api_url, get("/v1/me", token, "X-Secret: seen", method=method))
    assert status(answer) in {400, 404, 405}
    assert b"seen" not in answer


def test_a_header_changes_neither_method_nor_path_nor_caller(server: Processes, token: str):
    tricks = [
        "X-HTTP-Method-Override: DELETE",
        "X-Method-Override: DELETE",
        "X-Original-URL: /healthz",
        "X-Rewrite-URL: /healthz",
        "X-Forwarded-User: soporte",
        "Remote-User: soporte",
        "Forwarded: for=127.0.0.1;host=evil.example;proto=https",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Prefix: /evil",
    ]
    assert status(exchange(server.api_url, get("/v1/me", *tricks))) == 401
    answer = exchange(server.api_url, get("/v1/me", token, *tricks))
    assert (status(answer), b"administrador" in answer, b"evil" in answer) == (200, True, False)


def test_a_header_named_as_hop_by_hop_is_still_read(server: Processes, token: str):
    """Whoever makes us forget the token by `Connection` is somebody unknown, not somebody else."""
    raw = b"GET /v1/me HTTP/1.1\r\nHost: x\r\nConnection: close, Authorization\r\n" + token.encode()
    assert status(exchange(server.api_url, raw + b"\r\n\r\n")) in {200, 401}


def test_http_2_is_not_spoken(server: Processes):
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(4) + b"\x04" + bytes(4)
    assert not exchange(server.api_url, preface).startswith(b"\0\0")


@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip", "GZIP", "x-gzip", "deflate"])
def test_a_compressed_body_is_refused_unopened(server: Processes, token: str, encoding: str):
    """A hundred times as large as any body may be, if somebody opened it."""
    packed = gzip.compress(b'{"body": "' + b"a" * 100_000_000 + b'"}', 1)
    headers = [token, JSON, f"Content-Encoding: {encoding}", f"Content-Length: {len(packed)}"]
    answer = exchange(server.api_url, request("POST", "/v1/tickets", headers, packed))
    assert (status(answer), b'"code":"not_json"' in answer) == (400, True)
