"""Temporary folders for engines that run only as long as the program that needs them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Create a folder with a short name, and delete it with its content after the block.

    Other users may enter it but not list it, because PostgreSQL may run as another account.
    """
    with tempfile.TemporaryDirectory(prefix="botmeni-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder
