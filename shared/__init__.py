"""What every service imports; imports no service and no web framework."""

import sys

# Wherever rich is installed, structlog imports it for tracebacks in colour, which nobody here sees: 3 MiB of
# every process and 25 ms of its start. What draws with it (the command line, `make up`) imports it itself.
if "structlog" not in sys.modules and "rich" not in sys.modules:
    sys.modules["rich"] = None  # type: ignore[assignment] # import's own way to say that there is none
    try:
        import structlog  # noqa: F401 - imported here so that it finds none
    finally:
        del sys.modules["rich"]
