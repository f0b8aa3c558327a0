"""Errors as problem details (RFC 9457); knows no web framework, so that the stream answers with the same."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from shared import errors
from shared.http.validation_messages import translate_errors

LANGUAGES = ("es", "en")
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = "2"


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
    """The language that a header asks for, where no web framework has read it; Spanish without one."""
    accepted = parse_accept_header(accept_language, LanguageAccept)
    return accepted.best_match(LANGUAGES, default="es")
