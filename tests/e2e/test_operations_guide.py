"""Every command of the operators' guide runs as it stands, in its order, and prints what is promised."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from deploy.cli.program import main
from deploy.local.options import ROOT
from tests.support.running import Processes

GUIDE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
SECONDS = 180


@pytest.fixture(scope="module")
def transcript(running: Processes, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the guide's blocks print, in an empty folder, beside the running system."""
    bash = shutil.which("bash")
    assert bash, "the guide is written for bash"
    folder = tmp_path_factory.mktemp("operations")
    command = f'botmeni() {{ {shlex.quote(sys.executable)} -m deploy.cli "$@"; }}\n'
    script = folder / "guide.sh"
    script.write_text(f"set -euo pipefail\n{command}set -x\n" + "\n".join(BLOCKS), encoding="utf-8")
    done = subprocess.run(
        [bash, str(script)],
        cwd=folder,
        env={**running.environment, "PYTHONPATH": str(ROOT), "PATH": _path(bash)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout


def _path(bash: str) -> str:
    return f"{Path(bash).parent}:/usr/local/bin:/usr/bin:/bin"


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
    text = "\n".join(BLOCKS)
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
