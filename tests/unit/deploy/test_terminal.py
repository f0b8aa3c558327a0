"""Tables in a terminal: nothing is lost, and nothing is wider than the window."""

from __future__ import annotations

import click
import pytest

from deploy.terminal import step, table

LONG = "palabra " * 60


@pytest.mark.parametrize("cell", [LONG, "x" * 900], ids=["words", "one word"])
def test_a_long_cell_is_folded_and_short_columns_stay_whole(cell: str):
    lines = table([("3", cell, "waiting")], ("id", "payload", "state")).splitlines()
    assert max(map(len, lines)) <= 140
    assert lines[0].split() == ["id", "payload", "state"]
    assert lines[2].startswith("3 ")
    assert lines[2].endswith("waiting")
    written = "".join("".join(line[2:].removesuffix("waiting").split()) for line in lines[2:])
    assert written == "".join(cell.split())


def test_colours_take_no_room():
    plain = table([("name", "Ana")])
    coloured = table([(click.style("name", dim=True), "Ana")])
    assert click.unstyle(coloured) == plain == "name  Ana"


def test_a_step_says_whether_it_was_done(capsys: pytest.CaptureFixture[str]):
    with step("Migrations"):
        pass
    with pytest.raises(RuntimeError), step("Relay"):
        raise RuntimeError
    done, failed = capsys.readouterr().out.splitlines()
    assert click.unstyle(done).startswith("✓ Migrations 0.")
    assert click.unstyle(failed) == "✗ Relay"
