"""What we run and build with is under licences somebody has agreed to; read from what is installed."""

from __future__ import annotations

import json
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import PurePosixPath

import pytest

from tests.architecture.source_tree import read

PYTHON_LOCK = PurePosixPath("requirements/development.txt")
NPM_LOCK = PurePosixPath("services/web/package-lock.json")

ALLOWED = frozenset(
    {
        *("0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "BSD", "CC0-1.0"),
        *("CC-BY-4.0", "CNRI-Python", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Python-2.0", "Unlicense"),
        "Zlib",
        # Used as they come, unchanged and replaceable: their terms end at their own files.
        *("LGPL-3.0-only", "LGPL-3.0-or-later", "MPL-2.0"),
    }
)
SAID_OTHERWISE = {
    "Apache": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""How older metadata calls them."""
READ_BY_HAND = {"promql-parser": "MIT"}
"""Those whose metadata names none; what their own licence file says."""
UMBRELLA = "OSI Approved"


def locked() -> list[str]:
    """Names of the pinned distributions."""
    return re.findall(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", read(PYTHON_LOCK))


def terms(expression: str) -> list[set[str]]:
    """An SPDX expression (annex D) as alternatives, each the licences that hold together."""
    for older, name in SAID_OTHERWISE.items():
        if "(" in older:
            expression = expression.replace(older, name)
    alternatives = re.split(r"\s+OR\s+", expression.replace("(", " ").replace(")", " ").strip())
    return [
        {SAID_OTHERWISE.get(name.strip(), name.strip()) for name in re.split(r"\s+AND\s+", one)}
        for one in alternatives
    ]


def licence_of(package: Distribution) -> str:
    """What a distribution says of itself: the expression, else its classifiers, else the field."""

    def lines_of(name: str) -> list[str]:
        return [str(line) for line in package.metadata.get_all(name) or []]

    classified = [line.split(" :: ")[-1] for line in lines_of("Classifier") if "License ::" in line]
    named = " AND ".join(name for name in classified if name != UMBRELLA)
    first_lines = [line.strip().partition("\n")[0] for line in lines_of("License")]
    return next(filter(None, [*lines_of("License-Expression"), named, *first_lines]), "")


def is_allowed(expression: str) -> bool:
    """Whether one of the alternatives holds nothing but allowed licences."""
    return any(one <= ALLOWED for one in terms(expression))


def test_every_python_package_is_under_an_allowed_licence():
    refused, missing = {}, []
    for name in locked():
        try:
            said = READ_BY_HAND.get(name) or licence_of(distribution(name))
        except PackageNotFoundError:
            missing.append(name)
        else:
            if not is_allowed(said):
                refused[name] = said
    assert refused == {}
    # Markers of other systems and Pythons leave a few out; more would mean that nothing was read.
    assert len(missing) < len(locked()) / 10, missing


def test_every_package_of_the_page_is_under_an_allowed_licence():
    packages = json.loads(read(NPM_LOCK))["packages"]
    said = {path: package.get("license", "") for path, package in packages.items() if path}
    assert len(said) > 100
    assert {path: licence for path, licence in said.items() if not is_allowed(licence)} == {}


@pytest.mark.parametrize(
    "expression", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "SSPL-1.0", "", "UNKNOWN"]
)
def test_a_licence_nobody_agreed_to_is_found(expression: str):
    assert not is_allowed(expression)


@pytest.mark.parametrize("expression", ["MIT", "GPL-2.0-only OR MIT", "MPL-2.0 AND (Apache-2.0 OR MIT)"])
def test_of_alternatives_one_is_enough(expression: str):
    assert is_allowed(expression)
