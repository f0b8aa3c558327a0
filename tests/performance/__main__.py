"""`make bench`: measure scenarios, each beside its floor in the same run; print tables, write JSON."""

from __future__ import annotations

import importlib
import pkgutil
import signal
from pathlib import Path
from typing import Any, get_args

import click

from tests.performance import scenarios
from tests.performance.crew import Pool
from tests.performance.options import Options
from tests.performance.report import Result, show, write_json

NAMES = sorted(module.name for module in pkgutil.iter_modules(scenarios.__path__))


@click.command()
@click.argument("names", metavar="[SCENARIO]...", nargs=-1, type=click.Choice(NAMES))
@click.option("--json", "file", type=Path, default=Path("bench-results/bench.json"), show_default=True)
@click.option(
    "--repeat", type=click.IntRange(min=1), default=3, show_default=True, help="Runs of each figure."
)
@click.option("--size", type=click.IntRange(min=1), help="How much work; each scenario has its own default.")
@click.option(
    "--pool",
    type=click.Choice(get_args(Pool)),
    default="prefork",
    show_default=True,
    help="Celery's pool of the worker processes; prefork is what `make up` runs.",
)
@click.option(
    "--one-message-per-job", is_flag=True, help="pipeline: also with one Celery message for each job."
)
def main(names: tuple[str, ...], file: Path, **choices: Any) -> None:
    """Measure each SCENARIO (all when none is named) and write the figures to a file."""
    # As Ctrl-C does: processes are ended and the temporary folder goes.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options = Options(**choices)
    results: list[Result] = []
    for name in names or NAMES:
        result = importlib.import_module(f"{scenarios.__name__}.{name}").run(options)
        show(result)
        results.append(result)
        write_json(results, file)
    click.echo(f"Written to {file}")


main()
