"""The folder of stored pictures, which can be made full: a small file system where one may be mounted."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEBIBYTES = 32
_PIECE = b"\0" * 65_536
_KINDS = ("original", "full", "thumb")


class ObjectFolder:
    """The folder; `limited` says that it is a file system with a size of its own."""

    def __init__(self, folder: Path, *, limited: bool) -> None:
        self.folder, self.limited = folder, limited
        self._filler = folder / "filler"

    @property
    def can_fill(self) -> bool:
        """Whether `fill` has an effect: root writes in any folder, so for root the folder must be limited."""
        return self.limited or os.geteuid() != 0

    def fill(self) -> None:
        """No further byte can be written."""
        if not self.limited:
            for kind in _KINDS:
                (self.folder / kind).mkdir(exist_ok=True)
                (self.folder / kind).chmod(0o500)
            return
        with self._filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(_PIECE)
            except OSError:
                return

    def free(self) -> None:
        """Files can be written again."""
        self._filler.unlink(missing_ok=True)
        for kind in _KINDS:
            if (self.folder / kind).exists():
                (self.folder / kind).chmod(0o700)

    def objects(self) -> dict[str, float]:
        """Every file, with its age's beginning: half-written ones too, which no listing shows."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.stat().st_mtime for path in files}

    def age(self, seconds: float) -> None:
        """Make every file look so much older."""
        for name, written in self.objects().items():
            os.utime(self.folder / name, (written - seconds, written - seconds))


@contextmanager
def object_folder_at(folder: Path) -> Iterator[ObjectFolder]:
    """A new folder, deleted at the end."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_MEBIBYTES}m,mode=700", "tmpfs", str(folder)]
    limited = (
        os.geteuid() == 0
        and shutil.which("mount") is not None
        and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    )
    try:
        yield ObjectFolder(folder, limited=limited)
    finally:
        if limited:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)
