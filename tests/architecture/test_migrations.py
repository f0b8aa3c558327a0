"""Expand, migrate, contract: no migration takes away what the release before it still uses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest
from alembic.script import ScriptDirectory

from shared.db import migrations
from tests.architecture.source_tree import files, read

VERSIONS = PurePosixPath("shared/db/migrations/versions")
FUNCTIONS = PurePosixPath("shared/db/migrations/functions")
FIRST_RELEASE = next(iter(migrations.RELEASED.values()))
# These take something away, or refuse what the previous release goes on writing.
TAKES_AWAY = {"drop_column", "drop_table", "rename_table"}
REFUSES = {
    "create_check_constraint",
    "create_unique_constraint",
    "create_foreign_key",
    "create_exclude_constraint",
}
IN_SQL = re.compile(
    r"\bDROP\s+(?:TABLE|COLUMN|FUNCTION|VIEW|SCHEMA|ROLE)\b|\bRENAME\b|\bSET\s+NOT\s+NULL\b|\bREVOKE\b"
    r"|\bALTER\s+(?:COLUMN\s+)?\w+\s+(?:SET\s+DATA\s+)?TYPE\b",
    re.IGNORECASE,
)

CREATES_FUNCTION = re.compile(r"\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE)\b", re.IGNORECASE)
# A file of functions/: a comment that says what the function does, then the function and nothing else.
WHOLE = re.compile(r"(?:--.*\n)+CREATE OR REPLACE FUNCTION (?P<name>\w+)\((?:(?!CREATE).)*;\n", re.DOTALL)


def breaches(source: str) -> list[str]:
    """What a migration does, outside its downgrade(), that the previous release would not survive."""
    tree = ast.parse(source)
    tree.body = [node for node in tree.body if getattr(node, "name", "") != "downgrade"]
    created = {_text(call, 0) for name, call in _calls(tree) if name == "create_table"}
    found = [f"{name}()" for name, call in _calls(tree) if _breaks(name, call, created)]
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return found + [hit[0] for text in texts if isinstance(text, str) for hit in IN_SQL.finditer(text)]


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def _text(call: ast.Call, place: int) -> object:
    """The constant given as argument number `place`; `None` for anything else."""
    return _constant(call.args[place] if len(call.args) > place else None)


def _constant(node: ast.expr | None) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _breaks(name: str, call: ast.Call, created: set[object]) -> bool:
    options = {keyword.arg: keyword.value for keyword in call.keywords}
    if name == "alter_column":
        return "new_column_name" in options or "type_" in options or _is(options.get("nullable"), False)
    if name == "add_column":
        return any(_must_be_given(column) for _, column in _calls(call) if column is not call)
    if name == "create_index" and _is(options.get("unique"), True):
        return _text(call, 1) not in created
    return name in TAKES_AWAY | REFUSES


def _must_be_given(column: ast.Call) -> bool:
    options = {keyword.arg: keyword.value for keyword in column.keywords}
    return _is(options.get("nullable"), False) and "server_default" not in options


def _is(node: ast.expr | None, value: bool) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def contracts(source: str) -> str | None:
    """The release a migration names as the first that no longer uses what it takes away."""
    named = re.search(r'(?m)^contracts = "([^"]+)"$', source)
    return named[1] if named else None


def allowed(source: str, revision: str, released: dict[str, str]) -> bool:
    """Whether `source` may run while the previous release still works.

    Taking away is allowed to a later release than the one that stopped using it, once that one is out.
    """
    last_user = contracts(source)
    return not breaches(source) or (last_user in released and released[last_user] < revision)


def test_every_migration_lets_the_previous_release_go_on():
    newer = [path for path in migration_files() if path.name[:4] > FIRST_RELEASE]
    assert not [path.name for path in newer if not allowed(read(path), path.name[:4], migrations.RELEASED)]


def test_files_are_numbered_as_alembic_runs_them():
    scripts = ScriptDirectory.from_config(migrations.config("")).walk_revisions()
    run = [script.revision for script in scripts][::-1]
    assert run[-1] == migrations.head()
    assert set(run[:-1]) == migrations.older()
    assert run == sorted(run)


def test_releases_are_in_order_and_their_revisions_are_there():
    heads = list(migrations.RELEASED.values())
    assert heads == sorted(set(heads))
    assert all(migrations.is_known(head) for head in heads)


def migration_files() -> list[PurePosixPath]:
    return [path for path in files(".py") if path.parent == VERSIONS]


def function_files() -> list[PurePosixPath]:
    return [path for path in files(".sql") if path.parent == FUNCTIONS]


def installed(source: str, step: str) -> list[tuple[object, object]]:
    """Name and version of each function that `step` of a migration ("upgrade", "downgrade") installs."""
    [body] = [node for node in ast.parse(source).body if getattr(node, "name", "") == step]
    return [
        (_text(node, 0), next(_constant(option.value) for option in node.keywords if option.arg == "version"))
        for node in ast.walk(body)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "install"
    ]


def patches(source: str) -> list[str]:
    """What a migration does that makes a function's text out of another, or reads one that is elsewhere."""
    tree = ast.parse(source)
    called = [name for name, _ in _calls(tree) if name in {"replace", "sub", "get_revision", "import_module"}]
    imported = [
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or node.names[0].name]
        if name.startswith("shared.") and name != "shared.db.migrations.functions"
    ]
    return called + imported + CREATES_FUNCTION.findall(source)


