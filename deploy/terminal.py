"""Output for a terminal: tables that fit its width, steps with their time. Files and pipes get no colours."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import click
from prettytable import HRuleStyle, PrettyTable, VRuleStyle

_FILE_WIDTH = 140
_GAP = 1
"""Blanks behind a cell; where a vertical rule would be stands one more."""
_NARROWEST = 8


def table(
    rows: Iterable[Sequence[str]], header: Sequence[str] = (), *, right: frozenset[str] = frozenset()
) -> str:
    """Return `rows` as a table, under `header` and a line where there is one.

    Long cells are folded so that the table is as wide as the terminal at most, or 140 columns in a file or a
    pipe. The columns of the header named in `right` are aligned to the right.
    """
    cells = [list(row) for row in rows]
    names = list(header) or [f"column {number}" for number in range(max(map(len, cells), default=0))]
    made = PrettyTable(names, header=bool(header))
    made.add_rows(cells)
    made.align = "l"
    for name in right:
        made.align[name] = "r"
    made.border = True
    made.hrules = HRuleStyle.HEADER if header else HRuleStyle.NONE
    made.vrules = VRuleStyle.NONE
    made.horizontal_char = made.junction_char = "─"
    made.left_padding_width, made.right_padding_width = 0, _GAP
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _FILE_WIDTH
    made.max_width = dict(zip(names, _widths([*([names] if header else []), *cells], width), strict=True))
    # Without vertical rules a blank stands where the left one would.
    return "\n".join(line[1:].rstrip() for line in made.get_string().splitlines())


def _widths(lines: Sequence[Sequence[str]], limit: int) -> list[int]:
    """How wide each column may be: as its longest cell, the widest narrowed until all fit into `limit`."""
    widths = [max(len(click.unstyle(cell)) for cell in column) for column in zip(*lines, strict=True)]
    room = limit - len(widths) * (_GAP + 1) - 1
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


@contextmanager
def step(text: str) -> Iterator[None]:
    """Show `text` as running during the block, then as done with its seconds, or as failed if it raises."""
    started = time.monotonic()
    in_terminal = sys.stdout.isatty()
    if in_terminal:
        click.echo(f"… {text}", nl=False)
    # Back to the start of the line, and the line erased (ECMA-48, EL).
    again = "\r\x1b[K" if in_terminal else ""
    try:
        yield
    except BaseException:
        click.echo(f"{again}{click.style('✗', fg='red')} {text}")
        raise
    seconds = click.style(f"{time.monotonic() - started:.1f} s", dim=True)
    click.echo(f"{again}{click.style('✓', fg='green')} {text} {seconds}")
