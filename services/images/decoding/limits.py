"""What one upload may cost; handed to the decoding process, which knows no settings."""

from __future__ import annotations

from dataclasses import dataclass

OVER_THE_CLOCK = "over the wall-clock limit"
"""How the decoding process says that a file was ended for its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Pixels of the first frame; frames and pixels of all frames of an animation; memory, CPU, wall clock."""

    pixels: int
    frames: int
    animation_pixels: int
    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
