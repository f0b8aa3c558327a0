"""The correlation id: one id for a request in every log line and job of it, so that `grep` finds them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec
import structlog

from shared.ids import new_id

MAX_IDS_PER_LINE = 64
"""Most ids in one log line: lines above 4 KiB can be torn where several processes share a pipe."""

_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
# W3C Trace Context, 3.2.2: version, trace id, parent id, flags. A trace id of zeros is invalid.
_TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?"
)


class _Payload(msgspec.Struct):
    correlation_id: str = ""


_payload_decoder = msgspec.json.Decoder(_Payload)


def current_correlation() -> str:
    """The correlation id of the request or job being processed; empty outside one."""
    return str(structlog.contextvars.get_contextvars().get("correlation_id", ""))


def correlation_from(given: str | None, traceparent: str | None = None) -> str:
    """The caller's id if it is well-formed, else the trace id of its `traceparent`, else a new id."""
    if given and _WELL_FORMED.fullmatch(given):
        return given
    trace = _TRACEPARENT.fullmatch(traceparent or "")
    return trace.group(1) if trace else str(new_id())


def correlation_of(payload: str) -> str:
    """The correlation id in an outbox payload (JSON); empty if there is none or the payload is unreadable."""
    try:
        return _payload_decoder.decode(payload).correlation_id
    except msgspec.DecodeError:
        return ""


def correlations_of(payloads: Iterable[str]) -> list[str]:
    """The distinct correlation ids in outbox payloads, in order of first appearance, without empty ones."""
    ids = dict.fromkeys(correlation_of(payload) for payload in payloads)
    return [correlation_id for correlation_id in ids if correlation_id]


def log_fields(correlation_ids: Sequence[str]) -> Iterator[dict[str, str | list[str]]]:
    """The fields that name these ids in log lines: one dict for each line to write, at least one.

    A single id is `correlation_id`; else `correlation_ids` has at most `MAX_IDS_PER_LINE` of them.
    """
    if len(correlation_ids) == 1:
        yield {"correlation_id": correlation_ids[0]}
        return
    for start in range(0, max(1, len(correlation_ids)), MAX_IDS_PER_LINE):
        yield {"correlation_ids": list(correlation_ids[start : start + MAX_IDS_PER_LINE])}
