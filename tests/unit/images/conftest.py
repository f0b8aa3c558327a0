"""The real decoding process, with the limits of production."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from services.images.decoding.sandbox import Sandbox
from tests.support.processes.decoding import LIMITS, Decoded, decode

Decode = Callable[[bytes], Decoded]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One for all tests of a worker: what one file does to it, the next would feel."""
    with Sandbox(LIMITS) as running:
        yield running


@pytest.fixture
def decoded(sandbox: Sandbox) -> Decode:
    """Decodes a file."""
    return lambda data: decode(sandbox, data)
