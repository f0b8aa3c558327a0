"""Decodes a file in a real decoding process, and gives its result and the pictures."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from typing import Any

from services.images.decoding.limits import Limits
from services.images.decoding.sandbox import DecodeResult, PictureInfo, Sandbox
from shared.pictures import MEBIBYTE, Refusal

LIMITS = Limits(
    pixels=50_000_000,
    frames=200,
    animation_pixels=25_000_000,
    memory_bytes=512 * MEBIBYTE,
    cpu_seconds=8,
    # Tests share the machine's cores with each other: the CPU limit is the one that counts here.
    wall_seconds=60.0,
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """How a file ended, and what was written."""

    result: DecodeResult
    full: bytes
    thumb: bytes

    @property
    def made(self) -> PictureInfo:
        """The picture. Fails with the reason if there is none."""
        assert self.result.picture is not None, self.result
        return self.result.picture

    @property
    def refused(self) -> Refusal | None:
        """Why there is none."""
        return self.result.refusal


def limits(**other: Any) -> Limits:
    """The usual limits, but for some."""
    return replace(LIMITS, **other)


def decode(sandbox: Sandbox, data: bytes) -> Decoded:
    """Have a file decoded."""
    with (
        tempfile.TemporaryFile() as source,
        tempfile.TemporaryFile() as full,
        tempfile.TemporaryFile() as thumb,
    ):
        source.write(data)
        source.flush()
        result = sandbox.decode(source, full, thumb)
        return Decoded(result, _content(full), _content(thumb))


def _content(file: Any) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    return content
