"""The id that follows one request through every hop: grep for it shows the whole way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec
import structlog

from shared.ids import new_id

IDS_IN_A_LINE = 64
"""Ids named by one log line: a longer line could be torn where several processes share a pipe (4 KiB)."""

_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
# W3C Trace Context, 3.2.2: version, trace id, parent id, flags; a trace id of zeros is none.
_TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?"
)


class _Followed(msgspec.Struct):
    correlation_id: str = ""


_followed = msgspec.json.Decoder(_Followed)


def current_correlation() -> str:
    """The id of the request being worked on; empty outside one."""
    return str(structlog.contextvars.get_contextvars().get("correlation_id", ""))


def correlation_from(given: str | None, traceparent: str | None = None) -> str:
    """The id that a caller gave, well-formed; else the trace id of its `traceparent`; else a new one."""
    if given and _ACCEPTED.fullmatch(given):
        return given
    trace = _TRACEPARENT.fullmatch(traceparent or "")
    return trace.group(1) if trace else str(new_id())


def correlation_of(payload: str) -> str:
    """The id in an event as it stands in the outbox; empty where it has none, or cannot be read."""
    try:
        return _followed.decode(payload).correlation_id
    except msgspec.DecodeError:
        return ""


def each_correlation(payloads: Iterable[str]) -> list[str]:
    """The distinct ids in events as they stand in the outbox, in order; an event without one has none."""
    found = dict.fromkeys(correlation_of(payload) for payload in payloads)
    return [followed for followed in found if followed]


def named(correlations: Sequence[str]) -> Iterator[dict[str, str | list[str]]]:
    """What log lines say of these ids: one line for each of the dicts, at least one."""
    if len(correlations) == 1:
        yield {"correlation_id": correlations[0]}
        return
    for start in range(0, max(1, len(correlations)), IDS_IN_A_LINE):
        yield {"correlation_ids": list(correlations[start : start + IDS_IN_A_LINE])}
