"""Detects a file's format by its first bytes; its name and its declared type are ignored."""

from __future__ import annotations

import enum

HEAD_BYTES = 256


class Format(enum.Enum):
    """The formats that can be decoded; other files are refused."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    AVIF = "avif"
    HEIC = "heic"


# Brands of ISO/IEC 23008-12 (HEIF), annex B, and of the AV1 Image File Format, section 6.
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
# These brands name only the container; the compatible brands name the format inside.
_CONTAINER_BRANDS = frozenset({b"mif1", b"msf1", b"mif2", b"miaf"})


def detect(head: bytes) -> Format | None:
    """The format of a file that begins with `head`, its first `HEAD_BYTES`; None: not one that is decoded."""
    if head.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Format.GIF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.WEBP
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    return None


def webp_size(head: bytes) -> tuple[int, int] | None:
    """Width and height that a WebP file declares (RFC 9649, 2.5 to 2.7); None if it declares none.

    They are checked before libvips opens the file, because it then allocates memory for the whole picture.
    """
    kind, body = head[12:16], head[20:]
    little = int.from_bytes
    if kind == b"VP8X":
        return little(body[4:7], "little") + 1, little(body[7:10], "little") + 1
    if kind == b"VP8L":
        bits = little(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return little(body[6:8], "little") & 0x3FFF, little(body[8:10], "little") & 0x3FFF
    return None


def _by_brand(head: bytes) -> Format | None:
    """The format of an ISO base media file, by its `ftyp` box: size, 'ftyp', major brand, version, brands."""
    end = min(int.from_bytes(head[:4]), len(head))
    major = head[8:12]
    compatible = {head[at : at + 4] for at in range(16, end - 3, 4)}
    brands = {major} | compatible if major in _CONTAINER_BRANDS else {major}
    if brands & _AVIF_BRANDS:
        return Format.AVIF
    if brands & _HEIC_BRANDS:
        return Format.HEIC
    return None
