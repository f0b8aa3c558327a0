"""Completes the OpenAPI document: access, errors, headers and examples of every operation.

Derived from what the endpoints declare, so that it cannot differ from what they do.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from flask import Flask
from flask_smorest.spec.plugins import FlaskPlugin  # type: ignore[import-untyped] # ships no types
from werkzeug.http import HTTP_STATUS_CODES

from shared.errors import AppError, Invalid, RateLimited, StaleVersion
from shared.http.auth.permissions import Permission
from shared.http.idempotency import idempotent
from shared.http.openapi import operation_errors
from shared.http.openapi.examples import example_of
from shared.http.openapi.served_elsewhere import SERVED_BY, ServedElsewhere
from shared.http.problem_details import problem
from shared.http.rate_limits import limits
from shared.http.requests import request_ids

Json = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
PROBLEM = "application/problem+json"

_TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_HEADERS: dict[str, Json] = {
    request_ids.HEADER: {"description": "Names this call in our logs", "schema": _TEXT},
    limits.LIMIT_HEADER: {"description": "Calls allowed in a window", "schema": _COUNT},
    limits.REMAINING_HEADER: {"description": "Calls left in this window", "schema": _COUNT},
    limits.RESET_HEADER: {"description": "Seconds until the next window", "schema": _COUNT},
    "Retry-After": {"description": "Seconds to wait", "schema": _COUNT},
    "ETag": {"description": "The version, for If-Match", "schema": _TEXT},
    idempotent.REPLAYED_HEADER: {
        "description": "`true` where this is the first call's answer again",
        "schema": {"type": "string", "const": "true"},
    },
}
_PARAMETERS: dict[str, Json] = {
    idempotent.HEADER: {
        "name": idempotent.HEADER,
        "in": "header",
        "description": "Names the call, so that repeating it creates nothing again; kept for a day",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[A-Za-z0-9._~:+/=@-]+$"},
        "example": "b5b1f7c2-5a0e-4b53-9d5e-0f5f3d2f8a11",
    },
}


def complete(document: Json, app: Flask, elsewhere: Iterable[ServedElsewhere] = ()) -> Json:
    """Complete `document`, which flask-smorest makes of the blueprints of `app`, and add `elsewhere`.

    Returns the document.
    """
    components = document["components"]
    components["headers"] = _HEADERS
    components["parameters"] = _PARAMETERS
    components["responses"] = {}
    for rule in app.url_map.iter_rules():
        path = document["paths"].get(FlaskPlugin.flaskpath2openapi(rule.rule), {})
        for method in METHODS:
            if method in path and method.upper() in (rule.methods or ()):
                _complete(document, app, path, path[method], rule.endpoint)
    for other in elsewhere:
        document["paths"][other.path] = {"get": _operation_of(other, components)}
    document["tags"] = _tags(document["tags"], app)
    _name_types(document)
    _mark_required(document)
    _mark_bodies(document)
    _drop_unused(components["schemas"], document)
    for path in document["paths"].values():
        for method in METHODS:
            _add_examples(path.get(method, {}), components["schemas"])
    return document


def _tags(listed: list[Json], app: Flask) -> list[Json]:
    """The document's tags: the `tag` of each blueprint that describes it, under that name."""
    tag_of = {blueprint.name: getattr(blueprint, "tag", name) for name, blueprint in app.blueprints.items()}
    return [tag | {"name": tag_of.get(tag["name"], tag["name"])} for tag in listed if tag["description"]]


def operation_id(app: Flask, endpoint: str) -> str:
    """The operation id of Flask's `endpoint`: its blueprint's tag and the name of the view."""
    blueprint, _, name = endpoint.rpartition(".")
    return f"{app.blueprints[blueprint].tag}_{name}" if blueprint else name  # type: ignore[attr-defined] # all are ours


def _complete(document: Json, app: Flask, path: Json, operation: Json, endpoint: str) -> None:
    view = app.view_functions[endpoint]
    public = getattr(view, "permission", None) is Permission.PUBLIC
    operation["operationId"] = operation_id(app, endpoint)
    operation["security"] = [] if public else [{"bearer": []}]
    parameters = operation.setdefault("parameters", [])
    for parameter in parameters:
        # No query argument can be null: what may be left out is left out.
        if isinstance(parameter.get("schema", {}).get("type"), list):
            parameter["schema"]["type"] = parameter["schema"]["type"][0]
            parameter["schema"].pop("default", None)
        if parameter.get("name") == "If-Match":
            parameter["required"] = True
    refusals = operation_errors.errors_of(endpoint, view, path, operation)
    if getattr(view, "idempotent", False):
        parameters.append({"$ref": f"#/components/parameters/{idempotent.HEADER}"})
    _complete_answers(operation, view, refusals)
    operation["responses"] |= _error_responses(document["components"], refusals)


