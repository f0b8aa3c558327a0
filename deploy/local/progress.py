"""What `make up` shows while it works: one line for each step, with the time it took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

_WIDTH_OF_FILES = 120


def console() -> Console:
    """The terminal, or a plain and wide page where the output goes to a file or a pipe."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=_WIDTH_OF_FILES)


@contextmanager
def step(screen: Console, text: str) -> Iterator[None]:
    """Show `text` as being done inside the block, then as done; an error leaves it marked as failed."""
    started = time.monotonic()
    try:
        with screen.status(text):
            yield
    except BaseException:
        screen.print(f"[red]✗[/] {text}")
        raise
    screen.print(f"[green]✓[/] {text} [dim]{time.monotonic() - started:.1f} s[/]")
