"""Photographs made from nothing: smooth shapes under the grain of a sensor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pillow_heif
import pyvips  # type: ignore[import-untyped] # ships no types
from PIL import Image

_COARSE = 16
_GRAIN = 6.0


def photo(width: int, height: int) -> pyvips.Image:
    """An RGB picture in memory, as large as asked."""
    small = width // _COARSE + 1, height // _COARSE + 1
    shapes = pyvips.Image.gaussnoise(*small, mean=128, sigma=60, seed=1)
    bands = [shapes, shapes.fliphor(), shapes.flipver()]
    coloured = bands[0].bandjoin(bands[1:]).gaussblur(3).resize(_COARSE).crop(0, 0, width, height)
    grain = pyvips.Image.gaussnoise(width, height, mean=0, sigma=_GRAIN, seed=2)
    return (coloured * 3 - 256 + grain).cast("uchar").copy(interpretation="srgb").copy_memory()


def every_format(folder: Path, picture: pyvips.Image) -> Iterator[tuple[str, Path]]:
    """The picture as a file of each kind that is decoded, by what people call it."""
    still = Image.frombytes("RGB", (picture.width, picture.height), picture.write_to_memory())
    places = {
        name: folder / f"photo-{number}"
        for number, name in enumerate(
            ("JPEG", "progressive JPEG", "PNG", "interlaced PNG", "WebP", "lossless WebP", "HEIC", "AVIF")
        )
    }
    picture.jpegsave(str(places["JPEG"]), Q=80)
    picture.jpegsave(str(places["progressive JPEG"]), Q=80, interlace=True)
    picture.pngsave(str(places["PNG"]), compression=1)
    picture.pngsave(str(places["interlaced PNG"]), compression=1, interlace=True)
    picture.webpsave(str(places["WebP"]), Q=75, effort=0)
    picture.webpsave(str(places["lossless WebP"]), lossless=True, effort=0)
    # Telephones store HEIC as tiles; the grain would take the encoder minutes.
    smooth = still.reduce(8).resize(still.size)
    pillow_heif.from_pillow(smooth).save(str(places["HEIC"]), quality=40, tile_size=512)
    smooth.save(places["AVIF"], "AVIF", quality=50, speed=10)
    yield from places.items()
