"""Making the two variants of an opened picture, with nothing left of the file but its pixels."""

from __future__ import annotations

from dataclasses import dataclass

import pyvips  # type: ignore[import-untyped] # ships no types

from services.images.decoding.limits import Limits
from services.images.decoding.opening import LARGEST_SIDE, Opened, open_picture

THUMB_SIDE = 320

_STILL = {"Q": 80, "effort": 4}
# Each frame costs as much as a picture: effort 2 takes half the time for a twelfth more bytes.
_ANIMATION = {"Q": 75, "effort": 2}


@dataclass(frozen=True, slots=True)
class Made:
    """Size of the full variant in pixels; frames kept and frames there were."""

    width: int
    height: int
    frames: int
    total_frames: int


def render(source: int, full: int, thumb: int, limits: Limits) -> Made:
    """Write both variants of the file behind descriptor `source` to `full` and `thumb`, as WebP.

    Raises `Refused`, or whatever a decoder raises for a broken file.
    """
    opened = open_picture(source, limits)
    return _animation(opened, full, thumb) if opened.frames > 1 else _still(opened, full, thumb)


def _still(opened: Opened, full: int, thumb: int) -> Made:
    # In memory: the decoder is done with before encoding begins, and the small one is made of the big one.
    picture = opened.shrink(LARGEST_SIDE).copy_memory()
    _save(picture, full, **_STILL)
    _save(picture.thumbnail_image(THUMB_SIDE, height=THUMB_SIDE, size="down"), thumb, **_STILL)
    return Made(picture.width, picture.height, 1, opened.total_frames)


def _animation(opened: Opened, full: int, thumb: int) -> Made:
    """Frame by frame, never all in memory; a list shows the first frame only."""
    picture = opened.shrink(LARGEST_SIDE)
    _save(picture, full, **_ANIMATION)
    _save(opened.still(THUMB_SIDE), thumb, **_STILL)
    return Made(picture.width, picture.get_page_height(), opened.frames, opened.total_frames)


def _save(picture: pyvips.Image, descriptor: int, **encoding: int) -> None:
    # keep=none: no EXIF, XMP, ICC or comment goes along.
    target = pyvips.Target.new_to_descriptor(descriptor)
    picture.webpsave_target(target, keep="none", **encoding)
