"""The progress of `make up` in the terminal: one line for each step, with the time it took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

_FILE_WIDTH = 120


def console() -> Console:
    """Return the terminal, or plain output of a fixed width if it goes to a file or a pipe."""
    terminal = Console(highlight=False)
    return terminal if terminal.is_terminal else Console(highlight=False, width=_FILE_WIDTH)


@contextmanager
def step(screen: Console, text: str) -> Iterator[None]:
    """Show `text` as running during the block, then as done, or as failed if the block raises."""
    started = time.monotonic()
    try:
        with screen.status(text):
            yield
    except BaseException:
        screen.print(f"[red]✗[/] {text}")
        raise
    screen.print(f"[green]✓[/] {text} [dim]{time.monotonic() - started:.1f} s[/]")
