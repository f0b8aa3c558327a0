"""What `make help` shows stands in columns, and no target is taken for a file of its name."""

import re
import subprocess
from pathlib import PurePosixPath

from tests.architecture.source_tree import ROOT, read

MAKEFILE = read(PurePosixPath("Makefile"))
TARGETS = re.findall(r"(?m)^([a-z][a-z-]*):", MAKEFILE)


def test_help_shows_every_target_in_columns():
    shown = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    rows = re.findall(r"(?m)^(  make ([a-z-]+) +)\S", shown)
    assert [target for _, target in rows] == TARGETS
    assert len({len(before) for before, _ in rows}) == 1


def test_no_target_is_taken_for_a_file():
    phony = " ".join(re.findall(r"(?m)^\.PHONY: (.+)$", MAKEFILE)).split()
    assert sorted(phony) == sorted(TARGETS)
