"""Files made to break something: each ends as a clean picture or as a clear no, and the next one goes on."""

import os
import random
import struct
import zlib

import pytest

from services.images.decoding.sandbox import Sandbox
from shared.pictures import MEBIBYTE, Refusal
from tests.support.factories import pictures
from tests.support.factories.pictures import CORNERS, MARK, alike, corners, metadata, opened, quarters, saved
from tests.support.processes.decoding import LIMITS, decode
from tests.unit.images.conftest import Decode

SCRIPT = b"<script>alert('BOTMENI-MARK')</script>"
ZIP = b"PK\x03\x04" + bytes(26) + MARK + b"PK\x05\x06" + bytes(18)

WEBP = saved(quarters(), "WEBP", lossless=True)

NO_PICTURES = {
    "nothing": b"",
    "one byte": b"\xff",
    "SVG with a script": b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
    + SCRIPT
    + b"</svg>",
    "SVG after an XML declaration": b"<?xml version='1.0'?><svg onload='alert(1)'/>",
    "PDF": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "HTML": b"<!doctype html>" + SCRIPT,
    "ZIP": ZIP,
    "TIFF": saved(quarters(), "TIFF"),
    "BMP": saved(quarters(), "BMP"),
    "ICO": saved(quarters(64, 64), "ICO"),
    "PPM": saved(quarters(), "PPM"),
    "JPEG 2000": saved(quarters(), "JPEG2000"),
    "EPS": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(" + MARK + b") run\n",
    "PSD": b"8BPS\x00\x01" + bytes(60),
    "JPEG XL": b"\xff\x0a" + bytes(60),
    "MP4": struct.pack(">I", 24) + b"ftypisom" + bytes(4) + b"isommp42" + bytes(60),
    "text": "una foto, créeme".encode(),
    "random bytes": random.Random(4).randbytes(5_000),
}

TOO_LARGE = {
    "PNG of 900 megapixels": pictures.png_of_zeros(30_000, 30_000),
    "GIF of 4,294 megapixels": pictures.saved(quarters(200, 200), "GIF").replace(
        struct.pack("<HH", 200, 200), b"\xff\xff\xff\xff"
    ),
    "JPEG of 3,600 megapixels": pictures.jpeg().replace(
        struct.pack(">HH", 80, 120), struct.pack(">HH", 60_000, 60_000)
    ),
    # The two numbers of 14 bits that begin a lossless stream (RFC 9649, 3.4).
    "WebP of 268 megapixels": WEBP[:21] + (0x3FFE << 14 | 0x3FFE).to_bytes(4, "little") + WEBP[25:],
    "HEIC of 900 megapixels": pictures.heic().replace(
        b"ispe" + bytes(4) + struct.pack(">II", 120, 80),
        b"ispe" + bytes(4) + struct.pack(">II", 30_000, 30_000),
    ),
    "AVIF of 400 megapixels": pictures.avif().replace(
        b"ispe" + bytes(4) + struct.pack(">II", 120, 80),
        b"ispe" + bytes(4) + struct.pack(">II", 16_384, 16_384),
    ),
}

POLYGLOTS = {
    "GIF and script": saved(quarters(), "GIF", comment=b"*/=1;alert('" + MARK + b"')//") + SCRIPT,
    "JPEG and ZIP": pictures.jpeg() + ZIP,
    "JPEG with a page in a comment": pictures.jpeg(comment=SCRIPT),
    "PNG and HTML": pictures.png_with_text(quarters(), SCRIPT) + b"<!doctype html>" + SCRIPT,
    "WebP with an unknown chunk": saved(quarters(), "WEBP", exif=b"Exif\0\0" + SCRIPT, xmp=SCRIPT),
    "HEIC and ZIP": pictures.heic() + ZIP,
}

