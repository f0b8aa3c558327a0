"""The sandbox for untrusted files: starts the decoding process, child.py, and sends it requests."""

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

# The child gets none of our environment. It uses one thread and one heap, so that its memory limit is exact.
_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "VIPS_CONCURRENCY": "1", "MALLOC_ARENA_MAX": "1"}

_Side = Annotated[int, msgspec.Meta(ge=1, le=65_535)]
_Frames = Annotated[int, msgspec.Meta(ge=1)]


class DecoderLost(Exception):
    """The decoding process itself ended or does not respond. The file is not the cause and can be retried."""


class PictureInfo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rendered picture: the size of its full variant in pixels, its frames, and those of the upload.

    The same as `rendering.RenderedPicture`, but checked: the child may be taken over by the file it decodes.
    """

    width: _Side
    height: _Side
    frames: _Frames
    total_frames: _Frames


class DecodeResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Either `picture`, or `refusal` with a `detail` for operators; and the CPU time and memory used."""

    cpu_seconds: float
    peak_bytes: int
    picture: PictureInfo | None = None
    refusal: Refusal | None = None
    detail: str = ""


class Sandbox:
    """One decoding process. It is started when first needed, and decodes files one after another."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._owner_pid = 0

    def decode(self, source: IO[bytes], full: IO[bytes], thumb: IO[bytes]) -> DecodeResult:
        """Render the variants of the picture in `source` to `full` and `thumb`; all three are real files.

        A file that crashes or exceeds its limits is refused. Raises `DecoderLost`.
        """
        request = json.dumps(dataclasses.asdict(self.limits)).encode() + b"\n"
        descriptors = [source.fileno(), full.fileno(), thumb.fileno()]
        with self._lock:
            channel = self._running()
            try:
                channel.settimeout(self.limits.wall_seconds + _GRACE_SECONDS)
                socket.send_fds(channel, [request], descriptors)
                return msgspec.json.decode(_read_line(channel), type=DecodeResult)
            except (OSError, msgspec.MsgspecError) as error:
                self._stop()
                raise DecoderLost(f"{type(error).__name__}: {error}") from error

    def close(self) -> None:
        """Stop the decoding process; a later `decode` starts another."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _running(self) -> socket.socket:
        # After a fork of this worker the child is still the parent's: two processes must not use it at once.
        if self._channel is None or self._owner_pid != os.getpid():
            return self._start()
        return self._channel

    def _start(self) -> socket.socket:
        ours, childs = socket.socketpair()
        with childs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
                [sys.executable, "-E", "-s", "-m", "services.images.decoding.child", str(childs.fileno())],
                cwd=_ROOT,
                env=_ENVIRONMENT,
                pass_fds=[childs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                # Ctrl-C in a terminal signals the whole group; the worker needs the child to finish its file.
                start_new_session=True,
            )
        self._channel, self._owner_pid = ours, os.getpid()
        try:
            ours.settimeout(_START_SECONDS)
            log.info("decoder_started", pid=self._process.pid, **json.loads(_read_line(ours)))
        except (OSError, ValueError) as error:
            self._stop()
            raise DecoderLost(f"it did not start: {error}") from error
        return ours

    def _stop(self) -> None:
        if self._channel is not None:
            self._channel.close()
        if self._process is not None and self._owner_pid == os.getpid():
            self._process.kill()
            self._process.wait()
        self._channel = self._process = None


def _read_line(channel: socket.socket) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        chunk = channel.recv(_LINE_BYTES)
        if not chunk:
            raise ConnectionResetError("it ended")
        line += chunk
    return line


@functools.cache
def sandbox() -> Sandbox:
    """This process's sandbox, with the limits of the settings."""
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
