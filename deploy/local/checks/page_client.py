"""Generates the page's API client without any engine: `python -m deploy.local.checks.page_client`."""

from __future__ import annotations

import os
import subprocess
import sys

from deploy.local.bootstrap.page import WEB, CannotBuild, require_packages
from deploy.local.options import ROOT

# The document contains no data, so these settings only have to be well-formed.
_SETTINGS = {
    "ENVIRONMENT": "local",
    "DATABASE_URL": "postgresql+psycopg://127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": "0" * 48,
}


def main() -> int:
    """Write the API's OpenAPI document, then the types generated from it; return 1 if Node is missing."""
    document = [sys.executable, "-m", "deploy.local.checks.openapi_document", str(WEB / "openapi.json")]
    subprocess.run(document, cwd=ROOT, env={**os.environ, **_SETTINGS}, check=True)
    try:
        require_packages()
    except CannotBuild as missing:
        print(f"· Only the document was written: {missing}")
        return 1
    return subprocess.run(["npm", "run", "--silent", "generate"], cwd=WEB, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
