"""A creating call repeated under its `Idempotency-Key` gets the first response and creates nothing twice.

After draft-ietf-httpapi-idempotency-key-header-07. The response is stored in the transaction of the work, so
both are there or neither: an error is rolled back with everything else, and the key is free again.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

import msgspec
from flask import Response, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.clock import now
from shared.db.bulk_insert import bytea, insert_rows
from shared.db.models import IdempotencyKey
from shared.errors import IdempotencyKeyInUse, IdempotencyKeyReused, InvalidIdempotencyKey
from shared.http.auth.callers import Caller

HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotent-Replayed"
KEY_MAX_LENGTH = 255

# A structured-field string (RFC 9651, 3.3.3), or the bare key that most clients send.
_KEY = re.compile(r'"(?P<quoted>[ !#-\[\]-~]{1,255})"|(?P<bare>[A-Za-z0-9._~:+/=@-]{1,255})')


@dataclass(frozen=True, slots=True)
class _ScopedKey:
    """What a key is unique in: another person's, or another route's, is another key."""

    person_id: UUID
    route: str
    key: str

    @property
    def lock(self) -> int:
        """The number of its advisory lock: 64 bits of SHA-256."""
        digest = hashlib.sha256(f"{self.person_id}\0{self.route}\0{self.key}".encode()).digest()
        return int.from_bytes(digest[:8], signed=True)


def idempotent(view: Callable[..., Response]) -> Callable[..., Response]:
    """Answer a repeated call of `view` as the first time; stands below `allowed`, above `answers`.

    The view's answer must be complete when it returns, which is why `answers` stands innermost.
    Raises `InvalidIdempotencyKey`, `IdempotencyKeyReused` (other payload), `IdempotencyKeyInUse`
    (the first call still runs).
    """

    @functools.wraps(view)
    def enter(session: Session, caller: Caller, *args: Any, **kwargs: Any) -> Response:
        header = request.headers.get(HEADER)
        if header is None:
            return view(session, caller, *args, **kwargs)
        scoped_key = _ScopedKey(caller.person_id, f"{request.method} {request.url_rule}", _parse_key(header))
        fingerprint = _fingerprint()
        stored = _stored_response(session, scoped_key, fingerprint)
        if stored is not None:
            return stored
        response = view(session, caller, *args, **kwargs)
        if response.status_code < HTTPStatus.BAD_REQUEST:
            _store_response(session, scoped_key, fingerprint, response)
        return response

    enter.idempotent = True  # type: ignore[attr-defined] # a mark on a function
    return enter


def _parse_key(header: str) -> str:
    match = _KEY.fullmatch(header.strip())
    if match is None:
        raise InvalidIdempotencyKey(limit=KEY_MAX_LENGTH)
    return match["quoted"] or match["bare"]


def _stored_response(session: Session, scoped_key: _ScopedKey, fingerprint: bytes) -> Response | None:
    """The first response, if there was one; raises `IdempotencyKeyInUse` or `IdempotencyKeyReused`.

    It takes two statements: the second one's snapshot begins after the lock was taken, so it sees what the
    lock's last holder committed.
    """
    if not session.scalar(select(func.pg_try_advisory_xact_lock(scoped_key.lock))):
        raise IdempotencyKeyInUse
    stored = session.get(IdempotencyKey, (scoped_key.person_id, scoped_key.route, scoped_key.key))
    if stored is None:
        return None
    if stored.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    response = Response(stored.body, stored.status, mimetype="application/json")
    response.headers[REPLAYED_HEADER] = "true"
    return response


def _store_response(session: Session, scoped_key: _ScopedKey, fingerprint: bytes, response: Response) -> None:
    row = {
        "person_id": scoped_key.person_id,
        "route": scoped_key.route,
        "key": scoped_key.key,
        "fingerprint": bytea(fingerprint),
        "status": response.status_code,
        "body": bytea(response.get_data()),
        "created_at": now(),
    }
    insert_rows(session, IdempotencyKey, [row])


def _fingerprint() -> bytes:
    """SHA-256 of what is asked: method, route, path values, query, and the body whatever its spelling."""
    digest = hashlib.sha256()
    parts = (
        request.method,
        str(request.url_rule),
        sorted((name, str(value)) for name, value in (request.view_args or {}).items()),
        sorted(request.args.items(multi=True)),
        _canonical_body(),
    )
    for part in parts:
        encoded = msgspec.json.encode(part, order="sorted")
        digest.update(len(encoded).to_bytes(8) + encoded)
    return digest.digest()


def _canonical_body() -> Any:
    """The body such that a client's second spelling of it (order of keys, boundary of parts) is the same."""
    if request.mimetype == "multipart/form-data":
        files = [
            (field, file.filename, file.mimetype, _digest_of(file.stream))
            for field, file in request.files.items(multi=True)
        ]
        return sorted(request.form.items(multi=True)), sorted(files)
    raw = request.get_data()
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return raw


def _digest_of(stream: Any) -> str:
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    return digest
