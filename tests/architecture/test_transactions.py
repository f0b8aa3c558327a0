"""Transactions begin and end in shared/db/transactions.py, engines are made in shared/db/engine.py."""

import pytest

from tests.architecture.source_tree import calls, files, read

TRANSACTIONS = "shared/db/transactions.py"
ENGINE = "shared/db/engine.py"
MIGRATIONS = "shared/db/migrations/"  # Alembic opens its own connection, as the schema's owner
ENDS = {"commit", "rollback"}
OPENS = {"Session", "sessionmaker", "create_engine"}


def breaches(source: str, names: set[str]) -> list[str]:
    """The lines that call something of `names`."""
    return [f"line {line}: {name}()" for line, name, _ in calls(source) if name in names]


def all_breaches(names: set[str], home: str, *under: str) -> dict[str, list[str]]:
    """File by file, the breaches of every module outside the two places that may."""
    found = {
        str(path): breaches(read(path), names)
        for path in files(".py", under=under)
        if str(path) != home and not str(path).startswith(MIGRATIONS)
    }
    return {path: lines for path, lines in found.items() if lines}


def test_transactions_end_in_one_place():
    assert not all_breaches(ENDS, TRANSACTIONS, "services", "shared", "deploy")


def test_connections_are_opened_in_one_place():
    """Not asked of deploy/, which prepares databases before there are settings to read."""
    assert not all_breaches(OPENS, ENGINE, "services", "shared")


@pytest.mark.parametrize(
    "source",
    ["session.commit()", "self.session.rollback()", "Session(engine())", "sqlalchemy.create_engine(url)"],
)
def test_a_planted_breach_is_found(source: str):
    assert breaches(source, ENDS | OPENS)


def test_the_helper_is_no_breach():
    assert not breaches("with transaction() as session:\n    session.add(row)", ENDS | OPENS)