def _operation_of(other: ServedElsewhere, components: Json) -> Json:
    """The operation of another process, with the headers and errors that it has in common with the API's."""
    headers = {"headers": _headers([request_ids.HEADER])}
    answers = {status: answer | headers for status, answer in other.operation["responses"].items()}
    return other.operation | {
        SERVED_BY: other.process,
        "security": [{"bearer": []}],
        "responses": answers | _error_responses(components, other.refuses),
    }


def _error_responses(components: Json, refusals: Iterable[type[AppError]]) -> Json:
    """References to the responses of these errors, by their status."""
    by_status = groupby(sorted(refusals, key=_by_status), key=lambda kind: kind.status)
    return {str(status): _reference(components, status, list(kinds)) for status, kinds in by_status}


def _complete_answers(operation: Json, view: Callable[..., Any], refusals: Iterable[type[AppError]]) -> None:
    """Keep of `operation`'s responses its own answers, and say which headers they carry."""
    names = [request_ids.HEADER, *(limits.HEADERS if RateLimited in refusals else ())]
    if getattr(view, "idempotent", False):
        names.append(idempotent.REPLAYED_HEADER)
    if StaleVersion in refusals:
        names.append("ETag")
    operation["responses"] = {
        status: answer | {"headers": _headers(names) | answer.get("headers", {})}
        for status, answer in operation["responses"].items()
        if "$ref" not in answer
    }


def _by_status(kind: type[AppError]) -> tuple[int, str]:
    return kind.status, kind.code


def _headers(names: Iterable[str]) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _reference(components: Json, status: int, kinds: list[type[AppError]]) -> Json:
    """A reference to the response of these errors, which is made when it is the first."""
    name = "-".join(kind.__name__ for kind in kinds)
    headers = [request_ids.HEADER, *(["Retry-After"] if status in {429, 503} else [])]
    components["responses"].setdefault(
        name,
        {
            "description": f"{HTTP_STATUS_CODES[status]}: " + ", ".join(f"`{kind.code}`" for kind in kinds),
            "headers": _headers(headers),
            "content": {
                PROBLEM: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "examples": {kind.code: {"value": problem(_sample(kind), "es")} for kind in kinds},
                }
            },
        },
    )
    return {"$ref": f"#/components/responses/{name}"}


def _sample(kind: type[AppError]) -> AppError:
    """An error of this kind, its text's placeholders filled with dots."""
    values = {name: "…" for _, name, _, _ in string.Formatter().parse(kind.es) if name}
    return kind({"body": ["Missing data for required field."]} if kind is Invalid else None, **values)


def _name_types(part: Any) -> None:
    """Enumerations say that they are text; marshmallow's leave the type out."""
    if isinstance(part, list):
        for inner in part:
            _name_types(inner)
    elif isinstance(part, dict):
        values = part.get("enum")
        if isinstance(values, list) and "type" not in part:
            part["type"] = ["string", "null"] if None in values else "string"
        for inner in part.values():
            _name_types(inner)


def _mark_required(document: Json) -> None:
    """Answers hold every field of theirs; bodies only need those marked in their schema."""
    schemas = document["components"]["schemas"]
    operations = [path[method] for path in document["paths"].values() for method in METHODS if method in path]
    answered = _reachable(schemas, [operation["responses"] for operation in operations])
    sent = _reachable(schemas, [operation.get("requestBody") for operation in operations])
    for name in answered - sent:
        optional = [
            field for field, schema in schemas[name]["properties"].items() if schema.pop("x-optional", False)
        ]
        schemas[name]["required"] = sorted(set(schemas[name]["properties"]) - set(optional))


def _mark_bodies(document: Json) -> None:
    """A body is required where it must hold something."""
    schemas = document["components"]["schemas"]
    for path in document["paths"].values():
        for method in METHODS:
            body = path.get(method, {}).get("requestBody", {})
            for content in body.get("content", {}).values():
                schema = schemas.get(str(content["schema"].get("$ref")).rsplit("/", 1)[-1], content["schema"])
                body["required"] = bool(schema.get("required") or schema.get("minProperties"))


def _drop_unused(schemas: Json, document: Json) -> None:
    used = _reachable(schemas, [document["paths"], document["components"]["responses"]])
    for name in set(schemas) - used:
        del schemas[name]


def _reachable(schemas: Json, part: Any) -> set[str]:
    """Names of the schemas that `part` refers to, directly or through others."""
    found: set[str] = set()
    waiting = [part]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            name = str(value.get("$ref", "")).removeprefix("#/components/schemas/")
            if name in schemas and name not in found:
                found.add(name)
                waiting.append(schemas[name])
            waiting += value.values()
    return found


def _add_examples(operation: Json, schemas: Json) -> None:
    answers = [answer for answer in operation.get("responses", {}).values() if "$ref" not in answer]
    for part in [operation.get("requestBody", {}), *answers]:
        for content in part.get("content", {}).values():
            if "schema" in content and not {"example", "examples"} & set(content):
                content["example"] = example_of(content["schema"], schemas)
