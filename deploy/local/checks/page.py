"""Part of `make check`: types, style, layers and tests of the page, if Node is installed."""

from __future__ import annotations

import subprocess
import sys

from deploy.local.bootstrap.page import WEB, CannotBuild, require_packages


def main() -> int:
    """Return 1 if something is wrong; without Node, print that nothing was checked and return 0."""
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
