"""Figures: stored as samples, summed up as medians, printed as a table, written as JSON."""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import click

from deploy.terminal import table

_NUMBERS = ("median", "lowest", "highest")
_HEADINGS = ("what", *_NUMBERS, "unit")


@dataclass(frozen=True, slots=True)
class Point:
    """Where a figure stands in a plot of how cost grows: in which one, on which line, at how many tickets."""

    plot: str
    line: str
    tickets: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing: a sample per run, all in `unit`."""

    name: str
    unit: str
    samples: Sequence[float]
    point: Point | None = None

    @property
    def median(self) -> float:
        """The middle sample."""
        return statistics.median(self.samples)


@dataclass(slots=True)
class Result:
    """What a scenario found, and with what it was run."""

    scenario: str
    parameters: dict[str, int | str]
    figures: list[Figure] = field(default_factory=list)

    def add(self, name: str, unit: str, *samples: float) -> Figure:
        """Keep a figure."""
        figure = Figure(name, unit, samples)
        self.figures.append(figure)
        return figure

    def add_point(self, point: Point, unit: str, *samples: float) -> Figure:
        """Keep a figure that is measured at several sizes."""
        figure = Figure(f"{point.tickets:,}, {point.line}: {point.plot}", unit, samples, point)
        self.figures.append(figure)
        return figure

    def add_ratio(self, name: str, measured: Figure, floor: Figure) -> Figure:
        """Keep `measured` over `floor`, run by run."""
        pairs = zip(measured.samples, floor.samples, strict=True)
        return self.add(name, "×", *(above / below for above, below in pairs))


def percentile(samples: Sequence[float], percent: float) -> float:
    """The smallest sample that `percent` of all samples do not exceed (nearest rank)."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def show(result: Result) -> None:
    """Print a result as a table: median, and the range of the runs."""
    click.echo(click.style(result.scenario, bold=True))
    click.echo(table((_cells(figure) for figure in result.figures), _HEADINGS, right=frozenset(_NUMBERS)))
    click.echo(_parameters(result))


def write(results: Sequence[Result], file: Path) -> None:
    """Write every sample, its median and the machine they were taken on; the tables as Markdown beside it."""
    machine = {
        "cores": len(os.sched_getaffinity(0)),
        "processor": platform.processor() or platform.machine(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
    document = {
        "machine": machine,
        "results": [
            {
                "scenario": result.scenario,
                "parameters": result.parameters,
                "figures": [asdict(figure) | {"median": figure.median} for figure in result.figures],
            }
            for result in results
        ],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    lines = [", ".join(f"{name} {value}" for name, value in machine.items())]
    for result in results:
        lines += ["", f"## {result.scenario}", "", _parameters(result), ""]
        lines += [_row(_HEADINGS), _row("---:" if heading in _NUMBERS else "---" for heading in _HEADINGS)]
        lines += [_row(_cells(figure)) for figure in result.figures]
    file.with_suffix(".md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _parameters(result: Result) -> str:
    return ", ".join(f"{name} {value}" for name, value in result.parameters.items())


def _cells(figure: Figure) -> list[str]:
    values = (figure.median, min(figure.samples), max(figure.samples))
    return [figure.name, *map(_readable, values), figure.unit]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _readable(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
