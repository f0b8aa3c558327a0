"""Errors as problem details (RFC 9457); knows no web framework, so that the stream answers with the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

from shared import errors
from shared.http.validation_messages import translate_errors

LANGUAGES = ("es", "en")
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = "2"

# A language range with its quality (RFC 9110, 12.5.4 and 12.4.2).
_RANGE = re.compile(
    r"\s*(?P<primary>\*|[a-z]{1,8})([-_][a-z0-9]{1,8})*\s*(;\s*q=(?P<quality>0(\.\d*)?|1(\.0*)?)\s*)?",
    re.IGNORECASE | re.ASCII,
)


class _Range(NamedTuple):
    primary: str
    """The primary subtag: `es` of `es-MX`."""
    quality: float


_NO_DEMAND = (0.0, True)


def problem(error: errors.AppError, language: str) -> dict[str, Any]:
    """`error` as the members of a problem, in `language`."""
    members: dict[str, Any] = {
        "type": f"urn:botmeni:problem:{error.code}",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "code": error.code,
        "detail": error.text(language),
    }
    if error.errors:
        members["errors"] = translate_errors(error.errors, language)
    return members


def headers_of(error: errors.AppError, language: str) -> dict[str, str]:
    """The headers of a response to `error`: its language, a challenge (RFC 6750), when to retry."""
    headers = {"Content-Language": language}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = RETRY_AFTER_SECONDS
    return headers


def language_of(accept_language: str | None) -> str:
    """The language that an Accept-Language header asks for; Spanish if it asks for none or both alike."""
    ranges = list(_parse_ranges(accept_language or ""))
    best = max(LANGUAGES, key=lambda language: _demand(language, ranges))
    return best if _demand(best, ranges) > _NO_DEMAND else LANGUAGES[0]


def _demand(language: str, ranges: Collection[_Range]) -> tuple[float, bool]:
    """The quality of `language`, and whether a range names it: then `*` does not count."""
    named = [found.quality for found in ranges if found.primary == language]
    others = [found.quality for found in ranges if found.primary == "*"]
    return (max(named), True) if named else (max(others, default=0.0), False)


def _parse_ranges(accept_language: str) -> Iterator[_Range]:
    """The ranges of the header; what is none is passed over."""
    for item in accept_language.split(","):
        if found := _RANGE.fullmatch(item):
            yield _Range(found["primary"].lower(), float(found["quality"] or 1))
