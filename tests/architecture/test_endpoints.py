"""Endpoints are declared the same way everywhere, and what creates something can be repeated."""

import ast

import pytest
from flask import Flask

from services.ticket_api.app import create_app
from tests.architecture.source_tree import files, read

# From the outside in: who may is asked before a transaction is used, and the answer is made inside it.
ORDER = ("get", "post", "put", "patch", "delete", "takes", "allowed", "idempotent", "answers")
PATHS = set(ORDER[:5])

# POSTs that make nothing new: called again they change nothing or are refused, so that no key is needed.
CREATE_NOTHING = {
    "conversation.close": "a closed ticket is not closed again: 409",
    "conversation.reopen": "an open ticket is not reopened: 409",
    "conversation.mark_read": "read is read, however often it is said",
    "conversation.mark_unread": "unread is unread, however often it is said",
    "notifications.mark_read": "read is read, however often it is said",
    "unsubscribing.leave": "whoever has left stays away, however often they say so",
    "dev_login": "the local mode's sign-in stores nothing",
}


def disorder(source: str) -> list[str]:
    """Functions whose decorators stand in another order, or lack one of the three that each must have."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef):
            continue
        names = [_name(decorator) for decorator in node.decorator_list]
        if not PATHS & set(names):
            continue
        places = [ORDER.index(name) for name in names if name in ORDER]
        if places != sorted(places) or not {"allowed", "answers"} <= set(names):
            found.append(node.name)
    return found


def _name(decorator: ast.expr) -> str:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app()


def test_every_endpoint_is_declared_in_the_same_order():
    modules = [path for path in files(".py", under=("services",)) if path.name == "endpoints.py"]
    assert len(modules) > 5
    assert {str(path): disorder(read(path)) for path in modules if disorder(read(path))} == {}


def test_every_post_that_creates_takes_an_idempotency_key(app: Flask):
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    repeatable = {name for name in posts if getattr(app.view_functions[name], "idempotent", False)}
    assert repeatable
    assert posts - repeatable == set(CREATE_NOTHING)


@pytest.mark.parametrize(
    "source",
    [
        "@blueprint.post('')\n@blueprint.answers(200)\n@allowed(Permission.AUTHENTICATED)\ndef f(): ...",
        "@blueprint.post('')\n@idempotent\n@allowed(Permission.PUBLIC)\n@blueprint.answers(200)\ndef f(): 1",
        "@blueprint.put('')\n@allowed(X)\n@blueprint.takes(S)\n@blueprint.answers(2)\ndef f(): 1",
        "@blueprint.get('')\n@blueprint.answers(200)\ndef f(): ...",
        "@blueprint.get('')\n@allowed(Permission.AUTHENTICATED)\ndef f(): ...",
    ],
)
def test_a_planted_disorder_is_found(source: str):
    assert disorder(source) == ["f"]
