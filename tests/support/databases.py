"""Databases for tests: one migrated template, a copy for each worker, emptied before each test."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from shared import migrations

_TABLES = text("""
    SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
""")
_SEEDED = text("SELECT tablename FROM pg_tables WHERE schemaname = 'seeds'")


def url_of(server_url: str, database: str) -> str:
    """`server_url` with another database."""
    return make_url(server_url).set(database=database).render_as_string(hide_password=False)


def connect(url: str) -> Engine:
    """An engine that keeps no connection, so that databases and servers can go away beneath it."""
    return create_engine(url, poolclass=NullPool)


def make_template(server_url: str, name: str) -> None:
    """Create and migrate database `name`, and keep a copy of the rows that migrations put in."""
    _administer(server_url, f'CREATE DATABASE "{name}"')
    migrations.upgrade(url_of(server_url, name))
    with connect(url_of(server_url, name)).begin() as connection:
        connection.execute(text("CREATE SCHEMA seeds"))
        for table in _filled(connection, connection.scalars(_TABLES).all()):
            connection.execute(text(f'CREATE TABLE seeds."{table}" AS TABLE public."{table}"'))


def copy_template(server_url: str, template: str, name: str) -> None:
    """Create database `name` as a copy; nobody may be connected to the template."""
    _administer(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop(server_url: str, name: str) -> None:
    """Drop a database, whoever is still connected."""
    _administer(server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def empty(url: str) -> None:
    """Bring a copy back to what the template was. Fails after 5 s where somebody holds a table."""
    with connect(url).begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        seeded = set(connection.scalars(_SEEDED))
        others = [table for table in connection.scalars(_TABLES) if table not in seeded]
        stale = [*_filled(connection, others), *_changed(connection, seeded)]
        if not stale:
            return
        names = ", ".join(f'"{table}"' for table in stale)
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        for table in seeded:
            connection.execute(text(f'INSERT INTO "{table}" TABLE seeds."{table}" ON CONFLICT DO NOTHING'))


def _filled(connection: Connection, tables: Iterable[str]) -> list[str]:
    """Those of `tables` that hold a row, by one statement."""
    return _those_with_rows(connection, {table: f'SELECT FROM public."{table}"' for table in tables})


def _changed(connection: Connection, tables: Iterable[str]) -> list[str]:
    """Those of `tables` that differ from their seeds."""
    difference = "(TABLE {0} EXCEPT TABLE {1}) UNION ALL (TABLE {1} EXCEPT TABLE {0})"
    return _those_with_rows(
        connection, {table: difference.format(f'public."{table}"', f'seeds."{table}"') for table in tables}
    )


def _those_with_rows(connection: Connection, queries: dict[str, str]) -> list[str]:
    if not queries:
        return []
    checks = [f"SELECT '{name}' WHERE EXISTS ({query})" for name, query in queries.items()]
    return list(connection.scalars(text(" UNION ALL ".join(checks))))


def _administer(server_url: str, statement: str) -> None:
    with connect(server_url).execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(statement))
