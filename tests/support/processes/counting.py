"""A program that increments metrics on request, for tests of metrics from several processes.

`python -m tests.support.processes.counting` serves, has one stream open, and obeys its standard
input line by line:
`count` counts a job here, `fork` one in a child that ends at once.
"""

from __future__ import annotations

import os
import sys

from shared.observability import metrics, metrics_server


def _count_in_a_child() -> None:
    child = os.fork()
    if child == 0:
        metrics.JOBS.labels("quota.check", "done").inc()
        os._exit(0)
    os.waitpid(child, 0)


def main() -> None:
    """Serve and obey until standard input ends."""
    metrics_server.serve()
    metrics.STREAMS.labels("sse").inc()
    print("ready", flush=True)  # noqa: T201 - how the test knows
    for line in sys.stdin:
        match line.strip():
            case "count":
                metrics.JOBS.labels("quota.check", "done").inc()
            case "fork":
                _count_in_a_child()
        print("done", flush=True)  # noqa: T201 - how the test knows


if __name__ == "__main__":
    main()
