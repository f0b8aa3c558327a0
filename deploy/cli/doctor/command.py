"""The command `botmeni doctor`: runs every check and prints the findings with their remedies."""

from __future__ import annotations

from collections.abc import Iterator

import click

from deploy.cli.command import FAILED, Command, json_option
from deploy.cli.doctor import broker, database, external, work
from deploy.cli.doctor.finding import Check, Finding, State, skipped
from deploy.cli.output import print_json
from shared.config.settings import settings

# The first group runs only if the database answers, the second only if its schema is of this release.
_DATABASE_CHECKS: tuple[Check, ...] = (database.row_security, database.clock)
_SCHEMA_CHECKS: tuple[Check, ...] = (work.heartbeats, work.outbox)
_OTHER_CHECKS: tuple[Check, ...] = (
    broker.available,
    broker.subscriptions,
    external.pictures,
    external.mail,
    external.issuer,
    external.disk,
)

_MARKS = {
    State.OK: click.style("✓", fg="green"),
    State.WRONG: click.style("✗", fg="red"),
    State.SKIPPED: click.style("–", dim=True),
}


@click.command(cls=Command)
@json_option
def doctor(as_json: bool) -> None:
    """Check every dependency and setting; say what is wrong and what to do. Exit code 1 if something is."""
    settings()
    findings = []
    for finding in examine():
        findings.append(finding)
        if not as_json:
            click.echo(f"{_MARKS[finding.state]} {finding.check}: {finding.message}")
            if finding.remedy:
                click.echo(f"    {click.style('→', bold=True)} {finding.remedy}")
    if as_json:
        print_json([finding.as_json() for finding in findings])
    if any(finding.state is State.WRONG for finding in findings):
        raise click.exceptions.Exit(FAILED)


def examine() -> Iterator[Finding]:
    """Run the checks and yield each finding at once."""
    reachable = list(database.reachable())
    yield from reachable
    if any(finding.state is State.WRONG for finding in reachable):
        yield skipped("schema, clock, jobs", "not looked at without the database")
    else:
        schema = list(database.migrated())
        yield from schema
        for check in _DATABASE_CHECKS:
            yield from check()
        if any(finding.state is State.WRONG for finding in schema):
            yield skipped("jobs", "not looked at with another schema")
        else:
            for check in _SCHEMA_CHECKS:
                yield from check()
    for check in _OTHER_CHECKS:
        yield from check()
