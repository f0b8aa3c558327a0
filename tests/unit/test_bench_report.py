"""What `make bench` writes: samples as JSON, tables in Markdown, a plot of what was measured at each size."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.performance.plots import draw
from tests.performance.report import Point, Result, write


@pytest.fixture
def result() -> Result:
    made = Result("lists", {"clients at once": 8})
    made.add("constant", "requests/s", 9_000, 8_000, 10_000)
    return made


def add_sizes(result: Result, line: str, *sizes: int) -> None:
    for size in sizes:
        result.add_point(Point("p50", line, size), "ms", 2.0, 1.5, 2.5)


def test_every_sample_is_in_the_json_with_its_median(result: Result, tmp_path: Path):
    write([result], tmp_path / "new" / "bench.json")
    document = json.loads((tmp_path / "new" / "bench.json").read_text())
    (figure,) = document["results"][0]["figures"]
    assert figure["samples"] == [9_000, 8_000, 10_000]
    assert figure["median"] == 9_000
    assert document["machine"]["cores"] > 0


def test_tables_say_the_same_in_markdown(result: Result, tmp_path: Path):
    add_sizes(result, "first page", 10_000)
    write([result], tmp_path / "bench.json")
    lines = (tmp_path / "bench.md").read_text().splitlines()
    assert "## lists" in lines
    assert "clients at once 8" in lines
    assert "| constant | 9,000 | 8,000 | 10,000 | requests/s |" in lines
    assert "| 10,000, first page: p50 | 2.00 | 1.50 | 2.50 | ms |" in lines


def test_what_was_measured_at_several_sizes_is_drawn(result: Result, tmp_path: Path):
    add_sizes(result, "first page", 10_000, 1_000_000)
    add_sizes(result, "far page", 10_000, 1_000_000)
    write([result], tmp_path / "bench.json")
    (plot,) = draw(tmp_path / "bench.json")
    assert plot == tmp_path / "lists-p50.svg"
    drawn = plot.read_text()
    assert all(text in drawn for text in ("first page", "far page", "1,000,000", "10,000", ">ms<"))


def test_a_single_size_is_no_plot(result: Result, tmp_path: Path):
    add_sizes(result, "first page", 10_000)
    write([result], tmp_path / "bench.json")
    assert draw(tmp_path / "bench.json") == []
