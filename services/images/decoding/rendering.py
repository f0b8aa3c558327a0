"""Renders the two variants of a picture as WebP; of the upload they keep the pixels and no metadata."""

from __future__ import annotations

from dataclasses import dataclass

import pyvips  # type: ignore[import-untyped] # ships no types

from services.images.decoding.decoders import MAX_SIDE, DecodedPicture, decode
from services.images.decoding.limits import Limits

THUMB_SIDE = 320

_STILL = {"Q": 80, "effort": 4}
# Each frame takes as long as a picture: effort 2 takes half the time and makes files a twelfth larger.
_ANIMATION = {"Q": 75, "effort": 2}


@dataclass(frozen=True, slots=True)
class RenderedPicture:
    """The size of the full variant in pixels, its number of frames, and that of the upload."""

    width: int
    height: int
    frames: int
    total_frames: int


def render(source: int, full: int, thumb: int, limits: Limits) -> RenderedPicture:
    """Write both variants of the picture in `source` to `full` and `thumb`; all three are file descriptors.

    Raises `PictureRefused`, or any error of a decoder for a damaged file.
    """
    decoded = decode(source, limits)
    return (
        _render_animation(decoded, full, thumb) if decoded.frames > 1 else _render_still(decoded, full, thumb)
    )


def _render_still(decoded: DecodedPicture, full: int, thumb: int) -> RenderedPicture:
    # A copy in memory: decoding ends before encoding begins, and the thumbnail is made of the full variant.
    picture = decoded.resize(MAX_SIDE).copy_memory()
    _encode(picture, full, **_STILL)
    _encode(picture.thumbnail_image(THUMB_SIDE, height=THUMB_SIDE, size="down"), thumb, **_STILL)
    return RenderedPicture(picture.width, picture.height, 1, decoded.total_frames)


def _render_animation(decoded: DecodedPicture, full: int, thumb: int) -> RenderedPicture:
    """Frame by frame, never all of them in memory; the thumbnail has the first frame only."""
    picture = decoded.resize(MAX_SIDE)
    _encode(picture, full, **_ANIMATION)
    _encode(decoded.resize_first_frame(THUMB_SIDE), thumb, **_STILL)
    return RenderedPicture(picture.width, picture.get_page_height(), decoded.frames, decoded.total_frames)


def _encode(picture: pyvips.Image, descriptor: int, **encoding: int) -> None:
    # keep=none drops EXIF, XMP, ICC profiles and comments.
    target = pyvips.Target.new_to_descriptor(descriptor)
    picture.webpsave_target(target, keep="none", **encoding)
