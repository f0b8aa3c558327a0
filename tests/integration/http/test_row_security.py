"""The second wall between stores, by PostgreSQL's own catalogue and through its pooled connections."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from services.ticket_api.app import create_app
from shared.db.engine import API_ROLE, restricted_engine
from shared.db.transactions import restricted_transaction
from tests.support.clients.http import Client
from tests.support.configured import configured
from tests.support.factories.database import Database
from tests.support.factories.filled_store import Filled, fill

REQUESTS = 1000

# What the API reads or writes and what is no store's and no person's.
SHARED = {"plans", "causes", "alembic_version"}
# They step over row security for the API, so each is written with that in mind and tested by itself.
STEPPING_OVER = {"sign_in", "index_tickets", "search_tickets", "search_estimate"}

TABLES = """
    SELECT c.relname AS name, c.relrowsecurity AS secured,
        EXISTS (SELECT FROM pg_policies p WHERE p.tablename = c.relname AND :role = ANY (p.roles)) AS ruled,
        EXISTS (SELECT FROM information_schema.columns k WHERE k.table_schema = 'public'
            AND k.table_name = c.relname AND k.column_name IN ('store_id', 'person_id')) AS of_someone,
        has_table_privilege(:role, c.oid, 'SELECT, INSERT, UPDATE, DELETE') AS used,
        has_table_privilege(:role, c.oid, 'SELECT') AS read,
        pg_get_userbyid(c.relowner) = :role AS owned,
        has_table_privilege(:role, c.oid, 'TRUNCATE, REFERENCES, TRIGGER') AS too_much
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    WHERE c.relkind IN ('r', 'p', 'v', 'm')
"""


def open_tables(tables: list[Any]) -> list[str]:
    """Tables of a store or a person, or that the API uses, without row security or without a rule for it."""
    return [
        table.name
        for table in tables
        if (table.of_someone or table.used) and table.name not in SHARED
        if not (table.secured and table.ruled)
    ]


@pytest.fixture
def tables(db: Database) -> list[Any]:
    found = db.all(TABLES, role=API_ROLE)
    assert len(found) > 15
    return list(found)


def test_every_table_of_a_store_or_a_person_is_secured(tables: list[Any]):
    assert open_tables(tables) == []


def test_a_planted_open_table_is_found(db: Database):
    db.execute("CREATE TABLE planted (store_id uuid)")
    try:
        assert open_tables(list(db.all(TABLES, role=API_ROLE))) == ["planted"]
    finally:
        db.execute("DROP TABLE planted")


def test_the_api_owns_nothing_and_may_not_go_round_the_rules(tables: list[Any], db: Database):
    assert [table.name for table in tables if table.owned or table.too_much] == []
    role = db.all("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = :role", role=API_ROLE)
    assert role == [(False, False)]
    memberships = "SELECT count(*) FROM pg_auth_members WHERE member = CAST(:role AS regrole)"
    assert db.one(memberships, role=API_ROLE) == 0


def test_what_steps_over_the_rules_is_known(db: Database):
    found = db.column(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = CAST('public' AS regnamespace)"
        # A trigger's function cannot be called.
        " AND has_function_privilege(:role, oid, 'EXECUTE') AND prorettype <> CAST('trigger' AS regtype)",
        role=API_ROLE,
    )
    assert set(found) == STEPPING_OVER


def test_without_signing_in_nothing_is_seen(tables: list[Any], filled: tuple[Filled, Filled], db: Database):
    secured = [table.name for table in tables if table.secured and table.read]
    assert len(secured) > 10
    assert sum(db.count(name) for name in secured) > 100
    for name in secured:
        with restricted_transaction() as (session, _):
            assert session.scalar(text(f"SELECT count(*) FROM {name}")) == 0, name


@pytest.fixture
def filled(db: Database, app: Flask) -> tuple[Filled, Filled]:
    return fill(app, db, "alfombra"), fill(app, db, "bicicleta")


def test_pooled_connections_carry_nothing_over(filled: tuple[Filled, Filled]):
    """Two connections for eight threads, so that each connection serves both stores again and again.

    Every third call is refused after it has signed in, and rolled back.
    """
    ours, theirs = filled
    with configured(database_pool_size=2):
        app = create_app()
        sides = [
            (Client(app, ours.shop.admin), "alfombra", "bicicleta", theirs),
            (Client(app, theirs.shop.admin), "bicicleta", "alfombra", ours),
        ]

        def call(number: int) -> str:
            client, own, foreign, others = sides[number % 2]
            if number % 3 == 0:
                path = f"/v1/tickets/{others.ids['ticket_id'][0]}/messages"
                answer = client.post(path, {"body": "Hola"})
                return "" if answer.status_code == 404 and foreign not in answer.text else answer.text
            answer = client.get(("/v1/questions", "/v1/tickets")[number % 4 // 2])
            clean = foreign not in answer.text and str(others.shop.id) not in answer.text
            return "" if clean and own in answer.text and answer.status_code == 200 else answer.text

        with ThreadPoolExecutor(8) as pool:
            wrong = [found for found in pool.map(call, range(REQUESTS)) if found]
        assert wrong == []
        assert _left_behind() == {""}


def _left_behind() -> set[str | None]:
    """What the settings of row security are at the beginning of a transaction, on each pooled connection."""
    asked = text(
        "SELECT concat(current_setting('app.store', true), current_setting('app.person', true),"
        " current_setting('app.support', true))"
    )
    with restricted_engine().connect() as first, restricted_engine().connect() as second:
        return {connection.scalar(asked) for connection in (first, second)}
