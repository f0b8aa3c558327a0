"""`botmeni jobs`: what waits, is tried again or is dead; putting it back, throwing it away."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import click
from sqlalchemy.orm import Session

from deploy.cli.command import ID, Group, actor_option, confirm, json_option, yes_option
from deploy.cli.output import age, print_json, say, show
from shared.clock import now
from shared.db import audit
from shared.db.transactions import transaction
from shared.messaging.outbox import admin
from shared.messaging.outbox.admin import BATCH, Choice, State

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_OLDEST = timedelta(days=36_500)
_GREATEST_ID = 2**63 - 1

Move = Callable[[Session, Choice, int, int], list[int]]
F = TypeVar("F", bound=Callable[..., Any])


class Age(click.ParamType[timedelta]):
    """A time as 90s, 15m, 2h or 7d."""

    name = "age"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The time; fails with what was expected."""
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"(\d{1,6})([smhd])", value)
        if found is None:
            self.fail(f"{value!r} is no age; write 90s, 15m, 2h or 7d.", param, ctx)
        meant = timedelta(**{_UNITS[found[2]]: int(found[1])})
        if meant > _OLDEST:
            self.fail(f"{value!r} is too long ago; write {_OLDEST.days}d or less.", param, ctx)
        return meant


@click.group(cls=Group)
def jobs() -> None:
    """The outbox: jobs that wait, are tried again, or are dead."""


def choosing(command: F) -> F:
    """Adds the options that choose jobs."""
    for option in (
        click.option("--older-than", type=Age(), help="Made longer ago than 90s, 15m, 2h or 7d."),
        click.option("--store", type=ID, help="Of one store."),
        click.option("--consumer", help="Of one consumer, as `jobs summary` names it."),
        click.option("--waiting", is_flag=True, help="Jobs that were not tried yet."),
        click.option("--retrying", is_flag=True, help="Jobs that failed and come back by themselves."),
        click.option("--dead", is_flag=True, help="Jobs that were given up."),
        click.argument("ids", nargs=-1, type=click.IntRange(1, _GREATEST_ID)),
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
    show(rows, ("consumer", "state", "jobs", "oldest"), as_json=as_json, empty="No jobs: all is done.")


@jobs.command("list")
@choosing
@click.option("--after", type=click.IntRange(0, _GREATEST_ID), default=0, help="Go on behind this job id.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Most to list.")
@json_option
def list_jobs(after: int, limit: int, as_json: bool, **chosen: Any) -> None:
    """Jobs with their errors, oldest id first; without a state, all of them."""
    choice = _choice(frozenset(State), **chosen)
    with transaction() as session:
        found = admin.page(session, choice, after, limit)
    columns = ("id", "consumer", "event", "state", "store_id", "created_at", "attempts", "last_error")
    show((row._asdict() for row in found), columns, as_json=as_json, empty="No such jobs.")
    if len(found) == limit and not as_json:
        say(f"There may be more: --after {found[-1].id}")


@jobs.command()
@choosing
@click.option("--limit", type=click.IntRange(1), help="Move no more than this many.")
@yes_option
@actor_option
@json_option
def requeue(limit: int | None, yes: bool, actor: str, as_json: bool, **chosen: Any) -> None:
    """Let jobs be tried again now, with all their attempts before them.

    Without a state: those that are dead. Jobs under way are left alone.
    """
    choice = _choice(frozenset({State.DEAD}), **chosen)
    _move("requeue", admin.requeue, choice, limit, actor=actor, yes=yes, as_json=as_json)


@jobs.command()
@choosing
@click.option("--limit", type=click.IntRange(1), help="Throw away no more than this many.")
@yes_option
@actor_option
@json_option
def discard(limit: int | None, yes: bool, actor: str, as_json: bool, **chosen: Any) -> None:
    """Throw jobs away for good: what they would have done will not happen.

    Without a state: those that are dead. Jobs under way are left alone.
    """
    choice = _choice(frozenset({State.DEAD}), **chosen)
    _move("discard", admin.discard, choice, limit, actor=actor, yes=yes, as_json=as_json)


def _choice(
    default: frozenset[State],
    *,
    ids: tuple[int, ...],
    consumer: str | None,
    store: UUID | None,
    older_than: timedelta | None,
    **states: bool,
) -> Choice:
    named = frozenset(State(name) for name, wanted in states.items() if wanted)
    return Choice(
        states=named or default,
        consumer=consumer,
        store_id=store,
        created_before=now() - older_than if older_than is not None else None,
        ids=ids,
    )


def _move(  # noqa: PLR0913 - what the command was given
    name: str, move: Move, choice: Choice, limit: int | None, *, actor: str, yes: bool, as_json: bool
) -> None:
    with transaction() as session:
        found = admin.count(session, choice)
    most = found if limit is None else min(found, limit)
    if most:
        states = ", ".join(sorted(choice.states))
        confirm(f"{name.capitalize()} {most} of {found} jobs ({states})?", yes=yes)
    moved = _in_batches(name, move, choice, most, actor)
    if as_json:
        print_json({"found": found, "moved": moved})
    else:
        say(f"{moved} jobs: {name} done; it is in the audit log." if moved else "No such jobs.")
        if moved < most:
            say(f"{most - moved} were taken by workers meanwhile, or are under way.")


def _in_batches(name: str, move: Move, choice: Choice, most: int, actor: str) -> int:
    """Each batch with its entry in the audit log; ended in the middle, what was done is written down."""
    moved = last = 0
    while moved < most:
        with transaction() as session:
            ids = move(session, choice, last, min(BATCH, most - moved))
            if ids:
                audit.record(
                    session, actor, f"jobs.{name}", ids, store_id=choice.store_id, detail=_told(choice)
                )
        if not ids:
            break
        moved, last = moved + len(ids), ids[-1]
    return moved


def _told(choice: Choice) -> dict[str, Any]:
    return {"states": sorted(choice.states), "consumer": choice.consumer}
