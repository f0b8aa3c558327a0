"""What may be stored in the repository: no secrets, no left-over marks, no path of one machine."""

import os
import re
from pathlib import PurePosixPath

import pytest

from tests.architecture.source_tree import ROOT, files, project_files, read

SECRET_NAMES = (
    ".env", "*.env", ".env.*", "*.pem", "*.key", "*.p12", "*.pfx", "*.jks", "id_rsa*", "id_ed25519*",
    "secret*.json", "secret*.yaml", "secret*.yml", "*credentials*",
)  # fmt: skip
PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
LEFT_OVER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
# An exception to a check names the check and, after it, gives the reason.
BARE_EXCEPTION = re.compile(
    r"#\s*(?:no" r"qa(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[^]]*])?)\s*$"
)
CODE = (".py", ".ts", ".tsx", ".sh", ".sql", ".toml", ".yaml", ".yml", ".md")


def may_be_secret(path: PurePosixPath) -> bool:
    return path.name != ".env.example" and any(path.match(pattern) for pattern in SECRET_NAMES)


def lines_matching(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    """`path:line` of every line of the project's files that the pattern is found in."""
    return [
        f"{path}:{number}"
        for path in files(*suffixes)
        for number, line in enumerate(read(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_has_the_name_of_a_secret():
    assert not [path for path in project_files() if may_be_secret(path)]


def test_no_file_holds_a_private_key():
    assert not lines_matching(PRIVATE_KEY, *CODE, ".json", ".txt")


def test_what_is_missing_is_an_issue_not_a_mark():
    assert not lines_matching(LEFT_OVER, *CODE)


def test_every_exception_to_a_check_gives_its_reason():
    assert not lines_matching(BARE_EXCEPTION, ".py")


def test_no_file_names_the_folder_it_was_written_in():
    assert not lines_matching(re.compile(re.escape(str(ROOT)) + r"\b"), *CODE, ".json", ".txt")


def test_continuous_integration_runs_what_a_developer_types():
    script = ROOT / ".ci" / "run"
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if line.startswith("make ")]
    assert commands == ["make test", "make check", "make bench ARGS=--short"]
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("name", [".env", "deploy/prod.env", ".env.local", "deploy/tls.key", "secrets.yaml"])
def test_a_planted_secret_is_found(name: str):
    assert may_be_secret(PurePosixPath(name))


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (PRIVATE_KEY, "-----BEGIN " + "EC PRIVATE KEY-----"),
        (LEFT_OVER, "# TO" + "DO: later"),
        (LEFT_OVER, "// FIX" + "ME"),
        (LEFT_OVER, "<!-- XX" + "X -->"),
        (BARE_EXCEPTION, "run(command)  # no" + "qa: S603"),
        (BARE_EXCEPTION, "run(command)  # no" + "qa"),
        (BARE_EXCEPTION, "f(x)  # type:" + " ignore[arg-type]"),
    ],
)
def test_a_planted_line_is_found(pattern: re.Pattern[str], line: str):
    assert pattern.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "run(command)  # no" + "qa: S603 - the command is a constant",
        "f(x)  # type:" + " ignore[arg-type]  # the stub is older than the library",
    ],
)
def test_a_reason_is_enough(line: str):
    assert not BARE_EXCEPTION.search(line)
