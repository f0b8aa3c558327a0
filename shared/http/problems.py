"""Errors as problem details (RFC 9457): one shape, in the reader's language, never a stack trace."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from shared import errors
from shared.db.transactions import is_outage
from shared.http.problem_details import MEDIA_TYPE, headers_of, language_of, problem
from shared.http.responses import json_response

log = structlog.get_logger(__name__)


def locale() -> str:
    """The language of this answer: Spanish unless Accept-Language asks for English."""
    return language_of(request.headers.get("Accept-Language"))


def register(app: Flask) -> None:
    """Answer every error of `app` as a problem."""
    app.register_error_handler(errors.AppError, _answer)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(Exception, _unexpected)


def _answer(error: errors.AppError) -> Response:
    language = locale()
    response = json_response(problem(error, language), error.status)
    response.mimetype = MEDIA_TYPE
    response.vary.add("Accept-Language")
    response.headers.extend(headers_of(error, language))
    return response


def _from_http(error: HTTPException) -> Response:
    """Werkzeug's and webargs' errors, as ours."""
    if error.code == HTTPStatus.UNPROCESSABLE_ENTITY:
        return _answer(errors.Invalid(_fields(getattr(error, "data", {}).get("messages", {}))))
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return _answer(errors.BodyTooLarge(limit=request.max_content_length or 0))
    if error.code == HTTPStatus.BAD_REQUEST and request.mimetype == "application/json":
        return _answer(errors.NotJson())
    if error.code == HTTPStatus.NOT_FOUND:
        return _answer(errors.NotFound())
    response = _answer(_plain(error.code or 500))
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _plain(status: int) -> errors.AppError:
    """An HTTP error that no rule of ours raises (405, 415, …), with its standard name."""
    name = HTTP_STATUS_CODES.get(status, "Error")
    kind = type(
        "PlainHttpError",
        (errors.AppError,),
        {"status": status, "code": name.lower().replace(" ", "_"), "es": name, "en": name},
    )
    return kind()  # type: ignore[no-any-return] # type() is not typed by its bases


def _fields(messages: dict[str, Any]) -> dict[str, Any]:
    """Drop webargs' outer level, the place (json, query): fields are named as they were sent."""
    return {field: what for place in messages.values() for field, what in place.items()}


def _unexpected(error: Exception) -> Response:
    if is_outage(error):
        log.warning("database_away", path=request.path)
        return _answer(errors.DatabaseAway())
    log.error("request_failed", path=request.path, exc_info=error)
    return _answer(errors.AppError())
