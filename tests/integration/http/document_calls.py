"""Calls made from the OpenAPI document: every place where an id can be named, with an id put there."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.references import resolved

METHODS = ("get", "post", "put", "patch", "delete")
SAMPLE_ID = "019a9f3e-7a3b-7c1d-9e2f-3a4b5c6d7e8f"  # of no row: what path parameters that are not meant hold


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of one operation where an id goes: `place` is path, query or body, `name` says which."""

    operation: str
    method: str
    path: str
    place: str
    name: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.place} {self.name}"

    def call(self, value: str) -> dict[str, Any]:
        """The call with `value` there, as arguments of `Client.call`."""
        filled = {**self.parameters, **({self.name: value} if self.place == "path" else {})}
        arguments: dict[str, Any] = {
            "method": self.method.upper(),
            "path": self.path.format(**filled),
            "headers": self.headers,
        }
        if self.place == "query":
            arguments["query_string"] = {self.name: value}
        if self.body is not None:
            named = self.place == "body"
            arguments["json"] = put(copy.deepcopy(self.body), self.name, value) if named else self.body
        return arguments


def put(body: Any, name: str, value: str) -> Any:
    """`body` with `value` in every field `name`, alone or as the one item of a list."""
    if isinstance(body, dict):
        for key, inner in body.items():
            if key == name:
                body[key] = [value] if isinstance(inner, list) else value
            else:
                put(inner, name, value)
    elif isinstance(body, list):
        for inner in body:
            put(inner, name, value)
    return body


def slots(document: Any, own: Mapping[str, str]) -> Iterator[Slot]:
    """Every place for an id in every operation of `document`; `own` fills, by name, other places of paths."""
    for path, item in document["paths"].items():
        shared = item.get("parameters", [])
        for method in METHODS:
            if method in item:
                yield from _of_operation(document, (method, path), item[method], shared, own)


def _of_operation(
    document: Any, call: tuple[str, str], operation: Any, shared: Any, own: Mapping[str, str]
) -> Iterator[Slot]:
    parameters = [resolved(document, part) for part in [*shared, *operation.get("parameters", [])]]
    in_path = {part["name"]: _sample(part, own) for part in parameters if part["in"] == "path"}
    headers = {part["name"]: '"1"' for part in parameters if part["in"] == "header" and part.get("required")}
    body, schema = _body(document, operation)
    common = {"body": body, "headers": headers, "parameters": in_path}
    for part in parameters:
        if part["in"] in {"path", "query"} and _is_id(part["schema"]):
            yield Slot(operation["operationId"], *call, part["in"], part["name"], **common)
    for name in sorted(_id_fields(document, schema)):
        yield Slot(operation["operationId"], *call, "body", name, **{**common, "body": _with(body, name)})


def _body(document: Any, operation: Any) -> tuple[Any, Any]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return copy.deepcopy(content.get("example")), resolved(document, content.get("schema", {}))


def _with(body: Any, name: str) -> Any:
    """`body` with a field `name`, where its example has none."""
    return body if name in str(body) else {**body, name: [SAMPLE_ID] if name.endswith("s") else SAMPLE_ID}


def _id_fields(document: Any, schema: Any) -> set[str]:
    """Names of the fields, at any depth, that hold ids."""
    found = set()
    for name, inner in schema.get("properties", {}).items():
        field_schema = resolved(document, inner)
        items = resolved(document, field_schema.get("items", {}))
        if _is_id(field_schema) or _is_id(items):
            found.add(name)
        found |= _id_fields(document, field_schema) | _id_fields(document, items)
    return found


def _is_id(schema: Any) -> bool:
    return bool(schema.get("format") == "uuid")


def _sample(parameter: Any, own: Mapping[str, str]) -> str:
    schema = parameter["schema"]
    return str(schema["enum"][0]) if "enum" in schema else own.get(parameter["name"], SAMPLE_ID)
