"""A service locks rows so that foreign keys that refer to them can still be checked."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source_tree import ROOT

# FOR UPDATE conflicts with the key share of a foreign key's check, and so deadlocks with whoever inserts a
# row that refers to the locked one (PostgreSQL manual, "Row-Level Locks"). Rows that are to be deleted need
# it; they are locked by the DELETE itself, or in SQL text.
PLAIN = re.compile(r"\.with_for_update\((?![^)]*key_share=True)")


def plain_locks(code: str) -> list[str]:
    return PLAIN.findall(code)


def test_no_service_locks_a_row_against_its_foreign_keys():
    files = sorted((ROOT / "services").rglob("*.py"))
    assert [str(path) for path in files if plain_locks(path.read_text(encoding="utf-8"))] == []
    assert any("key_share=True" in path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("planted", ["x.with_for_update()", "x.with_for_update(of=Ticket)"])
def test_a_planted_lock_is_found(planted: str):
    assert plain_locks(planted)
    assert not plain_locks("x.with_for_update(of=Ticket, key_share=True)")
