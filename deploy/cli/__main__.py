"""`python -m deploy.cli`, which `.venv/bin/botmeni` runs."""

import logging
import sys

import structlog

from deploy.cli.program import main

# Commands print a one-line message about each failure; log lines of libraries would only repeat it.
structlog.configure(
    wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL),
    logger_factory=structlog.PrintLoggerFactory(sys.stderr),
)
main(prog_name="botmeni")