def test_functions_are_installed_from_their_files_alone():
    assert not {path.name: found for path in migration_files() if (found := patches(read(path)))}


def test_each_file_of_a_function_is_installed_by_the_migration_it_is_named_after():
    installs = [
        (f"{name}_{version}.sql", path.name[:4] == version)
        for path in migration_files()
        for name, version in installed(read(path), "upgrade")
    ]
    assert all(own for _, own in installs)
    assert sorted(name for name, _ in installs) == [path.name for path in function_files()]


def test_going_back_installs_what_an_earlier_migration_did():
    there = {path.name for path in function_files()}
    for path in migration_files():
        back = installed(read(path), "downgrade")
        assert all(str(version) < path.name[:4] for _, version in back)
        assert {f"{name}_{version}.sql" for name, version in back} <= there


def test_each_file_of_a_function_is_that_function_and_no_more():
    for path in function_files():
        whole = WHOLE.fullmatch(read(path))
        assert whole, path
        assert f"{whole['name']}_" == path.stem[: -len("0000")]


@pytest.mark.parametrize(
    "step",
    [
        'op.execute("CREATE FUNCTION f() RETURNS int RETURN 1")',
        'op.execute("create or replace function f() RETURNS int RETURN 1")',
        'op.execute(text.replace("a", "b"))',
        'op.execute(scripts.get_revision("0010").module.FUNCTIONS[0])',
        "from shared.db.migrations.versions import one",
    ],
)
def test_a_planted_patch_is_found(step: str):
    assert patches(migration(step))


@pytest.mark.parametrize(
    "text",
    [
        "CREATE OR REPLACE FUNCTION f() RETURNS int RETURN 1;\n",
        "-- One.\nCREATE FUNCTION f() RETURNS int RETURN 1;\n",
        "-- One.\nCREATE OR REPLACE FUNCTION f() RETURNS int RETURN 1;\nCREATE TABLE t ();\n",
    ],
)
def test_a_planted_file_that_is_no_whole_function_is_found(text: str):
    assert not WHOLE.fullmatch(text)
    assert WHOLE.fullmatch("-- One.\nCREATE OR REPLACE FUNCTION f() RETURNS int RETURN 1;\n")


BREACHES = [
    'op.drop_column("tickets", "number")',
    'op.drop_table("causes")',
    'op.rename_table("causes", "reasons")',
    'op.alter_column("tickets", "number", new_column_name="no")',
    'op.alter_column("tickets", "number", type_=sa.Text())',
    'op.alter_column("tickets", "closed_at", nullable=False)',
    'op.add_column("tickets", sa.Column("tone", sa.Text(), nullable=False))',
    'op.create_unique_constraint("uq", "people", ["name"])',
    'op.create_index("uq", "people", ["name"], unique=True)',
    'op.execute("ALTER TABLE tickets DROP COLUMN number")',
    'op.execute(f"ALTER TABLE {table} RENAME COLUMN a TO b")',
    'op.execute("ALTER TABLE tickets ALTER COLUMN closed_at SET NOT NULL")',
    'op.execute("ALTER TABLE tickets ALTER number TYPE text")',
    'op.execute("REVOKE SELECT ON tickets FROM botmeni_api")',
]
EXPANSIONS = [
    'op.add_column("tickets", sa.Column("tone", sa.Text(), nullable=True))',
    'op.add_column("tickets", sa.Column("tone", sa.Text(), server_default="", nullable=False))',
    'op.create_table("tones", sa.Column("id", sa.Uuid(), nullable=False))',
    'op.create_table("tones")\n    op.create_index("uq", "tones", ["name"], unique=True)',
    'op.create_index("ix", "tickets", ["tone"], postgresql_concurrently=True)',
    'op.alter_column("tickets", "number", nullable=True)',
    'op.drop_index("ix_old")',
]


def migration(step: str, head: str = "") -> str:
    return f'{head}def upgrade():\n    {step}\n\n\ndef downgrade():\n    op.drop_column("tickets", "tone")\n'


@pytest.mark.parametrize("step", BREACHES)
def test_a_planted_breach_is_found(step: str):
    assert not allowed(migration(step), "0099", {"0.1.0": "0017"})


@pytest.mark.parametrize("step", EXPANSIONS)
def test_what_only_adds_is_allowed(step: str):
    assert allowed(migration(step), "0099", {"0.1.0": "0017"})


def test_taking_away_waits_for_the_release_that_stopped_using_it():
    source = migration(BREACHES[0], 'contracts = "0.2.0"\n')
    assert not allowed(source, "0099", {"0.1.0": "0017"})
    assert not allowed(source, "0099", {"0.1.0": "0017", "0.2.0": "0099"})
    assert allowed(source, "0099", {"0.1.0": "0017", "0.2.0": "0050"})
