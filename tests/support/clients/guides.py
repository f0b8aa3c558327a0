"""A page's shell blocks, run as a reader would run them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_BASH = shutil.which("bash")
SYSTEM_PATH = f"{Path(_BASH or '').parent}:/usr/local/bin:/usr/bin:/bin"


def blocks(page: Path) -> list[str]:
    """The page's blocks marked `sh`, in their order."""
    return re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def printed(
    page: Path,
    folder: Path,
    environment: Mapping[str, str],
    *,
    before: str = "",
    cwd: Path | None = None,
    seconds: float = 120,
) -> str:
    """What the blocks print, one after another in `cwd` (none: `folder`), traced; `before` stands in front.

    The script is written into `folder`. Fails where a command does.
    """
    assert _BASH, "the pages are written for bash"
    script = folder / "page.sh"
    script.write_text(f"set -euo pipefail\n{before}set -x\n" + "\n".join(blocks(page)), encoding="utf-8")
    done = subprocess.run(
        [_BASH, str(script)],
        cwd=cwd or folder,
        env={"PATH": SYSTEM_PATH, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout
