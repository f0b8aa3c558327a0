"""Every command of the operators' guide runs as it stands, in its order, and prints what is promised."""

from __future__ import annotations

import re
import shlex
import sys

import click
import pytest

from deploy.cli.program import main
from deploy.local.options import ROOT
from tests.support.clients.guides import SYSTEM_PATH, blocks, printed
from tests.support.processes.running import Processes

GUIDE = ROOT / "docs" / "operations.md"
SECONDS = 180


@pytest.fixture(scope="module")
def transcript(running: Processes, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the guide's blocks print, in an empty folder, beside the running system."""
    command = f'botmeni() {{ {shlex.quote(sys.executable)} -m deploy.cli "$@"; }}\n'
    environment = {**running.environment, "PYTHONPATH": str(ROOT), "PATH": SYSTEM_PATH}
    folder = tmp_path_factory.mktemp("operations")
    return printed(GUIDE, folder, environment, before=command, seconds=SECONDS)


@pytest.mark.parametrize(
    "said",
    [
        "✓ migrations: at",
        "✓ relay: seen",
        "No jobs: all is done.",
        "Percha Lunar",
        "Already given under this key",
        "eyJ",
        "are in bruno.zip.",
        "Erased; rows removed or changed",
    ],
)
def test_the_guide_runs_and_prints_what_it_promises(transcript: str, said: str):
    assert said in transcript
    assert "Traceback" not in transcript


def test_the_guide_names_every_command():
    text = "\n".join(blocks(GUIDE))
    commands = _commands(main, "botmeni")
    assert [name for name in commands if not re.search(rf"^{name}\b", text, re.MULTILINE)] == []


def _commands(group: click.Group, path: str) -> list[str]:
    found = []
    for name, command in group.commands.items():
        inner = f"{path} {name}"
        found += _commands(command, inner) if isinstance(command, click.Group) else [inner]
    return found


def test_every_command_and_option_is_explained():
    """`--help` says something for each."""
    for path in _commands(main, ""):
        command: click.Command = main
        for name in path.split():
            assert isinstance(command, click.Group)
            command = command.commands[name]
        assert command.help, path
        unexplained = [
            option.name for option in command.params if isinstance(option, click.Option) and not option.help
        ]
        assert unexplained == [], path
