"""Reading what this process counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from prometheus_client import REGISTRY

Rise = Callable[[], float]


@pytest.fixture
def counted() -> Callable[..., Rise]:
    """`counted(metric, **labels)` begins to watch a sample; calling what it returns gives the rise since."""

    def watch(metric: str, **labels: str) -> Rise:
        def look() -> float:
            return REGISTRY.get_sample_value(metric, labels) or 0.0

        before = look()
        return lambda: look() - before

    return watch
