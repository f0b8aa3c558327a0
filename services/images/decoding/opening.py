"""Opening an upload: what it is, whether it is within the limits, and its pixels as libvips sees them.

Runs in the decoding process only. libvips reads JPEG, PNG, WebP and GIF; libheif (with libde265) HEIC, which
the libvips wheel cannot decode; Pillow's libavif AVIF, in two thirds of libheif's memory and a third of
its time (50 megapixels).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import pillow_heif
import pyvips  # type: ignore[import-untyped] # ships no types
from PIL import Image, ImageOps

from services.images.decoding.formats import HEAD_BYTES, Format, sniff, webp_size
from services.images.decoding.limits import Limits
from shared.pictures import Refusal

SRGB = "srgb"

LARGEST_SIDE = 2048
"""Nothing is shown wider or higher than this."""

_COLOURS = 3

Shrink = Callable[[int], pyvips.Image]


class Refused(Exception):
    """The upload will not be shown; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Opened:
    """A picture within the limits.

    `shrink(side)` gives it upright, in sRGB, at most `side` wide and high, with all its `frames`;
    `still(side)` its first frame only. `total_frames` is how many there were in the file.
    """

    shrink: Shrink
    still: Shrink
    frames: int = 1
    total_frames: int = 1


def open_picture(descriptor: int, limits: Limits) -> Opened:
    """The picture in a file. Raises `Refused`, or whatever its decoder raises for a broken file."""
    head = os.pread(descriptor, HEAD_BYTES, 0)
    match sniff(head):
        case None:
            raise Refused(Refusal.NOT_A_PICTURE)
        case Format.HEIC:
            return _decoded(_heic(descriptor, limits))
        case Format.AVIF:
            return _decoded(_avif(descriptor, limits))
        case Format.WEBP:
            _check(*(webp_size(head) or (0, 0)), limits)
            return _by_libvips(descriptor, limits)
        case _:
            return _by_libvips(descriptor, limits)


def _check(width: int, height: int, limits: Limits) -> None:
    if width * height > limits.pixels:
        raise Refused(Refusal.TOO_MANY_PIXELS)


def _by_libvips(descriptor: int, limits: Limits) -> Opened:
    header = pyvips.Image.new_from_source(_source(descriptor), "", access="sequential")
    # libvips' own get_n_pages() takes very many for none.
    total = header.get("n-pages") if header.get_typeof("n-pages") else 1
    width, height = header.width, header.get_page_height()
    _check(width, height, limits)
    frames = max(1, min(total, limits.frames, limits.animation_pixels // (width * height)))
    is_cmyk = header.interpretation == "cmyk"
    # Without a profile there is nothing to convert, and converting all the same takes longer than the rest.
    colours = {"output_profile": SRGB} if is_cmyk or _has_profile(header) else {}
    if is_cmyk:
        colours["input_profile"] = "cmyk"

    def shrink(side: int, count: int) -> pyvips.Image:
        # Half a picture is none. As an argument of its own libvips 8.18 forgets it on the way to the reader.
        options = "fail_on=error" + (f",n={count}" if count > 1 else "")
        return pyvips.Image.thumbnail_source(
            _source(descriptor),
            side,
            height=side,
            size="down",
            option_string=f"[{options}]",
            **colours,
        )

    return Opened(lambda side: shrink(side, frames), lambda side: shrink(side, 1), frames, total)


def _source(descriptor: int) -> pyvips.Source:
    return pyvips.Source.new_from_descriptor(descriptor)


def _has_profile(image: pyvips.Image) -> bool:
    return bool(image.get_typeof("icc-profile-data"))


def _decoded(image: pyvips.Image) -> Opened:
    colours = {"output_profile": SRGB} if _has_profile(image) else {}

    def shrink(side: int) -> pyvips.Image:
        return image.thumbnail_image(side, height=side, size="down", **colours)

    return Opened(shrink, shrink)


def _heic(descriptor: int, limits: Limits) -> pyvips.Image:
    """The primary picture, turned as its container says; by HEIF (6.5.10) EXIF's word does not count."""
    with os.fdopen(os.dup(descriptor), "rb") as file:
        heif = pillow_heif.open_heif(file)
    width, height = heif.size
    _check(width, height, limits)
    pixels = heif.data
    width, height = heif.size  # what the header said may have been rounded
    image = _from_pixels(pixels, width, height, heif.info.get("icc_profile"))
    return image.unpremultiply() if heif.premultiplied_alpha else image


def _avif(descriptor: int, limits: Limits) -> pyvips.Image:
    """The first picture, brought near its final size while still in Pillow: a copy of all of it is large."""
    with os.fdopen(os.dup(descriptor), "rb") as file, Image.open(file, formats=("AVIF",)) as picture:
        _check(*picture.size, limits)
        profile = picture.info.get("icc_profile")
        factor = max(picture.size) // LARGEST_SIDE
        near = picture.reduce(factor) if factor > 1 else picture
        upright = ImageOps.exif_transpose(near)
    return _from_pixels(upright.tobytes(), *upright.size, profile)


def _from_pixels(pixels: bytes, width: int, height: int, profile: bytes | None) -> pyvips.Image:
    """Eight-bit samples, row after row, as an image; one or two to a pixel are grey."""
    bands = len(pixels) // (width * height)
    image = pyvips.Image.new_from_memory(pixels, width, height, bands, "uchar")
    image = image.copy(interpretation=SRGB if bands >= _COLOURS else "b-w")
    if profile:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return image
