"""Every name that the glossary gives for code exists there."""

import re
from pathlib import PurePosixPath

from tests.architecture.source_tree import ROOT, files, read

GLOSSARY = PurePosixPath("docs/glossary.md")
SOURCE = "\n".join(read(path) for path in files(".py", under=("services", "shared", "deploy")))
WORDS = frozenset(re.findall(r"\w+", SOURCE))


def names_in(text: str) -> list[str]:
    """What stands between backquotes in the last column of the tables of `text`."""
    rows = [line.split("|")[-2] for line in text.splitlines() if line.startswith("| ")]
    return [name for cell in rows for name in re.findall(r"`([^`]+)`", cell)]


def missing(names: list[str]) -> list[str]:
    """Those of `names` that are neither a word of the code, nor a file or folder of the project."""
    ends = {path.name for path in files(".py")}
    return [name for name in names if name not in WORDS | ends and not (ROOT / name).exists()]


def test_every_name_of_the_glossary_exists():
    names = names_in(read(GLOSSARY))
    assert len(names) > 100
    assert missing(names) == []


def test_a_planted_name_is_found():
    assert missing(names_in("| word | meaning | `no_such_name`, `Ticket` |")) == ["no_such_name"]
