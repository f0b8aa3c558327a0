"""Pictures of every kind, made from nothing; and what is found in a picture by a second library."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import pillow_heif
import pyvips  # type: ignore[import-untyped] # ships no types
from PIL import Image, ImageCms, ImageSequence

MARK = b"BOTMENI-MARK"
"""Hidden in every place a file has for it; no picture of ours may hold it."""

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (40, 60, 210), (250, 250, 250)
CORNERS = (RED, GREEN, BLUE, WHITE)
"""Upper left, upper right, lower left, lower right."""

# Values of EXIF's Orientation (tag 0x0112), each with what a camera did to the upright picture.
TURNED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
_ORIENTATION, _GPS, _MAKER = 0x0112, 0x8825, 0x010F


def quarters(width: int = 120, height: int = 80, mode: str = "RGB") -> Image.Image:
    """A picture of four colours, one in each corner."""
    image = Image.new("RGB", (width, height))
    half_width, half_height = width // 2, height // 2
    for number, colour in enumerate(CORNERS):
        left, top = number % 2 * half_width, number // 2 * half_height
        image.paste(colour, (left, top, left + half_width + width % 2, top + half_height + height % 2))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The image as a file of the format Pillow calls `kind`."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    """A JPEG of good quality."""
    return saved(image or quarters(), "JPEG", **{"quality": 92, **options})


def exif(orientation: int = 1) -> bytes:
    """EXIF with the mark, a place on Earth and an orientation."""
    data = Image.Exif()
    data[_ORIENTATION] = orientation
    data[_MAKER] = MARK.decode()
    data[_GPS] = {1: "S", 2: (34.0, 36.0, 13.0), 3: "W", 4: (58.0, 22.0, 54.0)}
    return data.tobytes()


def turned(orientation: int) -> bytes:
    """A JPEG that is upright only if its orientation is heeded."""
    turn = TURNED[orientation]
    image = quarters() if turn is None else quarters().transpose(turn)
    return jpeg(image, exif=exif(orientation))


def frames(count: int, width: int = 60, height: int = 40) -> list[Image.Image]:
    """Frames no two of which are alike."""
    return [Image.new("RGB", (width, height), (number * 37 % 256, 90, 200)) for number in range(count)]


def animation(kind: str, count: int = 5, duration: int = 80, **options: Any) -> bytes:
    """An animation of `count` frames, each shown for `duration` milliseconds."""
    first, *rest = frames(count)
    return saved(first, kind, save_all=True, append_images=rest, duration=duration, loop=0, **options)


def endless_gif(count: int, width: int = 8, height: int = 8) -> bytes:
    """A GIF of very many frames, each in the fewest bytes (GIF89a: 20, 21, 23 and appendix F)."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes((0, 0, 0, 255, 255, 255))
    # Clear, one pixel, end: the rest of the frame is left as it was.
    frame = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * count + b";"


def png_of_zeros(width: int, height: int) -> bytes:
    """A PNG of one grey, one bit to the pixel: hundreds of megapixels in some ten thousand bytes."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(packer.compress(row * 1_000) for _ in range(height // 1_000)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_with_text(image: Image.Image, text: bytes) -> bytes:
    """A PNG with a comment in front of its pixels."""
    plain = saved(image, "PNG")
    after_header = 8 + 12 + 13
    return plain[:after_header] + _chunk(b"tEXt", b"Comment\0" + text) + plain[after_header:]


def deep_png(width: int = 64, height: int = 48) -> bytes:
    """A PNG of 16 bits to the sample, a ramp from black to white."""
    ramp = [round(65_535 * column / (width - 1)) for column in range(width)]
    row = b"\0" + struct.pack(f">{width}H", *ramp)
    header = struct.pack(">IIBBBBB", width, height, 16, 0, 0, 0, 0)
    data = zlib.compress(row * height)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def heic(image: Image.Image | None = None, **options: Any) -> bytes:
    """A HEIC, as telephones make them."""
    file = io.BytesIO()
    pillow_heif.from_pillow(image or quarters()).save(file, quality=90, **options)
    return file.getvalue()


def avif(image: Image.Image | None = None, **options: Any) -> bytes:
    """An AVIF."""
    return saved(image or quarters(), "AVIF", quality=90, speed=8, **options)


def wide_gamut_profile() -> bytes:
    """The ICC profile of a telephone's screen (Display P3): the same numbers are other colours in it."""
    profile: bytes = pyvips.Operation.call("profile_load", "p3")
    return profile


def as_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """What an image of that profile looks like in sRGB, by Pillow."""
    own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    converted = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"))
    assert converted is not None
    return converted


# --- What a second library sees ---


def opened(data: bytes) -> Image.Image:
    """A picture of ours, by Pillow. Fails unless it is WebP."""
    image = Image.open(io.BytesIO(data), formats=("WEBP",))
    image.load()
    return image


def shown_frames(data: bytes) -> Sequence[Image.Image]:
    """All frames of a picture of ours."""
    return [frame.convert("RGB") for frame in ImageSequence.Iterator(opened(data))]


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    """The colours in the middle of the four quarters, in the order of `CORNERS`."""
    flat = image.convert("RGB")
    width, height = flat.size
    places = [(width // 4, height // 4), (3 * width // 4, height // 4)]
    places += [(column, 3 * height // 4) for column, _ in places]
    return [_colour(flat, place) for place in places]


def _colour(image: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    colour = image.getpixel(place)
    assert isinstance(colour, tuple)
    return tuple(int(value) for value in colour)


def alike(left: Sequence[int], right: Sequence[int], most: int = 24) -> bool:
    """Whether two colours look the same, after lossy encoding."""
    return all(abs(one - other) <= most for one, other in zip(left, right, strict=True))


PIXELS_ONLY = {"VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"}
"""The chunks of a WebP file that hold pixels or how to show them (RFC 9649, 2.7)."""


def chunks(data: bytes) -> list[str]:
    """The chunks of a WebP file, in order. Fails if anything stands outside them."""
    assert data[:4] == b"RIFF"
    assert data[8:12] == b"WEBP"
    assert int.from_bytes(data[4:8], "little") + 8 == len(data)
    found, place = [], 12
    while place < len(data):
        found.append(data[place : place + 4].decode("latin-1"))
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        place += 8 + size + size % 2
    assert place == len(data)
    return found


def metadata(data: bytes) -> list[str]:
    """Whatever a picture of ours says besides its pixels; must be nothing."""
    image = opened(data)
    said = [str(key) for key in image.info if key not in {"loop", "background", "timestamp", "duration"}]
    said += [f"exif {tag}" for tag in image.getexif()]
    said += [chunk for chunk in chunks(data) if chunk not in PIXELS_ONLY]
    return said + (["mark"] if MARK in data else [])
