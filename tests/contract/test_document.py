"""The OpenAPI document describes every operation, and its parts agree with each other."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask

from services.ticket_api.app import create_app
from shared.errors import AppError, BadRequest, Conflict, Unavailable
from shared.http.auth.permissions import Permission
from shared.http.openapi.operations import operation_id
from shared.http.openapi.served_elsewhere import SERVED_BY
from tests.support.references import resolved

METHODS = {"get", "post", "put", "patch", "delete"}
PROBLEM = "application/problem+json"
# For people's eyes or machines' pictures of it, and what the local mode alone has.
UNDOCUMENTED = re.compile(
    r"/|/docs.*|/openapi\.json|/asyncapi\.json|/dev/.*|/<page:path>|/assets/.*|/icon\.svg|/metrics"
)

# Bases that nobody raises, and the failure of our own that no caller can do anything about.
UNDOCUMENTED_ERRORS = {AppError, BadRequest, Conflict, Unavailable}


@pytest.fixture(scope="module")
def app(engines: object) -> Flask:
    return create_app()


def operations(document: Any) -> Iterator[tuple[str, str, Any]]:
    """Each as (method, path, operation)."""
    for path, item in document["paths"].items():
        for method in METHODS & set(item):
            yield method, path, item[method]


def is_ours(operation: Any) -> bool:
    """Whether the API itself serves it."""
    return SERVED_BY not in operation


def contents(document: Any, operation: Any) -> Iterator[tuple[str, str, Any]]:
    """Its bodies, as (where, media type, content)."""
    if "requestBody" in operation:
        for kind, content in operation["requestBody"]["content"].items():
            yield "body", kind, content
    for status, answer in operation["responses"].items():
        for kind, content in resolved(document, answer).get("content", {}).items():
            yield status, kind, content


def wrong_examples(document: Any) -> list[str]:
    """Examples that their own schema refuses, or bodies without any."""
    found = []
    for method, path, operation in operations(document):
        for where, kind, content in contents(document, operation):
            given = content.get("examples", {"": {"value": content.get("example")}})
            schema = {**content["schema"], "components": document["components"]}
            validator = jsonschema_rs.validator_for(schema, validate_formats=True)
            for name, example in given.items():
                errors = [error.message for error in validator.iter_errors(example["value"])]
                found += [f"{method} {path} {where} {kind} {name}: {error}" for error in errors]
        for parameter in (resolved(document, part) for part in operation.get("parameters", [])):
            if "example" in parameter:
                validator = jsonschema_rs.validator_for(parameter["schema"])
                if not validator.is_valid(parameter["example"]):
                    found.append(f"{method} {path} {parameter['name']}")
    return found


def test_it_is_an_openapi_31_document(document: Any):
    assert document["openapi"].startswith("3.1.")
    schemathesis.openapi.from_dict(document).validate()


def test_a_planted_fault_makes_it_none(document: Any):
    broken = copy.deepcopy(document)
    del broken["info"]["title"]
    with pytest.raises(Exception, match="title"):
        schemathesis.openapi.from_dict(broken).validate()


def test_it_describes_every_route_and_no_other(app: Flask, document: Any):
    documented = {(method, path) for method, path, operation in operations(document) if is_ours(operation)}
    served = {
        (method.lower(), re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if not UNDOCUMENTED.fullmatch(rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert documented == served


def test_every_operation_says_what_it_is_and_whom_it_is_for(app: Flask, document: Any):
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names) > 20
    tags = {tag["name"] for tag in document["tags"]}
    views = {operation_id(app, endpoint): view for endpoint, view in app.view_functions.items()}
    for _, path, operation in operations(document):
        assert operation["summary"].endswith("."), path
        assert set(operation["tags"]) <= tags
        if is_ours(operation):
            public = getattr(views[operation["operationId"]], "permission", None) is Permission.PUBLIC
            assert operation["security"] == ([] if public else [{"bearer": []}])


def test_every_operation_says_how_it_may_end(document: Any):
    for method, path, operation in operations(document):
        statuses = set(operation["responses"])
        assert statuses & {"200", "201", "202", "204"}, path
        if operation["security"] and is_ours(operation):
            assert statuses >= {"401", "422", "429", "503"}, (method, path)
        if "{" in path:
            assert "404" in statuses, (method, path)
        for status, documented in operation["responses"].items():
            answer = resolved(document, documented)
            if status.startswith("4") or (status == "503" and operation["security"]):
                assert list(answer["content"]) == [PROBLEM], (method, path, status)
            assert "X-Request-ID" in answer["headers"]
            if status in {"429", "503"} and operation["security"]:
                assert "Retry-After" in answer["headers"]


def test_every_error_of_ours_is_documented_somewhere(document: Any):
    documented = {
        code
        for answer in document["components"]["responses"].values()
        for code in answer["content"][PROBLEM]["examples"]
    }
    assert {kind.code for kind in errors_below(AppError) - UNDOCUMENTED_ERRORS} == documented


def errors_below(kind: type[AppError]) -> set[type[AppError]]:
    """`kind` and everything that is one; those made while answering (405, 415) have no name of their own."""
    below = {kind} if kind.__module__.startswith(("services.", "shared.")) else set()
    return below.union(*(errors_below(inner) for inner in kind.__subclasses__()))


def test_every_example_is_what_its_schema_asks_for(document: Any):
    assert wrong_examples(document) == []


def test_a_planted_wrong_example_is_found(document: Any):
    broken = copy.deepcopy(document)
    body = broken["paths"]["/v1/tickets"]["post"]["requestBody"]["content"]["application/json"]
    body["example"]["verdict"] = "purple"
    [found] = wrong_examples(broken)
    assert "purple" in found


def test_bodies_and_answers_say_which_fields_there_are(document: Any):
    """Nothing but what is described may be sent or comes back, and an answer holds all that is described."""
    for name, schema in document["components"]["schemas"].items():
        assert schema["additionalProperties"] is False, name
    for _, path, operation in operations(document):
        for where, _, content in contents(document, operation):
            schema = resolved(document, content["schema"])
            if where in {"200", "201", "202"} and schema.get("type") == "object":
                assert schema["required"], path
