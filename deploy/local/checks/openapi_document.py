"""The OpenAPI document as a file: `python -m deploy.local.checks.openapi_document FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from services.ticket_api.app import create_app


def document() -> bytes:
    """The document as served at `/openapi.json`, indented and in a stable order."""
    answer = create_app().test_client().get("/openapi.json")
    return msgspec.json.format(msgspec.json.encode(answer.json, order="sorted"), indent=2) + b"\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(document())
