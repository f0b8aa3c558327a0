"""`botmeni audit` lists what operators did by hand, newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import click
from sqlalchemy import ColumnElement, select, tuple_

from deploy.cli.command import Command, Failed, json_option
from deploy.cli.output import print_note, print_rows
from deploy.cli.parameters import AGE, ID
from services.privacy.batches import pseudonym_of
from shared.clock import now
from shared.db.models import AuditEntry
from shared.db.transactions import transaction

_COLUMNS = ("created_at", "actor", "action", "store_id", "affected", "subjects", "detail")
_MAX_SUBJECTS = 2
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@click.command(cls=Command)
@click.option("--actor", help="By whom, as `--as` gave it.")
@click.option("--action", help="What was done, as jobs.requeue or erase.person.")
@click.option("--store", type=ID, help="About one store.")
@click.option(
    "--subject", help="Done to the job, person or other object with this id, even if it was erased."
)
@click.option("--newer-than", type=AGE, help="Done within the last 90s, 15m, 2h or 7d.")
@click.option("--after", type=ID, help="Continue with entries older than this one.")
@click.option("--limit", type=click.IntRange(1, 1_000), default=50, show_default=True, help="Most to list.")
@json_option
def audit(after: UUID | None, limit: int, as_json: bool, **filters: Any) -> None:
    """What operators did: when, who, what, and to how many things; newest first. JSON names all of them."""
    order = tuple_(AuditEntry.created_at, AuditEntry.id)
    newest = (AuditEntry.created_at.desc(), AuditEntry.id.desc())
    statement = select(AuditEntry).where(*_conditions(**filters)).order_by(*newest).limit(limit)
    with transaction() as session:
        if after is not None:
            cursor = session.get(AuditEntry, after)
            if cursor is None:
                raise Failed(f"No entry {after}.")
            statement = statement.where(order < tuple_(cursor.created_at, cursor.id))
        found = [_row(entry) for entry in session.scalars(statement)]
    rows = found if as_json else [{**row, "subjects": _abbreviated(row["subjects"])} for row in found]
    print_rows(rows, _COLUMNS, as_json=as_json, empty="No such entries.")
    if len(found) == limit and not as_json:
        print_note(f"There may be more: --after {found[-1]['id']}")


def _conditions(
    actor: str | None,
    action: str | None,
    store: UUID | None,
    subject: str | None,
    newer_than: timedelta | None,
) -> Iterator[ColumnElement[bool]]:
    if actor is not None:
        yield AuditEntry.actor == actor
    if action is not None:
        yield AuditEntry.action == action
    if store is not None:
        yield AuditEntry.store_id == store
    if subject is not None:
        # An export or erasure of a person or store names its pseudonym instead of its id.
        named = [subject, *([pseudonym_of(UUID(subject))] if _UUID.fullmatch(subject) else [])]
        yield AuditEntry.subjects.overlap(named)
    if newer_than is not None:
        yield AuditEntry.created_at > now() - newer_than


def _row(entry: AuditEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("id", *_COLUMNS)}


def _abbreviated(subjects: list[str]) -> str:
    more = len(subjects) - _MAX_SUBJECTS
    return ", ".join(subjects[:_MAX_SUBJECTS]) + (f" and {more} more" if more > 0 else "")