WHOLE = {
    "JPEG": pictures.jpeg(quarters(1200, 800)),
    "PNG": saved(quarters(1200, 800), "PNG", compress_level=0),
    "WebP": saved(quarters(1200, 800), "WEBP", lossless=True),
    "GIF": saved(quarters(1200, 800), "GIF"),
    "HEIC": pictures.heic(quarters(1200, 800)),
    "AVIF": pictures.avif(quarters(1200, 800)),
}


@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_picture_is_refused_by_its_bytes(decoded: Decode, data: bytes):
    done = decoded(data)
    assert (done.refused, done.full, done.thumb) == (Refusal.NOT_A_PICTURE, b"", b"")


@pytest.mark.parametrize("data", TOO_LARGE.values(), ids=TOO_LARGE)
def test_a_bomb_is_refused_by_its_header_before_it_costs_anything(decoded: Decode, data: bytes):
    done = decoded(data)
    assert (done.refused, done.full) == (Refusal.TOO_MANY_PIXELS, b"")
    assert done.result.peak_bytes < 100 * MEBIBYTE


@pytest.mark.parametrize("data", POLYGLOTS.values(), ids=POLYGLOTS)
def test_a_file_that_is_two_things_becomes_the_picture_alone(decoded: Decode, data: bytes):
    done = decoded(data)
    for picture in (done.full, done.thumb):
        assert all(map(alike, corners(opened(picture)), CORNERS))
        assert metadata(picture) == []
        assert b"alert" not in picture
        assert b"PK\x03\x04" not in picture


@pytest.mark.parametrize("share", [0.02, 0.5, 0.95], ids=["head", "half", "almost all"])
@pytest.mark.parametrize("kind", WHOLE)
def test_a_truncated_picture_is_damaged_not_half_shown(decoded: Decode, kind: str, share: float):
    data = WHOLE[kind]
    assert decoded(data).made.width == 1200
    done = decoded(data[: max(40, int(len(data) * share))])
    assert done.refused is Refusal.DAMAGED, done.result


def test_a_gif_that_is_a_script_too_is_only_a_picture(decoded: Decode):
    # Width 0x2A2F: read as text the file begins `GIF89a/*`, a name and an opened comment of JavaScript.
    gif = saved(quarters(0x2A2F, 2), "GIF", comment=b"1") + b"*/=1;alert('BOTMENI-MARK')"
    assert gif.startswith(b"GIF89a/*")
    done = decoded(gif)
    assert (done.made.width, opened(done.full).size[0]) == (2048, 2048)
    assert metadata(done.full) == []


def test_a_png_that_promises_more_than_it_holds_is_damaged(decoded: Decode):
    small = saved(quarters(), "PNG")
    header = struct.pack(">IIBBBBB", 4000, 4000, 8, 2, 0, 0, 0)
    promising = small[:16] + header + struct.pack(">I", zlib.crc32(b"IHDR" + header)) + small[33:]
    assert decoded(promising).refused is Refusal.DAMAGED


def test_the_worker_feels_nothing_of_any_of_them(sandbox: Sandbox):
    decode(sandbox, pictures.jpeg())
    process = sandbox._process
    assert process is not None
    for data in (*NO_PICTURES.values(), *TOO_LARGE.values(), *POLYGLOTS.values()):
        result = decode(sandbox, data).result
        assert result.cpu_seconds < LIMITS.cpu_seconds
        assert result.peak_bytes < LIMITS.memory_bytes
    assert sandbox._process is process
    assert process.poll() is None
    assert decode(sandbox, pictures.jpeg()).made.width == 120


def test_the_decoding_process_gets_none_of_our_settings(sandbox: Sandbox):
    decode(sandbox, pictures.jpeg())
    assert sandbox._process is not None
    with open(f"/proc/{sandbox._process.pid}/environ", "rb") as file:  # noqa: PTH123 - no regular file
        environ = file.read()
    assert b"DATABASE_URL" not in environ
    assert b"SECRET_KEY" not in environ
    assert os.environ["DATABASE_URL"].encode() not in environ  # noqa: TID251 - what it must not know
