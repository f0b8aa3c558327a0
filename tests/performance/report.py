"""Figures: kept as samples, told as medians, printed as a table, written as JSON."""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing: a sample per run, all in `unit`."""

    name: str
    unit: str
    samples: Sequence[float]

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
    table = Table(title=result.scenario, title_justify="left", title_style="bold")
    table.add_column("what")
    for heading in ("median", "lowest", "highest"):
        table.add_column(heading, justify="right")
    table.add_column("unit")
    for figure in result.figures:
        values = (figure.median, min(figure.samples), max(figure.samples))
        table.add_row(figure.name, *map(_readable, values), figure.unit)
    table.caption = ", ".join(f"{name} {value}" for name, value in result.parameters.items())
    Console().print(table)


def write_json(results: Sequence[Result], file: Path) -> None:
    """Write every sample, its median and the machine they were taken on."""
    document = {
        "machine": {
            "cores": len(os.sched_getaffinity(0)),
            "processor": platform.processor() or platform.machine(),
            "system": platform.platform(),
            "python": platform.python_version(),
        },
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


def _readable(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
