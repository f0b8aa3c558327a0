"""`botmeni jobs` lists the jobs of the outbox, requeues them, and discards them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import click
from sqlalchemy.orm import Session

from deploy.cli.command import Group, actor_option, confirm, json_option, yes_option
from deploy.cli.output import age, print_json, print_note, print_rows
from deploy.cli.parameters import AGE, ID
from shared.clock import now
from shared.db import audit
from shared.db.transactions import transaction
from shared.messaging.outbox import admin
from shared.messaging.outbox.admin import BATCH, JobFilter, State

_MAX_ID = 2**63 - 1

Action = Callable[[Session, JobFilter, int, int], list[int]]
F = TypeVar("F", bound=Callable[..., Any])


@click.group(cls=Group)
def jobs() -> None:
    """The outbox: jobs that wait, are tried again, or are dead."""


def filter_options(command: F) -> F:
    """Add the options that select jobs."""
    for option in (
        click.option("--older-than", type=AGE, help="Made longer ago than 90s, 15m, 2h or 7d."),
        click.option("--store", type=ID, help="Of one store."),
        click.option("--consumer", help="Of one consumer, as `jobs summary` names it."),
        click.option("--waiting", is_flag=True, help="Jobs that were not tried yet."),
        click.option("--retrying", is_flag=True, help="Jobs that failed and are retried automatically."),
        click.option("--dead", is_flag=True, help="Jobs that were given up."),
        click.argument("ids", nargs=-1, type=click.IntRange(1, _MAX_ID)),
    ):
        command = option(command)
    return command


@jobs.command()
@json_option
def summary(as_json: bool) -> None:
    """How many jobs each consumer has, by state, and the age of the oldest."""
    with transaction() as session:
        found = admin.summary(session)
    rows: list[dict[str, Any]] = [
        {"consumer": consumer, "state": state, "jobs": many, "oldest": oldest}
        for consumer, state, many, oldest in found
    ]
    if not as_json:
        rows = [{**row, "oldest": age(row["oldest"])} for row in rows]
    print_rows(rows, ("consumer", "state", "jobs", "oldest"), as_json=as_json, empty="No jobs: all is done.")


@jobs.command("list")
@filter_options
@click.option("--after", type=click.IntRange(0, _MAX_ID), default=0, help="Continue after this job id.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Most to list.")
@json_option
def list_jobs(after: int, limit: int, as_json: bool, **filters: Any) -> None:
    """Jobs with their errors, oldest id first; without a state, all of them."""
    choice = _choice(frozenset(State), **filters)
    with transaction() as session:
        found = admin.page(session, choice, after, limit)
    columns = ("id", "consumer", "event", "state", "store_id", "created_at", "attempts", "last_error")
    print_rows((row._asdict() for row in found), columns, as_json=as_json, empty="No such jobs.")
    if len(found) == limit and not as_json:
        print_note(f"There may be more: --after {found[-1].id}")


@jobs.command()
@filter_options
@click.option("--limit", type=click.IntRange(1), help="Move no more than this many.")
@yes_option
@actor_option
@json_option
def requeue(limit: int | None, yes: bool, actor: str, as_json: bool, **filters: Any) -> None:
    """Retry jobs now, with a new set of attempts.

    Without a state: those that are dead. Jobs under way are left alone.
    """
    choice = _choice(frozenset({State.DEAD}), **filters)
    _apply("requeue", admin.requeue, choice, limit, actor=actor, yes=yes, as_json=as_json)


@jobs.command()
@filter_options
@click.option("--limit", type=click.IntRange(1), help="Throw away no more than this many.")
@yes_option
@actor_option
@json_option
def discard(limit: int | None, yes: bool, actor: str, as_json: bool, **filters: Any) -> None:
    """Throw jobs away for good: what they would have done will not happen.

    Without a state: those that are dead. Jobs under way are left alone.
    """
    choice = _choice(frozenset({State.DEAD}), **filters)
    _apply("discard", admin.discard, choice, limit, actor=actor, yes=yes, as_json=as_json)


def _choice(
    default: frozenset[State],
    *,
    ids: tuple[int, ...],
    consumer: str | None,
    store: UUID | None,
    older_than: timedelta | None,
    **states: bool,
) -> JobFilter:
    selected = frozenset(State(name) for name, is_set in states.items() if is_set)
    return JobFilter(
        states=selected or default,
        consumer=consumer,
        store_id=store,
        created_before=now() - older_than if older_than is not None else None,
        ids=ids,
    )


def _apply(  # noqa: PLR0913 - the parameters of the commands
    name: str, action: Action, choice: JobFilter, limit: int | None, *, actor: str, yes: bool, as_json: bool
) -> None:
    with transaction() as session:
        found = admin.count(session, choice)
    count = found if limit is None else min(found, limit)
    if count:
        states = ", ".join(sorted(choice.states))
        confirm(f"{name.capitalize()} {count} of {found} jobs ({states})?", yes=yes)
    moved = _in_batches(name, action, choice, count, actor)
    if as_json:
        print_json({"found": found, "moved": moved})
    else:
        print_note(f"{moved} jobs: {name} done; it is in the audit log." if moved else "No such jobs.")
        if moved < count:
            print_note(f"{count - moved} were taken by workers meanwhile, or are under way.")


def _in_batches(name: str, action: Action, choice: JobFilter, count: int, actor: str) -> int:
    """Commit each batch together with its audit entry, so that an interrupted run is recorded too."""
    moved = last = 0
    while moved < count:
        with transaction() as session:
            ids = action(session, choice, last, min(BATCH, count - moved))
            if ids:
                audit.record(
                    session, actor, f"jobs.{name}", ids, store_id=choice.store_id, detail=_detail(choice)
                )
        if not ids:
            break
        moved, last = moved + len(ids), ids[-1]
    return moved


def _detail(choice: JobFilter) -> dict[str, Any]:
    return {"states": sorted(choice.states), "consumer": choice.consumer}
