"""The Dockerfile: nobody runs as root, nothing is of no version, everything copied is there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import PurePosixPath

import pytest

from deploy.local.options import ROOT
from deploy.start import main as start
from shared.messaging.routes import CONSUMER_MODULES
from tests.contract.deployment.manifests import DOCKER, unknown_settings, unpinned

TEXT = (DOCKER / "Dockerfile").read_text(encoding="utf-8")

# Whatever the programs import, by name of distribution.
IMPORTED = """
import importlib, sys
from importlib import metadata
for name in sys.argv[1:]:
    importlib.import_module(name)
of = metadata.packages_distributions()
print(*{found for name in list(sys.modules) for found in of.get(name.partition(".")[0], ())})
"""
MODULES = [
    "deploy.start",
    "deploy.health",
    "deploy.cli.program",
    "deploy.flower.__main__",
    "flower.command",
    "granian.cli",
    "services.ticket_api.app",
    "services.notifier.stream.app",
    "services.images.decoding.child",
    *CONSUMER_MODULES,
    "shared.messaging.celery_app",
    "shared.messaging.outbox.relay",
    "shared.db.migrations",
    "alembic.command",
]
# Used where it happens to be there (by attrs' users, SQLAlchemy, structlog, pyvips' cffi; the last by
# the Redis client, where OpenTelemetry is); none is asked for.
WHERE_PRESENT = {
    "attrs",
    "greenlet",
    "pygments",
    "rich",
    "setuptools",
    *metadata.packages_distributions()["opentelemetry"],
    "psutil",
}


def instructions(text: str) -> list[tuple[str, str]]:
    """(instruction, rest) of each line, continued lines joined, comments gone."""
    joined = re.sub(r"\\\n\s*", "", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in joined.splitlines()) if word]


def stages(text: str) -> list[list[tuple[str, str]]]:
    """The instructions of each stage, the last one being the image."""
    found: list[list[tuple[str, str]]] = []
    for word, rest in instructions(text):
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest))
    return found


def not_pinned(text: str) -> list[str]:
    return unpinned(rest.split()[0] for word, rest in instructions(text) if word == "FROM")


def runs_as_root(text: str) -> bool:
    users = [rest for word, rest in stages(text)[-1] if word == "USER"]
    return not users or users[-1].split(":")[0] in ("root", "0")


def copied_from_nowhere(text: str) -> list[str]:
    """What is copied from the project and is not there, or is left out by .dockerignore."""
    let_in = re.findall(r"(?m)^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"))
    sources = [
        source
        for word, rest in instructions(text)
        if word == "COPY" and not rest.startswith("--from=")
        for source in rest.split()[:-1]
    ]
    return [
        source
        for source in sources
        if not (ROOT / source).exists()
        or not any(PurePosixPath(source).is_relative_to(allowed) for allowed in let_in)
    ]


def test_base_images_are_pinned():
    assert not_pinned(TEXT) == []


def test_it_does_not_run_as_root():
    assert runs_as_root(TEXT) is False


def test_what_is_copied_is_there():
    assert copied_from_nowhere(TEXT) == []


def test_planted_mistakes_are_found():
    assert not_pinned(TEXT.replace("python:3.11.14-slim-bookworm", "python:latest")) == ["python:latest"] * 2
    assert runs_as_root(TEXT.replace("USER 10001:10001", "USER root"))
    assert runs_as_root(TEXT.replace("USER 10001:10001\n", ""))
    assert copied_from_nowhere(TEXT.replace("COPY shared ", "COPY sharde ")) == ["sharde"]
    assert copied_from_nowhere(TEXT.replace("COPY shared ", "COPY tests ")) == ["tests"]


def test_packages_are_the_locked_ones_of_the_run_time_alone():
    installs = [rest for word, rest in instructions(TEXT) if word == "RUN" and " install " in rest]
    files = {name for rest in installs for name in re.findall(r"-r (\S+)", rest)}
    assert files == {f"/requirements/{name}.txt" for name in ("bootstrap", "runtime", "tracing")}
    only_if_asked_for = '[ "$TRACING" != yes ] || '
    assert [rest.startswith(only_if_asked_for) for rest in installs if "tracing.txt" in rest] == [True]
    assert all(rest.count("--require-hashes") == rest.count(" -r ") for rest in installs)
    image = [rest for word, rest in stages(TEXT)[-1] if word == "RUN"]
    assert not [rest for rest in image if "pip" in rest or "npm" in rest or "apt" in rest]


def test_no_program_imports_more_than_the_run_time_packages():
    names = subprocess.run(
        [sys.executable, "-c", IMPORTED, *MODULES], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    lock = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    locked = {name.replace(".", "-") for name in re.findall(r"(?m)^([a-z0-9._-]+)(?:\[.*?\])?==", lock)}
    used = {re.sub(r"[._]", "-", name.lower()) for name in names}
    assert "celery" in used
    assert used - locked - WHERE_PRESENT == set()


def test_it_starts_the_api_and_asks_for_its_health():
    last_stage = dict(stages(TEXT)[-1])
    assert json.loads(last_stage["ENTRYPOINT"]) == ["python", "-m", "deploy.start"]
    (default,) = json.loads(last_stage["CMD"])
    assert default in start.commands
    assert last_stage["HEALTHCHECK"].endswith(json.dumps(["python", "-m", "deploy.health", default]))


def test_its_variables_are_known():
    pairs = re.findall(r"(\w+)=(\S+)", dict(stages(TEXT)[-1])["ENV"])
    assert unknown_settings(name for name, _ in pairs) == set()
    assert unknown_settings(["GRANIAN_PROT"]) == {"GRANIAN_PROT"}


def test_the_command_line_is_on_the_path():
    script = DOCKER / "botmeni"
    assert script.stat().st_mode & 0o111
    assert ("COPY", "deploy/docker/botmeni /usr/local/bin/botmeni") in stages(TEXT)[-1]


@pytest.mark.parametrize("name", sorted(start.commands))
def test_every_program_says_what_it_is(name: str):
    command = [sys.executable, "-m", "deploy.start", name, "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert start.commands[name].help
    assert str(start.commands[name].help).split()[0] in done.stdout
