"""`python -m deploy.cli`, which `.venv/bin/botmeni` starts."""

import logging
import sys

import structlog

from deploy.cli.program import main

# Commands say themselves, in a line, what goes wrong; libraries' notes of it would only stand in the way.
structlog.configure(
    wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL),
    logger_factory=structlog.PrintLoggerFactory(sys.stderr),
)
main(prog_name="botmeni")
