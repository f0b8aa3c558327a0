"""The scenarios there are: each a module of `scenarios` with the same three names."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol, cast

from tests.performance import scenarios
from tests.performance.options import Options
from tests.performance.report import Result

NAMES = sorted(module.name for module in pkgutil.iter_modules(scenarios.__path__))


class CannotMeasure(Exception):
    """This machine lacks what a scenario needs; the text says what."""


class Scenario(Protocol):
    """`SIZE` is how much work there usually is, `SHORT` as little as shows that it can be measured."""

    SIZE: int
    SHORT: int

    def run(self, options: Options) -> Result:
        """Measure, and the floor beside it. Raises `CannotMeasure`."""


def scenario(name: str) -> Scenario:
    """The scenario of this name."""
    return cast("Scenario", importlib.import_module(f"{scenarios.__name__}.{name}"))
