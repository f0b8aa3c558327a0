"""Databases for tests: one migrated template, a copy for each worker, emptied before each test."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from shared.db import migrations

_TABLES = text("""
    SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
""")

# Few rows are deleted, since TRUNCATE gives every table it touches new files. Nobody may be at work on them.
_RESTORE = """
    CREATE FUNCTION seeds.restore() RETURNS void LANGUAGE plpgsql
        SET lock_timeout = '5s' SET session_replication_role = replica AS $$
    DECLARE
        name text; seeded text; is_stale boolean; stale text[] := '{}'; is_large boolean := false;
    BEGIN
        FOR name, seeded IN
            SELECT here.tablename, seed.tablename FROM pg_tables here
            LEFT JOIN pg_tables seed ON seed.schemaname = 'seeds' AND seed.tablename = here.tablename
            WHERE here.schemaname = 'public' AND here.tablename <> 'alembic_version'
        LOOP
            EXECUTE format(CASE WHEN seeded IS NULL THEN 'SELECT EXISTS (SELECT FROM public.%1$I)' ELSE
                'SELECT EXISTS ((TABLE public.%1$I EXCEPT TABLE seeds.%1$I)
                    UNION ALL (TABLE seeds.%1$I EXCEPT TABLE public.%1$I))' END, name) INTO is_stale;
            IF is_stale THEN
                stale := stale || format('public.%I', name);
                is_large := is_large OR pg_relation_size(format('public.%I', name)) > 4000000;
            END IF;
        END LOOP;
        IF stale = '{}' THEN RETURN; END IF;
        IF is_large THEN
            EXECUTE format('TRUNCATE %s CASCADE', array_to_string(stale, ', '));
        ELSE
            EXECUTE format('LOCK TABLE %s', array_to_string(stale, ', '));
            FOREACH name IN ARRAY stale LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
        END IF;
        FOR seeded IN SELECT tablename FROM pg_tables WHERE schemaname = 'seeds' LOOP
            EXECUTE format('INSERT INTO public.%1$I TABLE seeds.%1$I ON CONFLICT DO NOTHING', seeded);
        END LOOP;
        PERFORM setval(format('public.%I', sequencename)::regclass, start_value, false)
            FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
    END $$
"""


def url_of(server_url: str, database: str) -> str:
    """`server_url` with another database."""
    return make_url(server_url).set(database=database).render_as_string(hide_password=False)


def connect(url: str) -> Engine:
    """An engine that keeps no connection, so that databases and servers can go away beneath it."""
    return create_engine(url, poolclass=NullPool)


def stay(url: str) -> Engine:
    """An engine that keeps one connection as long as it lives, to be disposed of at the end."""
    return create_engine(url, pool_size=1, pool_pre_ping=True)


def make_template(server_url: str, name: str) -> None:
    """Create and migrate database `name`, and keep a copy of the rows that migrations put in."""
    _administer(server_url, f'CREATE DATABASE "{name}"')
    migrations.upgrade(url_of(server_url, name))
    with connect(url_of(server_url, name)).begin() as connection:
        connection.execute(text("CREATE SCHEMA seeds"))
        for table in _filled(connection, connection.scalars(_TABLES).all()):
            connection.execute(text(f'CREATE TABLE seeds."{table}" AS TABLE public."{table}"'))
        connection.execution_options(no_parameters=True).exec_driver_sql(_RESTORE)


def copy_template(server_url: str, template: str, name: str) -> None:
    """Create database `name` as a copy; nobody may be connected to the template."""
    _administer(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop(server_url: str, name: str) -> None:
    """Drop a database, whoever is still connected."""
    _administer(server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def restore_template(url: str) -> None:
    """Bring a copy back to what the template was. Fails after 5 s where somebody holds a table."""
    with connect(url).begin() as connection:
        restore(connection)


def restore(connection: Connection) -> None:
    """As `restore_template`, by a connection to the copy."""
    connection.execute(text("SELECT seeds.restore()"))


def _filled(connection: Connection, tables: Iterable[str]) -> list[str]:
    """Those of `tables` that hold a row, by one statement."""
    checks = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM public.\"{name}\")" for name in tables]
    return list(connection.scalars(text(" UNION ALL ".join(checks))))


def _administer(server_url: str, statement: str) -> None:
    with connect(server_url).execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(statement))
