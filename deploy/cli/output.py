"""The output of commands: tables or JSON on standard output, notes on standard error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import click
import msgspec

from deploy.terminal import table
from shared.clock import now


def print_note(text: str) -> None:
    """Print a line for people on standard error, so that it is not part of any JSON."""
    click.echo(text, err=True)


def print_rows(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool, empty: str
) -> None:
    """Print a table of `columns`, or a JSON array of whole rows; without rows, print `empty`."""
    found = [dict(row) for row in rows]
    if as_json:
        print_json(found)
        return
    if not found:
        print_note(empty)
        return
    cells = ([cell(row[column]) for column in columns] for row in found)
    click.echo(table(cells, [column.replace("_", " ") for column in columns]))


def print_values(values: Mapping[str, Any], *, as_json: bool) -> None:
    """Print one object: a line for each value, or a JSON object."""
    if as_json:
        print_json(dict(values))
        return
    click.echo(
        table([click.style(name.replace("_", " "), dim=True), cell(value)] for name, value in values.items())
    )


def print_json(value: Any) -> None:
    """Print indented JSON, with ids and times in the format of the API."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def cell(value: Any) -> str:
    """Return a value as text for people."""
    match value:
        case None:
            return "—"
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}"
        case list() | tuple():
            return ", ".join(map(cell, value))
        case _:
            return str(value)


def age(moment: datetime) -> str:
    """Return how long ago `moment` was, in the largest unit that fits."""
    seconds = max(0, int((now() - moment).total_seconds()))
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
