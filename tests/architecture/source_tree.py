"""The project's own files and the calls made in them: what the checks of this folder read."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]


@functools.cache
def project_files() -> tuple[PurePosixPath, ...]:
    """Every file git keeps or would keep, relative to the project's folder, sorted.

    New files count before they are added, so that a check fails on the machine where the mistake is made.
    """
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    names = sorted(set(filter(None, listing.split("\0"))))
    return tuple(PurePosixPath(name) for name in names if (ROOT / name).is_file())


def files(*suffixes: str, under: tuple[str, ...] = ()) -> list[PurePosixPath]:
    """The project's files that end in one of `suffixes`, below a top folder of `under` (none: anywhere)."""
    return [
        path for path in project_files() if path.suffix in suffixes and (not under or path.parts[0] in under)
    ]


def read(path: PurePosixPath) -> str:
    """A project file's text."""
    return (ROOT / path).read_text(encoding="utf-8")


def calls(source: str) -> Iterator[tuple[int, str, ast.Call]]:
    """Each call in Python source as (line, last part of the called name, node)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Attribute(attr=name) | ast.Name(id=name):
                    yield node.lineno, name, node
