"""Part of `make check`: the page's types, style, layers and tests, where Node is there to check them."""

from __future__ import annotations

import subprocess
import sys

from deploy.local.bootstrap.page import WEB, CannotBuild, require_packages


def main() -> int:
    """1 where something is wrong; where Node is missing, one line that says so."""
    try:
        require_packages()
    except CannotBuild as missing:
        print(f"· The page is not checked: {missing}")
        return 0
    checks = (
        ["npx", "--no-install", "tsc", "--noEmit"],
        ["npm", "run", "--silent", "lint"],
        ["npm", "run", "--silent", "test"],
    )
    return max(subprocess.run(check, cwd=WEB, check=False).returncode for check in checks)


if __name__ == "__main__":
    sys.exit(main())
