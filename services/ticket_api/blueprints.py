"""flask-smorest's Blueprint, typed: an endpoint is a declaration of path, access, input and output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import flask_smorest  # type: ignore[import-untyped] # ships no types
from marshmallow import Schema

from services.ticket_api.parsing import TAKES, StrictParser

View = TypeVar("View", bound=Callable[..., Any])
Decorator = Callable[[View], View]


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc] # its base ships no types
    """A group of endpoints under one prefix."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, module: str, *, url_prefix: str, description: str) -> None:
        super().__init__(name, module, url_prefix=url_prefix, description=description)

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
        """What the endpoint reads: the JSON body, the `query` or the `headers`; handed to it as a dict."""
        reads: Decorator[Any] = self.arguments(schema, location=location)

        def decorate(view: View) -> View:
            reading: View = reads(view)
            setattr(reading, TAKES, getattr(view, TAKES, frozenset()) | {location})
            return reading

        return decorate

    def answers(self, status: int, schema: type[Schema] | None = None) -> Decorator[Any]:
        """What the endpoint answers when all is well."""
        decorate: Decorator[Any] = self.response(status, schema)
        return decorate

    def _declare(self, path: str, method: str) -> Decorator[Any]:
        register: Decorator[Any] = self.route(path, methods=[method])

        def decorate(view: View) -> View:
            setattr(view, TAKES, getattr(view, TAKES, frozenset()))
            registered: View = register(view)
            return registered

        return decorate
