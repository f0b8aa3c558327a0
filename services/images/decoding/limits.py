"""The limits for decoding one upload; sent with each request, as the decoding process has no settings."""

from __future__ import annotations

from dataclasses import dataclass

WALL_CLOCK_EXCEEDED = "over the wall-clock limit"
"""The detail of a refusal because decoding took longer than `Limits.wall_seconds`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that decoding one upload may use.

    `pixels`: of one frame. `frames`, `animation_pixels`: how many frames of an animation are stored, and the
    pixels of all of them together. `cpu_seconds`, `wall_seconds`: time used and time passed.
    """

    pixels: int
    frames: int
    animation_pixels: int
    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
