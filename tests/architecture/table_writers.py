"""Which tables a Python file writes: by SQL text, Core statements, bulk inserts, and changed entities.

An entity's attribute may be set only on a name whose model is declared: by an annotation in the function, or
by the return annotation of the project's function that it comes from. So nothing is written unseen.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shared.db import models

MODELS = {
    name: model.__tablename__ for name, model in vars(models).items() if hasattr(model, "__tablename__")
}
TABLES = frozenset(MODELS.values())
COLUMNS = frozenset(column.name for table in models.Base.metadata.tables.values() for column in table.columns)
WRITING_SQL_FUNCTIONS = {"index_tickets": "ticket_documents"}

NOT_ENTITIES = frozenset({"self", "g", "raw_message"})
"""Objects whose attributes are called like columns: one's own, Flask's context, a message of AMQP."""

_SQL = re.compile(r"(?<!FOR )(?<!DO )\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+(?!OF\b|SET\b)([a-z_]+)")
_FUNCTION = re.compile(r"SELECT (\w+)\(")


class Write(NamedTuple):
    """One place that writes: `table` is empty where the reader cannot find out which."""

    line: int
    table: str
    how: str


def writes(source: str, returns: Mapping[str, str]) -> Iterator[Write]:
    """Every write of a file; `returns` maps the project's function names to the models they return."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _in_sql(node)
        elif isinstance(node, ast.Call):
            yield from _in_call(node)
        elif isinstance(node, ast.FunctionDef):
            yield from _in_function(node, returns)


def models_returned(sources: Mapping[str, str]) -> dict[str, str]:
    """The model in the return annotation of each function of `sources`, by the function's name.

    Functions of one name that return different models are left out: what they return is to be annotated.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for source in sources.values():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                found[node.name].add(_model_in(node.returns))
    return {name: kinds.pop() for name, kinds in found.items() if len(kinds) == 1}


def _in_sql(node: ast.Constant) -> Iterator[Write]:
    text = str(node.value)
    tables = [*_SQL.findall(text), *(WRITING_SQL_FUNCTIONS.get(name) for name in _FUNCTION.findall(text))]
    yield from (Write(node.lineno, table, "SQL") for table in tables if table in TABLES)


def _in_call(node: ast.Call) -> Iterator[Write]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    arguments = [argument.id for argument in node.args if isinstance(argument, ast.Name)]
    if name in {"insert", "update", "delete", "insert_rows"}:
        yield from (Write(node.lineno, MODELS[a], name) for a in arguments if a in MODELS)
    elif name == "insert_together":
        named = [inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)]
        yield from (Write(node.lineno, MODELS[a], name) for a in named if a in MODELS)
    elif name in {"add", "add_all", "merge"} and _is_session(node.func):
        yield Write(node.lineno, "", f"session.{name}: use insert_rows, which names its model")


def _is_session(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and ast.unparse(function.value).endswith("session")


def _in_function(function: ast.FunctionDef, returns: Mapping[str, str]) -> Iterator[Write]:
    known = _models_of_names(function, returns)
    for node in ast.walk(function):
        for target in _targets(node):
            if not isinstance(target, ast.Attribute) or target.attr not in COLUMNS:
                continue
            owner = target.value.id if isinstance(target.value, ast.Name) else ""
            if owner not in NOT_ENTITIES:
                yield Write(target.lineno, MODELS.get(known.get(owner, ""), ""), f"{owner}.{target.attr}")


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.AugAssign | ast.AnnAssign):
        return [node.target]
    if isinstance(node, ast.Assign):
        inner = [t.elts if isinstance(t, ast.Tuple) else [t] for t in node.targets]
        return [target for group in inner for target in group]
    return []


def _models_of_names(function: ast.FunctionDef, returns: Mapping[str, str]) -> dict[str, str]:
    """The model of each name in a function, or of what it holds: of `tickets` and of `ticket in tickets`."""
    arguments = [*function.args.args, *function.args.kwonlyargs]
    known = {a.arg: _model_in(a.annotation) for a in arguments if a.annotation is not None}
    for node in ast.walk(function):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            known[node.target.id] = _model_in(node.annotation)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            name = ast.unparse(node.value.func).rsplit(".", 1)[-1]
            model = name if name in MODELS else returns.get(name, "")
            known |= {t.id: model for t in node.targets if isinstance(t, ast.Name) and model}
    for node in ast.walk(function):
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name):
            named = [inner.id for inner in ast.walk(node.iter) if isinstance(inner, ast.Name)]
            known[node.target.id] = next((known[name] for name in named if known.get(name)), "")
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.ListComp):
            named = [inner.id for inner in ast.walk(node.value) if isinstance(inner, ast.Name)]
            model = next((known[name] for name in named if known.get(name)), "")
            known |= {t.id: model for t in node.targets if isinstance(t, ast.Name) and model}
    return known


def _model_in(annotation: ast.expr | None) -> str:
    names = [node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)] if annotation else []
    found = [name for name in names if name in MODELS]
    return found[0] if found else ""
