"""Decoding a stranger's file out of harm's way: the side that starts the decoding process and asks it."""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Annotated, Self

import msgspec
import structlog

from services.images.decoding.limits import Limits
from shared.config.settings import settings
from shared.pictures import MEBIBYTE, Refusal

log = structlog.get_logger(__name__)

_ROOT = Path(__file__).parents[3]
_START_SECONDS = 60.0
_GRACE_SECONDS = 15.0
_LINE_BYTES = 4096

# Nothing of our own environment goes along; one thread and one heap, so that the memory limit means memory.
_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "VIPS_CONCURRENCY": "1", "MALLOC_ARENA_MAX": "1"}

_Side = Annotated[int, msgspec.Meta(ge=1, le=65_535)]
_Frames = Annotated[int, msgspec.Meta(ge=1)]


class DecoderLost(Exception):
    """The decoding process itself ended or fell silent; the file is not to blame and can be tried again."""


class Made(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture was made: size of the full variant in pixels, frames kept, frames there were."""

    width: _Side
    height: _Side
    frames: _Frames
    total_frames: _Frames


class Verdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a file ended: `made`, or `refused` with a `detail` for operators; and what it cost."""

    cpu_seconds: float
    peak_bytes: int
    made: Made | None = None
    refused: Refusal | None = None
    detail: str = ""


class Sandbox:
    """One decoding process, started when it is first needed; files are done one after another."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._owner = 0

    def decode(self, source: IO[bytes], full: IO[bytes], thumb: IO[bytes]) -> Verdict:
        """Make the variants of the picture in `source`, written to `full` and `thumb` (real files).

        A hostile file, whatever it does, is a refusal. Raises `DecoderLost`.
        """
        order = json.dumps(dataclasses.asdict(self.limits)).encode() + b"\n"
        descriptors = [source.fileno(), full.fileno(), thumb.fileno()]
        with self._turn:
            channel = self._ready()
            try:
                channel.settimeout(self.limits.wall_seconds + _GRACE_SECONDS)
                socket.send_fds(channel, [order], descriptors)
                return msgspec.json.decode(_line_from(channel), type=Verdict)
            except (OSError, msgspec.MsgspecError) as error:
                self._end()
                raise DecoderLost(f"{type(error).__name__}: {error}") from error

    def close(self) -> None:
        """End the decoding process; a later `decode` starts another."""
        with self._turn:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _ready(self) -> socket.socket:
        # After a fork the process belongs to the parent; two must not talk to it at once.
        if self._channel is None or self._owner != os.getpid():
            return self._start()
        return self._channel

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
                [sys.executable, "-E", "-s", "-m", "services.images.decoding.child", str(theirs.fileno())],
                cwd=_ROOT,
                env=_ENVIRONMENT,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                # What a terminal sends to our group is for us: we finish what we have in hand.
                start_new_session=True,
            )
        self._channel, self._owner = ours, os.getpid()
        try:
            ours.settimeout(_START_SECONDS)
            log.info("decoder_started", pid=self._process.pid, **json.loads(_line_from(ours)))
        except (OSError, ValueError) as error:
            self._end()
            raise DecoderLost(f"it did not start: {error}") from error
        return ours

    def _end(self) -> None:
        if self._channel is not None:
            self._channel.close()
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
        self._channel = self._process = None


def _line_from(channel: socket.socket) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        more = channel.recv(_LINE_BYTES)
        if not more:
            raise ConnectionResetError("it ended")
        line += more
    return line


@functools.cache
def sandbox() -> Sandbox:
    """The decoding process of this worker, with the limits of the settings."""
    config = settings()
    return Sandbox(
        Limits(
            pixels=config.attachment_max_megapixels * 1_000_000,
            frames=config.attachment_max_frames,
            animation_pixels=config.attachment_animation_megapixels * 1_000_000,
            memory_bytes=config.decoder_memory_mib * MEBIBYTE,
            cpu_seconds=config.decoder_cpu_seconds,
            wall_seconds=config.decoder_wall_seconds,
        )
    )
