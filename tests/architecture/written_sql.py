"""Which tables a piece of SQL writes, as it stands in Python: with holes where a value is put in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

HOLE = "\0"
"""What stands in a text for a value that the reader cannot tell."""
UNKNOWN = ""
"""The name of a table that the reader cannot tell."""

# A name, or where Python puts one: a hole, a field of `format`, a place of `%`, or the end of the text.
_NAME = rf'(?:"?public"?\s?\.\s?)?"?([\w{HOLE}]+|[{{%]|$)'
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
# Locks (FOR UPDATE), conflicts (DO UPDATE SET), merges (THEN UPDATE SET) and triggers (UPDATE ON) name none.
_WRITES = re.compile(
    rf"\b(?:INSERT INTO|MERGE INTO|DELETE FROM|(?<!FOR )(?<!KEY )(?<!DO )(?<!OR )UPDATE)"
    rf" (?:ONLY )?(?!OF\b|SET\b|ON\b){_NAME}",
    re.IGNORECASE,
)
_COPY = re.compile(rf'\bCOPY {_NAME}"? ?(?:\([^()]*\) ?)?FROM\b', re.IGNORECASE)
_TRUNCATE = re.compile(r"\bTRUNCATE (?:TABLE )?([^;]*)", re.IGNORECASE)
_TRUNCATED = re.compile(rf"(?:^|, ?)(?:ONLY )?{_NAME}", re.IGNORECASE)
_WRITING_FUNCTIONS = {"index_tickets": "ticket_documents"}


def tables_written(text: str, tables: Collection[str]) -> Iterator[str]:
    """Those of `tables` that SQL writes, in either case and with or without a schema, or `UNKNOWN`."""
    plain = re.sub(r"\s+", " ", _COMMENT.sub(" ", text))
    names = [*_WRITES.findall(plain), *_COPY.findall(plain)]
    for truncated in _TRUNCATE.findall(plain):
        names += _TRUNCATED.findall(truncated)
    for name in names:
        if name.lower() in tables:
            yield name.lower()
        elif name in {"", "{", "%"} or HOLE in name:
            yield UNKNOWN
    for function, table in _WRITING_FUNCTIONS.items():
        if re.search(rf"\b{function} ?\(", plain, re.IGNORECASE):
            yield table
