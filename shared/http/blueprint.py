"""flask-smorest's Blueprint, typed: an endpoint is a declaration of path, access, input and output."""

from __future__ import annotations

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

import flask_smorest  # type: ignore[import-untyped] # ships no types
from flask import Response
from marshmallow import Schema

from shared.errors import AppError
from shared.http.requests.parsing import TAKES, StrictParser
from shared.http.responses import json_response

REFUSES = "refuses_errors"

View = TypeVar("View", bound=Callable[..., Any])
Decorator = Callable[[View], View]


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc] # its base ships no types
    """A group of endpoints under one prefix."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(
        self, name: str, module: str, *, url_prefix: str, description: str = "", tag: str = ""
    ) -> None:
        """`tag` groups the endpoints in the OpenAPI document and begins their operation ids.

        Clients are generated from both, so they stay when an endpoint moves to another service; by default
        the tag is `name`. `description` describes a tag in the language of the document.
        """
        super().__init__(name, module, url_prefix=url_prefix, description=description)
        self.tag = tag or name

    def get(self, path: str) -> Decorator[Any]:
        """Declare a reading endpoint."""
        return self._declare(path, "GET")

    def post(self, path: str) -> Decorator[Any]:
        """Declare a creating or acting endpoint."""
        return self._declare(path, "POST")

    def put(self, path: str) -> Decorator[Any]:
        """Declare a replacing endpoint."""
        return self._declare(path, "PUT")

    def patch(self, path: str) -> Decorator[Any]:
        """Declare a changing endpoint."""
        return self._declare(path, "PATCH")

    def delete(self, path: str) -> Decorator[Any]:
        """Declare a removing endpoint."""
        return self._declare(path, "DELETE")

    def takes(self, schema: type[Schema], *, location: str = "json") -> Decorator[Any]:
        """What the endpoint reads: the JSON body, the `query` or the `headers`; passed to it as a dict."""
        # An instance: of a class webargs would make one anew for every request, at a tenth of its cost.
        reads: Decorator[Any] = self.arguments(schema(), location=location)

        def decorate(view: View) -> View:
            reading: View = reads(view)
            setattr(reading, TAKES, getattr(view, TAKES, frozenset()) | {location})
            return reading

        return decorate

    def answers(
        self,
        status: int,
        schema: type[Schema] | None = None,
        *,
        content_type: str | None = None,
        refuses: tuple[type[AppError], ...] = (),
    ) -> Decorator[Any]:
        """What the endpoint answers when all is well, and the refusals of its own that it knows.

        The endpoint returns a struct, alone or with a dict of headers; the struct is encoded as it is, and
        `schema` documents it. `content_type`: of an answer that is no JSON, which the endpoint makes itself.
        204 has no body. What every endpoint of its kind refuses (a missing token, a bad body, …) needs no
        mention.
        """
        documented = {"type": "string"} if content_type else schema
        documents: Decorator[Any] = self.response(status, documented, content_type=content_type)

        def decorate(view: View) -> View:
            answering = view if content_type else _answering(view, status)
            documenting: View = documents(answering)
            setattr(documenting, REFUSES, frozenset(refuses))
            return documenting

        return decorate

    def _declare(self, path: str, method: str) -> Decorator[Any]:
        register: Decorator[Any] = self.route(path, methods=[method], tags=[self.tag])

        def decorate(view: View) -> View:
            setattr(view, TAKES, getattr(view, TAKES, frozenset()))
            registered: View = register(view)
            return registered

        return decorate


def _answering(view: View, status: int) -> View:
    """`view` with its struct encoded, or without a body where `status` has none."""

    @functools.wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Response:
        result = view(*args, **kwargs)
        if status == HTTPStatus.NO_CONTENT:
            return Response(status=status)
        body, headers = result if isinstance(result, tuple) else (result, {})
        response = json_response(body, status)
        response.headers.extend(headers)
        return response

    return answer  # type: ignore[return-value] # stands for the view
