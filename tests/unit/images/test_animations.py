"""Animations stay animations, up to a bounded number of frames and pixels; nothing is left out unsaid."""

import pytest

from services.images.decoding.sandbox import Sandbox
from tests.support.factories import pictures
from tests.support.factories.pictures import alike, metadata, opened, shown_frames
from tests.support.processes.decoding import decode, limits
from tests.unit.images.conftest import Decode


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_every_frame_is_stored_with_its_time(decoded: Decode, kind: str):
    done = decoded(pictures.animation(kind, count=5, duration=80))
    assert (done.made.frames, done.made.total_frames) == (5, 5)
    full = opened(done.full)
    assert (full.size, full.info["loop"]) == ((60, 40), 0)
    for shown, meant in zip(shown_frames(done.full), pictures.frames(5), strict=True):
        assert alike(shown.getpixel((30, 20)), meant.getpixel((30, 20)))  # type: ignore[arg-type] # RGB gives tuples
    full.seek(1)
    full.load()
    assert full.info["duration"] == 80
    assert metadata(done.full) == []


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_a_list_shows_the_first_frame_standing_still(decoded: Decode, kind: str):
    thumb = decoded(pictures.animation(kind)).thumb
    assert len(shown_frames(thumb)) == 1
    assert alike(shown_frames(thumb)[0].getpixel((30, 20)), (0, 90, 200))  # type: ignore[arg-type] # RGB gives a tuple


def test_of_a_hundred_thousand_frames_the_first_are_stored_and_the_rest_are_counted(decoded: Decode):
    done = decoded(pictures.endless_gif(100_000))
    assert (done.made.frames, done.made.total_frames) == (200, 100_000)
    # WebP joins frames that show the same; these do.
    assert 1 <= len(shown_frames(done.full)) <= 200


def test_frames_are_stored_as_long_as_their_pixels_are_within_the_limit():
    with Sandbox(limits(animation_pixels=60 * 40 * 3 + 1)) as sandbox:
        done = decode(sandbox, pictures.animation("WEBP", count=9))
    assert (done.made.frames, done.made.total_frames) == (3, 9)
    assert len(shown_frames(done.full)) == 3


def test_an_animation_whose_frames_are_larger_than_the_limit_stands_still():
    with Sandbox(limits(animation_pixels=60 * 40 - 1)) as sandbox:
        done = decode(sandbox, pictures.animation("GIF", count=4))
    assert (done.made.frames, done.made.total_frames) == (1, 4)
    assert len(shown_frames(done.full)) == 1


def test_a_large_animation_is_brought_to_2048():
    first, *rest = pictures.frames(3, width=2600, height=50)
    data = pictures.saved(first, "GIF", save_all=True, append_images=rest, duration=50, loop=0)
    with Sandbox(limits()) as sandbox:
        done = decode(sandbox, data)
    assert (done.made.width, done.made.height, done.made.frames) == (2048, 39, 3)
    assert opened(done.full).size == (2048, 39)
