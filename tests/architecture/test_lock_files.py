"""Lock files pin every version with a hash and name no registry, so that any mirror can serve them."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.architecture.source_tree import project_files, read

REQUIREMENTS = [path for path in project_files() if path.parts[0] == "requirements"]
# A scheme, or an option of the installer other than those that name files of ours and hashes.
ADDRESS = re.compile(r"://|^\s*-(?!(?:r|c) [\w.-]+$|-hash=)")
# The domains of the Python and npm registries, by digest, so that this file names none either.
REGISTRIES = {
    "a4aa2ac280bb8d1a",
    "8b5bb5eb9d758455",
    "8743857e3ea00fd1",
    "3ca29e55be4befa4",
    "87d14f070cb96869",
}
DOMAIN = re.compile(r"[a-z0-9-]+\.(?:org|com)(?![\w-])", re.IGNORECASE)
ELSEWHERE = "https://shop.example"
WITH_ADDRESSES_ALWAYS = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "yarn.lock", "pnpm-lock.yaml"}


def requirements(text: str) -> Iterator[str]:
    """Each requirement of a compiled file on one line, its hashes included, comments left out."""
    joined = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n?", "", text))
    return (line.strip() for line in joined.splitlines() if line.strip())


def is_pinned(requirement: str) -> bool:
    return bool(re.match(r"[\w.-]+(\[[\w,-]+])?==\S+.*--hash=sha256:[0-9a-f]{64}", requirement))


@pytest.mark.parametrize("path", [path for path in REQUIREMENTS if path.suffix == ".txt"], ids=str)
def test_every_requirement_is_pinned_with_hashes(path):
    found = list(requirements(read(path)))
    assert found
    assert not [requirement for requirement in found if not is_pinned(requirement)]


@pytest.mark.parametrize("path", [path for path in REQUIREMENTS if path.suffix == ".in"], ids=str)
def test_the_lock_file_was_compiled_from_its_source(path):
    """Every exact version asked for is the one that is locked."""
    asked = re.findall(r"(?m)^([\w.-]+)(?:\[[\w,-]+])?(==\S+)", read(path))
    locked = read(path.with_suffix(".txt"))
    assert asked
    assert not [name for name, version in asked if not re.search(rf"(?m)^{name}(\[.*])?{version}\s", locked)]


def test_no_python_lock_file_names_a_registry():
    assert not [
        f"{path}: {line}" for path in REQUIREMENTS for line in read(path).splitlines() if ADDRESS.search(line)
    ]


def fetched_from(text: str) -> list[str]:
    """Where a lock file of npm says that packages come from."""
    return [package["resolved"] for package in json.loads(text)["packages"].values() if "resolved" in package]


def test_no_npm_lock_file_names_a_registry():
    locks = [path for path in project_files() if path.name == "package-lock.json"]
    assert locks
    assert not [path for path in locks if fetched_from(read(path))]


def digest(domain: str) -> str:
    return hashlib.sha256(domain.lower().encode()).hexdigest()[:16]


def registries(text: str, known: set[str] = REGISTRIES) -> set[str]:
    """The digests of registries' domains that a text names."""
    return {digest(domain) for domain in DOMAIN.findall(text)} & known


def test_no_file_names_a_registrys_host():
    found = []
    for path in project_files():
        try:
            found += [str(path)] if registries(read(path)) else []
        except UnicodeDecodeError:  # pictures and fonts
            continue
    assert not found


@pytest.mark.parametrize("host", ["example.org", "files.EXAMPLE.org", "example.org/a"])
def test_a_planted_host_is_found(host: str):
    assert registries(f"They come from {host}, or", {digest("example.org")})


def test_no_lock_file_of_a_kind_that_always_names_one():
    assert not [path for path in project_files() if path.name in WITH_ADDRESSES_ALWAYS]


def test_no_tool_is_configured_with_a_registry():
    configured = [path for path in project_files() if path.name in {".npmrc", "pip.conf", "uv.toml"}]
    assert not [path for path in configured if "://" in read(path)]
    assert "uv" not in tomllib.loads(read(PurePosixPath("pyproject.toml")))["tool"]


@pytest.mark.parametrize(
    "line", [f"--some-option {ELSEWHERE}", "-x here", "--option=here", f"demo @ {ELSEWHERE}"]
)
def test_a_planted_address_is_found(line: str):
    assert ADDRESS.search(line)


def test_a_planted_npm_address_is_found():
    planted = {"packages": {"a": {"resolved": ELSEWHERE}, "b": {}}}
    assert fetched_from(json.dumps(planted)) == [ELSEWHERE]


@pytest.mark.parametrize("requirement", ["flask", "flask>=3", "flask==3.1.3", "flask==3.1.3 --hash=md5:00"])
def test_a_loose_requirement_is_found(requirement: str):
    assert not is_pinned(requirement)
