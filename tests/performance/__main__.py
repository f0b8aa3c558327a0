"""`make bench`: measure scenarios, each beside its floor in the same run; print tables, write files."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any, get_args

import click

from tests.performance.catalogue import NAMES, CannotMeasure, scenario
from tests.performance.options import Options
from tests.performance.plots import draw
from tests.performance.report import Result, show, write
from tests.performance.workers import Pool

_REPEAT = 3


@click.command()
@click.argument("names", metavar="[SCENARIO]...", nargs=-1, type=click.Choice(NAMES))
@click.option(
    "--json",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    default="bench-results/bench.json",
    show_default=True,
    help="Where the figures go; tables as Markdown and plots go beside it.",
)
@click.option("--repeat", type=click.IntRange(min=1), help=f"Runs of each figure: {_REPEAT}, in short one.")
@click.option("--size", type=click.IntRange(min=1), help="How much work; each scenario has its own default.")
@click.option("--short", is_flag=True, help="Everything, but little of it: the figures say nothing.")
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
def main(
    names: tuple[str, ...], file: Path, repeat: int | None, size: int | None, short: bool, **choices: Any
) -> None:
    """Measure each SCENARIO (all when none is named) and write the figures to files."""
    # As Ctrl-C does: processes are ended and the temporary folder goes.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    results: list[Result] = []
    for name in names or NAMES:
        chosen = scenario(name)
        options = Options(
            size=size or (chosen.SHORT if short else chosen.SIZE),
            repeat=repeat or (1 if short else _REPEAT),
            short=short,
            **choices,
        )
        try:
            results.append(chosen.run(options))
        except CannotMeasure as reason:
            if names:
                raise click.ClickException(str(reason)) from None
            click.echo(f"{name} is left out. {reason}")
        else:
            show(results[-1])
            write(results, file)
    if results:
        click.echo(f"Written to {file}; tables and {len(draw(file))} plots beside it")


main()
