"""Folders for engines that live no longer than the program that needs them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new short-named folder, gone with its content after the block.

    Others may pass through it, not look into it: PostgreSQL may run as another account than ours.
    """
    with tempfile.TemporaryDirectory(prefix="botmeni-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder
