"""Damaged pictures, the same for the same seed: what a network, a disk or somebody with time makes of them.

`python -m tests.support.factories.picture_fuzzing --count 10000` (`make fuzz-images`) sends them through the
decoding process.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import click

from services.images.decoding.limits import Limits
from services.images.decoding.sandbox import Sandbox
from shared.pictures import MEBIBYTE
from tests.support.factories import pictures
from tests.support.factories.pictures import metadata, quarters, saved
from tests.support.processes.decoding import Decoded, decode, limits

WALL_SECONDS = 9.0
LONGEST_SECONDS = 10.0
INTERESTING = (0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF)

Mutation = Callable[[random.Random, bytearray], bytearray]


def seeds() -> list[bytes]:
    """Small pictures of every kind that is decoded."""
    image = quarters(96, 64)
    transparent = image.convert("RGBA")
    transparent.putalpha(128)
    return [
        pictures.jpeg(image, exif=pictures.exif(6)),
        pictures.jpeg(image, progressive=True, comment=pictures.MARK),
        pictures.jpeg(image.convert("CMYK")),
        pictures.jpeg(image, icc_profile=pictures.wide_gamut_profile()),
        saved(transparent, "PNG"),
        saved(image.quantize(8), "PNG", transparency=1),
        pictures.deep_png(),
        saved(transparent, "WEBP"),
        saved(image, "WEBP", lossless=True, exif=pictures.exif()),
        pictures.animation("WEBP", count=4),
        saved(image, "GIF"),
        pictures.animation("GIF", count=4),
        pictures.endless_gif(300),
        pictures.heic(image, exif=pictures.exif()),
        pictures.heic(quarters(256, 256), tile_size=128),
        pictures.avif(image, exif=pictures.exif()),
        pictures.avif(transparent),
    ]


def _flip_bits(chance: random.Random, data: bytearray) -> bytearray:
    for _ in range(chance.randint(1, 16)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def _set_bytes(chance: random.Random, data: bytearray) -> bytearray:
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.choice(INTERESTING)
    return data


def _spoil_head(chance: random.Random, data: bytearray) -> bytearray:
    """Sizes, counts and offsets stand there."""
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(min(len(data), 120))
        data[place] = chance.choice((*INTERESTING, chance.randrange(256)))
    return data


def _cut(chance: random.Random, data: bytearray) -> bytearray:
    return data[: chance.randrange(len(data))]


def _drop(chance: random.Random, data: bytearray) -> bytearray:
    start = chance.randrange(len(data))
    del data[start : start + chance.randint(1, 64)]
    return data


def _repeat(chance: random.Random, data: bytearray) -> bytearray:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 256)]
    data[start:start] = piece * chance.randint(1, 200)
    return data


def _append(chance: random.Random, data: bytearray) -> bytearray:
    return data + chance.randbytes(chance.randint(1, 2_000))


MUTATIONS: tuple[Mutation, ...] = (_flip_bits, _set_bytes, _spoil_head, _cut, _drop, _repeat, _append)


def mutated(count: int, seed: int) -> Iterator[bytes]:
    """`count` files, each a seed picture changed once to three times, some grown together with another."""
    chance, originals = random.Random(seed), seeds()
    for number in range(count):
        data = bytearray(originals[number % len(originals)])
        if chance.random() < 0.1:
            other = chance.choice(originals)
            data = data[: chance.randrange(1, len(data))] + other[chance.randrange(len(other)) :]
        for _ in range(chance.randint(1, 3)):
            if data:
                data = chance.choice(MUTATIONS)(chance, data)
        yield bytes(data)


@dataclass(slots=True)
class Found:
    """What became of the files; `wrong` holds what must not happen, as (number of the file, what)."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest_seconds: float = 0.0
    slowest_file: int = 0
    most_cpu_seconds: float = 0.0
    most_bytes: int = 0
    wrong: list[tuple[int, str]] = field(default_factory=list)


def run(count: int, seed: int, given: Limits, each: Callable[[int], None] = lambda _: None) -> Found:
    """Send `count` mutated files through one decoding process; `each` is called after every file."""
    found = Found()
    with Sandbox(given) as sandbox:
        decode(sandbox, pictures.jpeg())
        process = sandbox._process
        for number, data in enumerate(mutated(count, seed)):
            began = time.monotonic()
            done = decode(sandbox, data)
            seconds = time.monotonic() - began
            if seconds > found.slowest_seconds:
                found.slowest_seconds, found.slowest_file = seconds, number
            found.most_cpu_seconds = max(found.most_cpu_seconds, done.result.cpu_seconds)
            found.most_bytes = max(found.most_bytes, done.result.peak_bytes)
            found.outcomes[done.refused.value if done.refused else "made"] += 1
            found.wrong += [(number, what) for what in _wrong(done, given)]
            each(number)
        if sandbox._process is not process or process is None or process.poll() is not None:
            found.wrong.append((count, "the decoding process ended"))
    return found


def _wrong(done: Decoded, given: Limits) -> Iterator[str]:
    result = done.result
    if result.peak_bytes > given.memory_bytes:
        yield f"took {result.peak_bytes / MEBIBYTE:.0f} MiB"
    if done.refused:
        return
    for picture in (done.full, done.thumb):
        try:
            said = metadata(picture)
        except Exception as error:  # noqa: BLE001 - whatever Pillow says, this is no picture
            yield f"not to be read back: {type(error).__name__}: {error}"
        else:
            yield from said


@click.command()
@click.option("--count", type=click.IntRange(min=1), default=10_000, show_default=True, help="Files.")
@click.option("--seed", type=int, default=1, show_default=True, help="Other files for another seed.")
def main(count: int, seed: int) -> None:
    """Send mutated pictures through the decoding process; ends with 1 if one of them did not end clearly."""
    with click.progressbar(length=count, label="Mutated pictures") as bar:
        found = run(count, seed, limits(wall_seconds=WALL_SECONDS), lambda _: bar.update(1))
    for outcome, times in found.outcomes.most_common():
        click.echo(f"{outcome:20} {times:7}")
    click.echo(f"{'slowest':20} {found.slowest_seconds:7.2f} s (file {found.slowest_file})")
    click.echo(f"{'most processor time':20} {found.most_cpu_seconds:7.2f} s")
    click.echo(f"{'most memory':20} {found.most_bytes / MEBIBYTE:7.0f} MiB")
    if found.slowest_seconds > LONGEST_SECONDS:
        found.wrong.append((found.slowest_file, f"took longer than {LONGEST_SECONDS:g} s"))
    for number, what in found.wrong:
        click.echo(f"file {number} of seed {seed}: {what}", err=True)
    if found.wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
