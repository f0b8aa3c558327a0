"""Which tables a Python file writes: by SQL, Core statements, bulk inserts, changed and deleted entities.

The reader knows an entity's model by an annotation (`names.py`). A write whose table it cannot tell is one of
an unknown table. So nothing is written unseen.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shared.db import models
from tests.architecture.names import (
    MODELS,
    SESSION,
    UNIT_OF_WORK,
    AnyFunction,
    Project,
    kinds_of_names,
    name_of,
    texts_named,
)
from tests.architecture.written_sql import HOLE, UNKNOWN, tables_written

TABLES = frozenset(MODELS.values())
COLUMNS = frozenset(column.name for table in models.Base.metadata.tables.values() for column in table.columns)

NOT_ENTITIES = frozenset({"self", "g", "raw_message"})
"""Objects whose attributes are called like columns: one's own, Flask's context, a message of AMQP."""

_USUAL_NAMES = {SESSION: "session", UNIT_OF_WORK: "work"}
CORE = frozenset({"sa", "sqlalchemy", "postgresql", "sql", "expression"})
"""Names that SQLAlchemy's modules are imported by."""


class Write(NamedTuple):
    """One place that writes; `table` is `UNKNOWN` where the reader cannot tell which."""

    line: int
    table: str
    how: str


def writes(source: str, project: Project) -> Iterator[Write]:
    """Every write of a file."""
    tree = ast.parse(source)
    reader = _Reader(tree, project)
    reader.visit(tree)
    yield from reader.found


