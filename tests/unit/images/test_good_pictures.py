"""Every kind of picture people attach becomes two safe WebP files that show the same."""

import io

import pytest
from PIL import Image

from tests.support.factories import pictures
from tests.support.factories.pictures import CORNERS, alike, corners, metadata, opened, quarters, saved
from tests.unit.images.conftest import Decode

STILLS = {
    "JPEG": pictures.jpeg(exif=pictures.exif()),
    "progressive JPEG": pictures.jpeg(progressive=True, comment=pictures.MARK),
    "JPEG of full colour resolution": pictures.jpeg(subsampling=0),
    "PNG": saved(quarters(), "PNG", exif=pictures.exif()),
    "PNG with a comment": pictures.png_with_text(quarters(), pictures.MARK),
    "palette PNG": saved(quarters().quantize(8), "PNG"),
    "WebP": saved(quarters(), "WEBP", exif=pictures.exif(), xmp=b"<x>" + pictures.MARK + b"</x>"),
    "lossless WebP": saved(quarters(), "WEBP", lossless=True),
    "GIF": saved(quarters(), "GIF", comment=pictures.MARK),
    "HEIC": pictures.heic(exif=pictures.exif()),
    "HEIC of tiles": pictures.heic(quarters(640, 512), tile_size=256),
    "AVIF": pictures.avif(exif=pictures.exif()),
}


@pytest.mark.parametrize("data", STILLS.values(), ids=STILLS)
def test_a_still_looks_the_same_and_says_nothing_else(decoded: Decode, data: bytes):
    done = decoded(data)
    full, thumb = opened(done.full), opened(done.thumb)
    assert (done.made.width, done.made.height) == full.size
    assert (done.made.frames, done.made.total_frames) == (1, 1)
    for picture in (full, thumb):
        assert all(map(alike, corners(picture), CORNERS)), corners(picture)
    assert metadata(done.full) == metadata(done.thumb) == []


@pytest.mark.parametrize("orientation", pictures.TURNED)
def test_a_photo_stands_upright_whichever_way_the_telephone_was_held(decoded: Decode, orientation: int):
    done = decoded(pictures.turned(orientation))
    full = opened(done.full)
    assert full.size == (done.made.width, done.made.height) == (120, 80)
    assert all(map(alike, corners(full), CORNERS)), corners(full)
    assert metadata(done.full) == []


@pytest.mark.parametrize("make", [pictures.heic, pictures.avif], ids=["HEIC", "AVIF"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_rotation_written_by_the_container_is_heeded_once(decoded: Decode, make, orientation: int):
    turn = pictures.TURNED[orientation]
    assert turn is not None
    done = decoded(make(quarters().transpose(turn), exif=pictures.exif(orientation)))
    full = opened(done.full)
    assert full.size == (120, 80)
    assert all(map(alike, corners(full), CORNERS)), corners(full)


def test_a_large_picture_is_brought_to_2048_and_320(decoded: Decode):
    done = decoded(pictures.jpeg(quarters(3000, 1000)))
    assert (done.made.width, done.made.height) == opened(done.full).size == (2048, 683)
    assert opened(done.thumb).size == (320, 107)


@pytest.mark.parametrize("make", [pictures.heic, pictures.avif], ids=["HEIC", "AVIF"])
def test_a_large_picture_of_another_decoder_too(decoded: Decode, make):
    done = decoded(make(quarters(4500, 1500)))
    assert (done.made.width, done.made.height) == opened(done.full).size == (2048, 683)
    assert all(map(alike, corners(opened(done.full)), CORNERS))


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (319, 321), (7, 13)])
def test_a_small_or_narrow_picture_is_never_made_larger(decoded: Decode, size: tuple[int, int]):
    done = decoded(saved(quarters(*size), "PNG"))
    expected = tuple(min(side, 2048) for side in size)
    assert opened(done.full).size == (done.made.width, done.made.height) == expected
    assert max(opened(done.thumb).size) <= 320


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_what_was_transparent_stays_so(decoded: Decode, kind: str):
    image = quarters().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 60, 40))
    full = opened(decoded(saved(image, kind)).full).convert("RGBA")
    assert full.getpixel((30, 20))[3] == 0  # type: ignore[index] # RGBA gives a tuple
    assert full.getpixel((90, 20))[3] == 255  # type: ignore[index] # likewise


def test_the_one_transparent_colour_of_a_palette_stays_transparent(decoded: Decode):
    image = quarters().quantize(4)
    clear = image.getpixel((10, 10))
    full = opened(decoded(saved(image, "PNG", transparency=clear)).full).convert("RGBA")
    assert full.getpixel((30, 20))[3] == 0  # type: ignore[index] # RGBA gives a tuple
    assert full.getpixel((90, 60))[3] == 255  # type: ignore[index] # likewise


def test_sixteen_bits_become_eight_of_the_same_brightness(decoded: Decode):
    row = opened(decoded(pictures.deep_png(64, 48)).full).convert("L").crop((0, 24, 64, 25)).tobytes()
    brightness = [row[column] for column in (0, 21, 42, 63)]
    assert alike(brightness, (0, 85, 170, 255), 12)


def test_inks_become_the_colours_they_print(decoded: Decode):
    done = decoded(pictures.jpeg(quarters(mode="CMYK")))
    # A press has no such pure colours: each is duller, and still the one it was.
    shown = corners(opened(done.full))
    assert all(alike(one, meant, 90) for one, meant in zip(shown, CORNERS, strict=True)), shown
    assert [colour.index(max(colour)) for colour in shown[:3]] == [0, 1, 2]
    assert metadata(done.full) == []


@pytest.mark.parametrize("mode", ["L", "1", "LA"])
def test_grey_stays_grey(decoded: Decode, mode: str):
    full = opened(decoded(saved(quarters(mode=mode), "PNG")).full).convert("RGB")
    for colour in corners(full):
        assert max(colour) - min(colour) < 6


@pytest.mark.parametrize("make", [pictures.jpeg, pictures.heic, pictures.avif], ids=["JPEG", "HEIC", "AVIF"])
def test_colours_of_a_wide_gamut_are_converted_and_the_profile_goes(decoded: Decode, make):
    image, profile = Image.new("RGB", (64, 64), (60, 200, 90)), pictures.wide_gamut_profile()
    done = decoded(make(image, icc_profile=profile))
    expected = pictures.as_srgb(image, profile).getpixel((32, 32))
    shown = corners(opened(done.full))[0]
    assert alike(shown, expected, 8), (shown, expected)  # type: ignore[arg-type] # RGB gives a tuple
    assert not alike(shown, (60, 200, 90), 8)
    assert metadata(done.full) == []


def test_a_profile_that_is_none_costs_the_picture_nothing(decoded: Decode):
    done = decoded(pictures.jpeg(icc_profile=pictures.MARK * 20))
    assert all(map(alike, corners(opened(done.full)), CORNERS))
    assert metadata(done.full) == []


def test_the_name_and_type_a_file_comes_with_play_no_part(decoded: Decode):
    # The decoder is given bytes alone: a PNG is a PNG, whatever it was called.
    assert opened(decoded(saved(quarters(), "PNG")).full).size == (120, 80)


def test_pictures_in_one_file_with_others_are_their_first(decoded: Decode):
    file = io.BytesIO()
    quarters().save(file, "AVIF", save_all=True, append_images=[Image.new("RGB", (120, 80), "black")])
    done = decoded(file.getvalue())
    assert (done.made.frames, len(pictures.shown_frames(done.full))) == (1, 1)
    assert all(map(alike, corners(opened(done.full)), CORNERS))
