"""How cost grows with size, drawn from a file of figures: a plot by measure, a line for each thing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

_INCHES = (9, 6)

Line = list[tuple[int, float, float, float]]
"""Number of tickets; median, lowest and highest of what was measured among so many."""


def draw(file: Path) -> list[Path]:
    """Draw what `report.write` wrote to `file` as SVG files beside it: those made, none for a single size."""
    document = json.loads(file.read_text(encoding="utf-8"))
    made = []
    for result in document["results"]:
        plots: defaultdict[tuple[str, str], defaultdict[str, Line]] = defaultdict(lambda: defaultdict(list))
        for figure in result["figures"]:
            if point := figure["point"]:
                samples = figure["samples"]
                spread = (figure["median"], min(samples), max(samples))
                plots[point["plot"], figure["unit"]][point["line"]].append((point["tickets"], *spread))
        for (plot, unit), lines in plots.items():
            if all(len(line) > 1 for line in lines.values()):
                made.append(file.with_name(f"{result['scenario']}-{plot.replace(' ', '-')}.svg"))
                _draw(made[-1], f"{result['scenario']}: {plot}", unit, lines)
    return made


def _draw(file: Path, title: str, unit: str, lines: Mapping[str, Line]) -> None:
    """Tickets by powers of ten, cost from nothing: what doesn't grow with the tickets is level."""
    drawing = Figure(figsize=_INCHES, layout="constrained")
    axes: Any = drawing.add_subplot(title=title, xlabel="tickets", ylabel=unit, xscale="log")
    sizes: set[int] = set()
    for name, line in lines.items():
        tickets, medians, lowest, highest = zip(*sorted(line), strict=True)
        sizes.update(tickets)
        drawn = axes.plot(tickets, medians, marker="o", label=name)
        axes.fill_between(tickets, lowest, highest, color=drawn[0].get_color(), alpha=0.15)
    axes.set_xticks(sorted(sizes), labels=[f"{size:,}" for size in sorted(sizes)])
    axes.minorticks_off()
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    drawing.legend(loc="outside lower center", ncols=3)
    # Text as text: it can be searched, and takes a tenth of the room.
    with rc_context({"svg.fonttype": "none"}):
        drawing.savefig(file)
