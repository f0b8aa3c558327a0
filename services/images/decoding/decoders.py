"""Decodes an upload: detects its format, checks the limits, and reads its pixels into a libvips image.

It runs in the decoding process only. libvips decodes JPEG, PNG, WebP and GIF. libheif (with libde265) decodes
HEIC, which the libvips wheel cannot. Pillow's libavif decodes AVIF, with two thirds of libheif's memory and a
third of its time (measured at 50 megapixels).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import pillow_heif
import pyvips  # type: ignore[import-untyped] # ships no types
from PIL import Image, ImageOps

from services.images.decoding.formats import HEAD_BYTES, Format, detect, webp_size
from services.images.decoding.limits import Limits
from shared.pictures import Refusal

SRGB = "srgb"

MAX_SIDE = 2048
"""The largest width and height of a variant, in pixels."""

_RGB_BANDS = 3

Resize = Callable[[int], pyvips.Image]


class PictureRefused(Exception):
    """The upload is no picture, or exceeds a limit, as `reason` says."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """A picture within the limits; its pixels are read when it is resized.

    `resize(side)` returns it upright, in sRGB, at most `side` wide and high, with all its `frames`;
    `resize_first_frame(side)` only its first frame. The file had `total_frames`.
    """

    resize: Resize
    resize_first_frame: Resize
    frames: int = 1
    total_frames: int = 1


def decode(descriptor: int, limits: Limits) -> DecodedPicture:
    """The picture in an open file. Raises `PictureRefused`, or any error of a decoder for a damaged file."""
    head = os.pread(descriptor, HEAD_BYTES, 0)
    match detect(head):
        case None:
            raise PictureRefused(Refusal.NOT_A_PICTURE)
        case Format.HEIC:
            return _from_image(_decode_heic(descriptor, limits))
        case Format.AVIF:
            return _from_image(_decode_avif(descriptor, limits))
        case Format.WEBP:
            _check_size(*(webp_size(head) or (0, 0)), limits)
            return _decode_by_libvips(descriptor, limits)
        case _:
            return _decode_by_libvips(descriptor, limits)


def _check_size(width: int, height: int, limits: Limits) -> None:
    if width * height > limits.pixels:
        raise PictureRefused(Refusal.TOO_MANY_PIXELS)


def _decode_by_libvips(descriptor: int, limits: Limits) -> DecodedPicture:
    header = pyvips.Image.new_from_source(_source(descriptor), "", access="sequential")
    # libvips' own get_n_pages() returns 1 for very large numbers.
    total = header.get("n-pages") if header.get_typeof("n-pages") else 1
    width, height = header.width, header.get_page_height()
    _check_size(width, height, limits)
    frames = max(1, min(total, limits.frames, limits.animation_pixels // (width * height)))
    is_cmyk = header.interpretation == "cmyk"
    # Without a profile there is nothing to convert, and a conversion would take longer than all the rest.
    colours = {"output_profile": SRGB} if is_cmyk or _has_profile(header) else {}
    if is_cmyk:
        colours["input_profile"] = "cmyk"

    def resize(side: int, frame_count: int) -> pyvips.Image:
        # A truncated file is refused. libvips 8.18 passes fail_on to the loader only in the option string.
        options = "fail_on=error" + (f",n={frame_count}" if frame_count > 1 else "")
        return pyvips.Image.thumbnail_source(
            _source(descriptor),
            side,
            height=side,
            size="down",
            option_string=f"[{options}]",
            **colours,
        )

    return DecodedPicture(lambda side: resize(side, frames), lambda side: resize(side, 1), frames, total)


def _source(descriptor: int) -> pyvips.Source:
    return pyvips.Source.new_from_descriptor(descriptor)


def _has_profile(image: pyvips.Image) -> bool:
    return bool(image.get_typeof("icc-profile-data"))


def _from_image(image: pyvips.Image) -> DecodedPicture:
    colours = {"output_profile": SRGB} if _has_profile(image) else {}

    def resize(side: int) -> pyvips.Image:
        return image.thumbnail_image(side, height=side, size="down", **colours)

    return DecodedPicture(resize, resize)


def _decode_heic(descriptor: int, limits: Limits) -> pyvips.Image:
    """The primary picture, rotated as its container says: HEIF (6.5.10) ignores the rotation of EXIF."""
    with os.fdopen(os.dup(descriptor), "rb") as file:
        heif = pillow_heif.open_heif(file)
    width, height = heif.size
    _check_size(width, height, limits)
    pixels = heif.data
    width, height = heif.size  # decoding may correct the size in the header
    image = _from_pixels(pixels, width, height, heif.info.get("icc_profile"))
    return image.unpremultiply() if heif.premultiplied_alpha else image


def _decode_avif(descriptor: int, limits: Limits) -> pyvips.Image:
    """The first picture, reduced near its final size by Pillow, to avoid a copy of it in full size."""
    with os.fdopen(os.dup(descriptor), "rb") as file, Image.open(file, formats=("AVIF",)) as picture:
        _check_size(*picture.size, limits)
        profile = picture.info.get("icc_profile")
        factor = max(picture.size) // MAX_SIDE
        reduced = picture.reduce(factor) if factor > 1 else picture
        upright = ImageOps.exif_transpose(reduced)
    return _from_pixels(upright.tobytes(), *upright.size, profile)


def _from_pixels(pixels: bytes, width: int, height: int, profile: bytes | None) -> pyvips.Image:
    """An image of eight-bit samples, row by row; with one or two samples per pixel it is grey."""
    bands = len(pixels) // (width * height)
    image = pyvips.Image.new_from_memory(pixels, width, height, bands, "uchar")
    image = image.copy(interpretation=SRGB if bands >= _RGB_BANDS else "b-w")
    if profile:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return image
