"""No table and no column that points at a store or a person is left out of exports and erasures."""

from __future__ import annotations

from datetime import UTC, datetime

from services.privacy.erase_person import _EMBEDDED_IDS, _OWN_TABLES, _REFERENCES
from services.privacy.inventory import INVENTORY, TABLES_WITHOUT_SUBJECTS
from services.privacy.retention_rules import first_id_of
from shared.db.models import Base
from shared.ids import new_id

OF_PEOPLE = {"person_id"}
# Erased by statements of their own: words, own rows, and what hangs on them.
BY_HAND = {("messages", "author_id"), ("ticket_reads", "person_id"), ("idempotency_keys", "person_id")}


def tables() -> set[str]:
    return {table.name for table in Base.metadata.sorted_tables}


def person_columns() -> set[tuple[str, str]]:
    """Every column that holds a person's id."""
    return {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name in OF_PEOPLE or any(key.column.table.name == "people" for key in column.foreign_keys)
    }


def test_every_table_is_somebodys_or_nobodys():
    held = {held.name for held in INVENTORY}
    assert held & TABLES_WITHOUT_SUBJECTS.keys() == set()
    assert tables() - held - TABLES_WITHOUT_SUBJECTS.keys() == set()
    assert held - tables() == set()


def test_every_table_of_a_store_is_erased_with_it():
    of_stores = {table.name for table in Base.metadata.sorted_tables if "store_id" in table.columns}
    assert of_stores <= {held.name for held in INVENTORY if held.store_condition}


def test_every_column_that_names_a_person_is_exported():
    conditions = {held.name: held.person_condition or "" for held in INVENTORY}
    assert [(table, column) for table, column in person_columns() if column not in conditions[table]] == []


def test_every_column_that_names_a_person_is_erased():
    changed = {(table, name) for table, changes, _ in _REFERENCES for name in [changes.partition(" ")[0]]}
    deleted = {(table, "person_id") for table in _OWN_TABLES}
    assert person_columns() == changed | deleted | BY_HAND


def test_every_free_form_column_is_looked_through_for_ids():
    free = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if type(column.type).__name__ == "JSONB"
    }
    # What the answering service says of its answers, and what operators did, name nobody.
    assert free - {("questions", "sources"), ("audit_log", "detail")} <= {
        (table, column) for table, column, _ in _EMBEDDED_IDS
    }


def test_ids_made_before_a_moment_are_smaller_than_its_first():
    before = datetime.now(UTC)
    made = new_id()
    assert first_id_of(before) <= made
    assert made < first_id_of(datetime(2100, 1, 1, tzinfo=UTC))
    assert first_id_of(before).version == 7
