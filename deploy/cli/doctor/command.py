"""The command: every check in turn, then what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict

import click
from rich.console import Console
from rich.markup import escape

from deploy.cli.command import FAILED, Command, json_option
from deploy.cli.doctor import broker, database, outside, work
from deploy.cli.doctor.finding import Check, Finding, State, skipped
from deploy.cli.output import print_json
from shared.config.settings import settings

# Asked only while the database answers; the second group only while its schema is this release's.
_OF_THE_DATABASE: tuple[Check, ...] = (database.bound, database.clock)
_OF_THE_SCHEMA: tuple[Check, ...] = (work.heartbeats, work.outbox)
_OF_THE_REST: tuple[Check, ...] = (
    broker.answering,
    outside.pictures,
    outside.mail,
    outside.issuer,
    outside.disk,
)

_MARKS = {State.OK: "[green]✓[/]", State.WRONG: "[red]✗[/]", State.SKIPPED: "[dim]–[/]"}


@click.command(cls=Command)
@json_option
def doctor(as_json: bool) -> None:
    """Check every dependency and setting; say what is wrong and what to do. Exit code 1 if something is."""
    settings()
    findings = []
    screen = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    for finding in examine():
        findings.append(finding)
        if not as_json:
            screen.print(f"{_MARKS[finding.state]} {escape(f'{finding.check}: {finding.said}')}")
            if finding.todo:
                screen.print(f"    [bold]→[/] {escape(finding.todo)}")
    if as_json:
        print_json([asdict(finding) for finding in findings])
    if any(finding.state is State.WRONG for finding in findings):
        raise click.exceptions.Exit(FAILED)


def examine() -> Iterator[Finding]:
    """Every finding, as it is made."""
    answer = list(database.reachable())
    yield from answer
    if any(finding.state is State.WRONG for finding in answer):
        yield skipped("schema, clock, jobs", "not looked at without the database")
    else:
        schema = list(database.migrated())
        yield from schema
        for check in _OF_THE_DATABASE:
            yield from check()
        if any(finding.state is State.WRONG for finding in schema):
            yield skipped("jobs", "not looked at with another schema")
        else:
            for check in _OF_THE_SCHEMA:
                yield from check()
    for check in _OF_THE_REST:
        yield from check()
