"""What the names of a Python file stand for: models, entities, sessions, units of work, constants.

An annotation in the function says it, or the return annotation of the project's function whose result it is.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shared.db import models

MODELS = {
    name: model.__tablename__ for name, model in vars(models).items() if hasattr(model, "__tablename__")
}
SESSION, UNIT_OF_WORK = "Session", "UnitOfWork"

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


class Project(NamedTuple):
    """What files use of each other, by name: what functions return, and constants that are texts."""

    returns: Mapping[str, str]
    constants: Mapping[str, str]


def project_of(sources: Mapping[str, str]) -> Project:
    """What the files `sources` define; names that mean different things in two files are left out."""
    returns: defaultdict[str, set[str]] = defaultdict(set)
    constants: defaultdict[str, set[str]] = defaultdict(set)
    for source in sources.values():
        tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, AnyFunction):
                returns[node.name].add(kind_in(node.returns))
        for name, value in texts_named(tree).items():
            constants[name].add(value)
    return Project(_unambiguous(returns), _unambiguous(constants))


def _unambiguous(found: Mapping[str, set[str]]) -> dict[str, str]:
    return {name: next(iter(values)) for name, values in found.items() if len(values) == 1}


def texts_named(tree: ast.Module) -> dict[str, str]:
    """The texts that names of a file stand for."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def name_of(node: ast.expr | None) -> str:
    """The last part of a name, or of the function that is called."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=function):
            return name_of(function)
    return ""


def kinds_of_names(scope: ast.AST, returns: Mapping[str, str]) -> dict[str, str]:
    """What each name in a function is, or holds: `Ticket` for `tickets` and for `ticket in tickets`."""
    known: dict[str, str] = {}
    nodes = list(ast.walk(scope))
    for node in nodes:
        match node:
            case ast.arg(arg=name, annotation=ast.expr() as annotation):
                known[name] = kind_in(annotation)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                known[name] = kind_in(annotation)
        for target, value in _bindings(node):
            if kind := _kind_made(value, returns):
                known[target] = kind
    for node in nodes:
        for target, value in _elements(node):
            known[target] = _kind_held(value, known)
    return known


def _bindings(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Names that a statement gives to the result of an expression."""
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((target.id, value) for target in targets if isinstance(target, ast.Name))
        case ast.NamedExpr(target=ast.Name(id=name), value=value):
            yield name, value
        case ast.withitem(context_expr=value, optional_vars=ast.Name(id=name)):
            yield name, value


def _elements(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Names of what is taken out of an expression, one by one or as a list."""
    match node:
        case ast.For() | ast.AsyncFor() | ast.comprehension():
            if isinstance(node.target, ast.Name):
                yield node.target.id, node.iter
        case ast.Assign(value=ast.ListComp()):
            yield from _bindings(node)


def _kind_made(value: ast.expr, returns: Mapping[str, str]) -> str:
    """What a call makes: an entity, or what the project's function returns."""
    value = value.value if isinstance(value, ast.Await) else value
    name = name_of(value) if isinstance(value, ast.Call) else ""
    return name if name in {*MODELS, SESSION, UNIT_OF_WORK} else returns.get(name, "")


def _kind_held(value: ast.expr, known: Mapping[str, str]) -> str:
    named = [inner.id for inner in ast.walk(value) if isinstance(inner, ast.Name)]
    return next((known[name] for name in named if known.get(name)), "")


def kind_in(annotation: ast.expr | None) -> str:
    """The model that an annotation names; else whether it names a session or a unit of work."""
    nodes = list(ast.walk(annotation)) if annotation else []
    names = [name_of(node) for node in nodes if isinstance(node, ast.Name | ast.Attribute)]
    found = [name for name in names if name in MODELS]
    return next(iter([*found, *(name for name in names if name in {SESSION, UNIT_OF_WORK})]), "")
