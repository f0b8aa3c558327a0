"""The programs of the system; none imports another."""

import shared  # noqa: F401 - before any of them imports structlog, as said there
