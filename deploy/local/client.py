"""Writes the page's API client anew: `python -m deploy.local.client`; no engine need run for it."""

from __future__ import annotations

import os
import subprocess
import sys

from deploy.local.options import ROOT
from deploy.local.page import WEB, CannotBuild, require_packages

# The document tells of no data: these only have to be well-formed.
_SETTINGS = {
    "ENVIRONMENT": "local",
    "DATABASE_URL": "postgresql+psycopg://127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": "0" * 48,
}


def main() -> int:
    """The API's document, then the types made of it; 1 where Node is missing."""
    document = [sys.executable, "-m", "services.ticket_api.openapi", str(WEB / "openapi.json")]
    subprocess.run(document, cwd=ROOT, env={**os.environ, **_SETTINGS}, check=True)
    try:
        require_packages()
    except CannotBuild as missing:
        print(f"· Only the document was written: {missing}")
        return 1
    return subprocess.run(["npm", "run", "--silent", "generate"], cwd=WEB, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
