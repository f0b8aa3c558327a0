"""Photographs of 12 megapixels to both pictures, beside libvips alone; memory for 50 megapixels."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from deploy.local.options import ROOT
from services.images.decoding.sandbox import Sandbox
from shared.pictures import MEBIBYTE
from tests.performance.options import Options
from tests.performance.photos import every_format, photo
from tests.performance.report import Result
from tests.support.processes.decoding import LIMITS

SIZE = 30
SHORT = 1

_USUAL = 4032, 3024
_LARGEST = 8160, 6120
# Decoding is to be measured, not cut off: how much memory a format takes is what is asked.
_LIMITS = replace(LIMITS, memory_bytes=4_096 * MEBIBYTE, cpu_seconds=60, wall_seconds=120.0)


def run(options: Options) -> Result:
    """Make `options.size` pictures on each side in turn, `options.repeat` times; then one of each kind."""
    size = options.size
    width, height = _sides(_USUAL, options)
    result = Result("images", {"photographs": size, "pixels": f"{width}×{height}", "processes at work": 1})
    with tempfile.TemporaryDirectory(prefix="botmeni-bench-") as name:
        folder = Path(name)
        usual = folder / "photo.jpg"
        photo(width, height).jpegsave(str(usual), Q=85)
        result.parameters["file"] = f"{usual.stat().st_size / MEBIBYTE:.1f} MiB"
        runs = [
            (_seconds("bare", usual, folder, size), _seconds("ours", usual, folder, size))
            for _ in range(options.repeat)
        ]
        for what, measure in (("of a core's time", 1), ("by the clock", 0)):
            alone, whole = ([size / side[measure] for side in sides] for sides in zip(*runs, strict=True))
            floor = result.add(f"libvips alone, {what}", "pictures/s", *alone)
            ours = result.add(f"from upload to stored, {what}", "pictures/s", *whole)
            result.add_ratio(f"the latter over the former, {what}", ours, floor)
        _add_memory(result, folder, _sides(_LARGEST, options))
    return result


def _sides(usual: tuple[int, int], options: Options) -> tuple[int, int]:
    """Width and height; in short a sixteenth of the pixels."""
    width, height = usual
    return (width // 4, height // 4) if options.short else usual


def _seconds(side: str, source: Path, folder: Path, count: int) -> tuple[float, float]:
    """How long one side takes by the clock and of a core's time, in a process and a folder of its own."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        variables = {
            "DATABASE_URL": "postgresql+psycopg://nobody-asks/it",
            "REDIS_URL": "redis://nobody-asks",
            "SECRET_KEY": "a key for the time of one measurement",
            "STORAGE_URL": Path(place).as_uri(),
            "LOG_LEVEL": "ERROR",
            "VIPS_CONCURRENCY": "1",
        }
        ended = subprocess.run(
            [sys.executable, "-m", "tests.performance.picture_work", side, source, place, str(count)],
            cwd=ROOT,
            env=variables,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    by_clock, of_core = map(float, ended.stdout.splitlines()[-1].split())
    return by_clock, of_core


def _add_memory(result: Result, folder: Path, sides: tuple[int, int]) -> None:
    """The most memory one decoding fork held, for a large picture of each kind."""
    width, height = sides
    pixels = f"{width * height / 1e6:.0f} megapixels"
    with Sandbox(_LIMITS) as sandbox:
        for kind, place in every_format(folder, photo(width, height)):
            with (
                place.open("rb") as source,
                tempfile.TemporaryFile() as full,
                tempfile.TemporaryFile() as thumb,
            ):
                verdict = sandbox.decode(source, full, thumb)
            if verdict.picture is None:
                raise RuntimeError(f"{kind}: {verdict}")
            result.add(f"{pixels}, {kind}: most memory", "MiB", verdict.peak_bytes / MEBIBYTE)