class _Reader(ast.NodeVisitor):
    def __init__(self, tree: ast.Module, project: Project) -> None:
        self.found: list[Write] = []
        self._returns = project.returns
        self._constants = {**project.constants, **texts_named(tree)}
        self._functions = {node.name for node in ast.walk(tree) if isinstance(node, AnyFunction)}
        outside = [node for node in tree.body if not isinstance(node, AnyFunction | ast.ClassDef)]
        self._known = kinds_of_names(ast.Module(outside, []), project.returns)

    def _add(self, node: ast.expr, table: str, how: str) -> None:
        self.found.append(Write(node.lineno, table, how))

    def visit_FunctionDef(self, node: AnyFunction) -> None:
        around, self._known = self._known, {**self._known, **kinds_of_names(node, self._returns)}
        self.generic_visit(node)
        self._known = around

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    # SQL

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        self._read_sql(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._read_sql(node)
        self._visit_values(node)

    def _visit_values(self, node: ast.JoinedStr | ast.BinOp) -> None:
        """Read what is put into a text; the text itself was read as a whole."""
        parts = node.values if isinstance(node, ast.JoinedStr) else [node.left, node.right]
        for part in parts:
            if not isinstance(part, ast.Constant):
                self.visit(part.value if isinstance(part, ast.FormattedValue) else part)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        self._read_sql(node)
        for part in _summands(node):
            if isinstance(part, ast.BinOp | ast.JoinedStr):
                self._visit_values(part)
            elif not isinstance(part, ast.Constant):
                self.visit(part)

    def _read_sql(self, node: ast.expr) -> None:
        for table in tables_written(self._text(node), TABLES):
            self._add(node, table, "SQL")

    def _text(self, node: ast.expr) -> str:
        """What a text says, with a hole for each part that the file does not tell."""
        match node:
            case ast.Constant(value=str(value)):
                return value
            case ast.Name(id=name):
                return self._constants.get(name, HOLE)
            case ast.JoinedStr(values=parts):
                return "".join(map(self._text, parts))
            case ast.FormattedValue(value=value):
                return self._text(value)
            case ast.Attribute(value=model, attr="__tablename__"):
                return self._table(model) or HOLE
            case ast.BinOp(op=ast.Add()):
                return "".join(map(self._text, _summands(node)))
            case ast.BinOp(left=left, op=ast.Mod()):
                return self._text(left)
        return HOLE

    # Calls

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        first, second = [*node.args, *named.values(), None, None][:2]
        receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
        match name_of(node.func):
            case "insert" | "update" | "delete" as name:
                self._read_core(node, name, receiver, first)
            case "insert_rows":
                self._add(node, self._table(named.get("model", second)), "insert_rows")
            case "insert_together":
                self._read_insert_together(node, second)
            case "bulk_insert_mappings" | "bulk_update_mappings" as name:
                self._add(node, self._table(first), name)
            case "add" | "add_all" | "merge" | "bulk_save_objects" as name if self._is(receiver, SESSION):
                self._add(node, UNKNOWN, f"session.{name}: use insert_rows, which names its model")
            case "setattr" | "__setattr__":
                entity, attribute = (receiver, first) if receiver else (first, second)
                self._read_setattr(node, entity, attribute)

    def _read_insert_together(self, node: ast.Call, tables: ast.expr | None) -> None:
        for rows in tables.elts if isinstance(tables, ast.List) else [tables]:
            model = rows.elts[0] if isinstance(rows, ast.Tuple) else None
            self._add(node, self._table(model), "insert_together")

    def _read_core(
        self, node: ast.Call, name: str, receiver: ast.expr | None, first: ast.expr | None
    ) -> None:
        """A statement, an insert of a unit of work, a deleted entity, or some other thing's method."""
        table = self._table(first)
        if receiver is None:
            if table or name not in self._functions:
                self._add(node, table, name)
        elif self._is(receiver, SESSION, UNIT_OF_WORK) or name_of(receiver) in CORE:
            self._add(node, table, f"{ast.unparse(receiver)}.{name}")
        elif asked := [call for call in _calls_of(receiver, "query") if self._is(call.func, SESSION)]:
            self._add(node, self._table(asked[0].args[0] if asked[0].args else None), f"query.{name}")
        elif _is_table(receiver) or table:
            self._add(node, table or self._table(receiver), f"{ast.unparse(receiver)}.{name}")

    def _read_setattr(self, node: ast.Call, entity: ast.expr | None, attribute: ast.expr | None) -> None:
        name = self._text(attribute) if attribute else HOLE
        if (HOLE in name or name in COLUMNS) and name_of(entity) not in NOT_ENTITIES:
            self._add(node, self._table(entity), f"setattr of {name_of(entity) or 'something'}")

    # Entities

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.generic_visit(node)
        written = not isinstance(node.ctx, ast.Load) and node.attr in COLUMNS
        if written and not (isinstance(node.value, ast.Name) and node.value.id in NOT_ENTITIES):
            self._add(node, self._table(node.value), ast.unparse(node))

    def _is(self, node: ast.expr | None, *kinds: str) -> bool:
        """Whether it is a session or unit of work: by where its name comes from, or by the name alone."""
        while isinstance(node, ast.Attribute) and node.attr == "query":
            node = node.value
        name = name_of(node)
        known = self._known.get(name) or self._returns.get(name)
        return known in kinds or any(name.endswith(_USUAL_NAMES[kind]) for kind in kinds)

    def _table(self, node: ast.expr | None) -> str:
        """The table of a model, of an entity or of SQLAlchemy's table; `UNKNOWN` of anything else."""
        match node:
            case ast.Name(id=name):
                return _model_table(name, self._known)
            case ast.Attribute(value=model, attr="__table__"):
                return self._table(model)
            case ast.Attribute(attr=name):
                return _model_table(name, {})
            case ast.Subscript(slice=ast.Constant(value=str(name))) if name in TABLES:
                return str(name)
            case ast.Subscript(value=inner) | ast.Await(value=inner) | ast.NamedExpr(value=inner):
                return self._table(inner)
            case ast.Call(args=[ast.Constant(value=str(name)), *_]) if name in TABLES:
                return str(name)
            case ast.Call(func=function):
                return _model_table(name_of(function), self._returns)
        return UNKNOWN


def _model_table(name: str, kinds: Mapping[str, str]) -> str:
    """The table of the model `name`, or of the one that `kinds` says a name stands for."""
    return str(MODELS.get(name) or MODELS.get(kinds.get(name, ""), UNKNOWN))


def _summands(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*_summands(node.left), *_summands(node.right)]
    return [node]


def _calls_of(node: ast.expr, name: str) -> list[ast.Call]:
    return [call for call in ast.walk(node) if isinstance(call, ast.Call) and name_of(call.func) == name]


def _is_table(node: ast.expr) -> bool:
    """Whether it is a table of SQLAlchemy's: of a model, of the metadata, or made by name."""
    if isinstance(node, ast.Subscript):
        node = node.value
        return isinstance(node, ast.Attribute) and node.attr == "tables"
    return name_of(node) in {"__table__", "table", "Table"}
