"""The decoding process: it has no settings and no secrets, and decodes each file in a fork of its own.

`services.images.decoding.sandbox` starts it as `python -m services.images.decoding.child DESCRIPTOR`, and
they exchange JSON lines over the socket DESCRIPTOR. It has the libraries loaded and opens no file itself. So
a fork takes some milliseconds and starts clean, and its death affects nothing else.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import pillow_heif
import pyvips  # type: ignore[import-untyped] # ships no types
from PIL import AvifImagePlugin, Image

from services.images.decoding.decoders import PictureRefused
from services.images.decoding.hardening import harden, landlock_version
from services.images.decoding.limits import WALL_CLOCK_EXCEEDED, Limits
from services.images.decoding.rendering import render
from shared.pictures import Refusal

FILES = 3
"""File descriptors of a request: the upload, the full variant and the thumbnail."""

_LINE_BYTES = 4096
_THREADS = Path("/proc/self/task")  # on Linux
_LOADERS = ("Jpeg", "Png", "Webp", "Nsgif")
# Parts of the three libraries' messages for files that exceed a limit.
_LIMIT_MESSAGES = ("out of memory", "insufficient memory", "memory alloc", "security limit")


def main() -> None:
    """Serve requests from the socket in the first argument, until its other end is closed."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    _configure_libraries()
    if _THREADS.exists() and len(list(_THREADS.iterdir())) > 1:
        # A fork has only one thread of its parent, and may wait for the others' locks for ever.
        sys.exit("A library started threads on being loaded; this process cannot fork safely.")
    channel.sendall(_encode_line({"landlock": landlock_version()}))
    while True:
        request, descriptors = _receive(channel)
        if not request:
            return
        try:
            channel.sendall(_encode_line(_decode_in_fork(Limits(**request), descriptors)))
        finally:
            for descriptor in descriptors:
                os.close(descriptor)


def _configure_libraries() -> None:
    """Block the loaders and savers of libvips that are not needed, and limit all libraries to one thread."""
    pyvips.block_untrusted_set(True)
    pyvips.operation_block_set("VipsForeign", True)
    for name in (*(f"VipsForeignLoad{name}" for name in _LOADERS), "VipsForeignSaveWebp"):
        pyvips.operation_block_set(name, False)
    pyvips.cache_set_max(0)
    options = pillow_heif.options
    options.DECODE_THREADS = 1
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before
    # Pillow imports its plugins, EXIF's among them, when first needed. A hardened fork cannot open files.
    Image.preinit()
    importlib.import_module("PIL.TiffImagePlugin")


def _receive(channel: socket.socket) -> tuple[dict[str, Any], list[int]]:
    line, descriptors = b"", list[int]()
    while not line.endswith(b"\n"):
        chunk, received, _, _ = socket.recv_fds(channel, _LINE_BYTES, FILES)
        if not chunk:
            return {}, []
        line += chunk
        descriptors += received
    return json.loads(line), descriptors


def _decode_in_fork(limits: Limits, descriptors: list[int]) -> dict[str, Any]:
    """Decode in a fork, which is killed afterwards; returns the fields of `sandbox.DecodeResult`."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        _run_fork(limits, descriptors, writer)
    os.close(writer)
    try:
        output, in_time = _read_output(reader, limits.wall_seconds)
    finally:
        os.close(reader)
        os.kill(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
    outcome = _parse(output) if in_time else None
    return {
        **(outcome or {"refusal": Refusal.TOO_DEMANDING, "detail": _describe_exit(status, in_time=in_time)}),
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak_bytes": usage.ru_maxrss * (1024 if sys.platform == "linux" else 1),
    }


def _read_output(descriptor: int, seconds: float) -> tuple[bytes, bool]:
    """What is written until the other end is closed, and whether that was within `seconds`."""
    deadline, output = time.monotonic() + seconds, b""
    while select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0]:
        chunk = os.read(descriptor, _LINE_BYTES)
        if not chunk or len(output) > _LINE_BYTES:
            return output, True
        output += chunk
    return output, False


def _parse(output: bytes) -> dict[str, Any] | None:
    try:
        outcome = json.loads(output)
    except ValueError:
        return None
    return outcome if isinstance(outcome, dict) else None


def _describe_exit(status: int, *, in_time: bool) -> str:
    if not in_time:
        return WALL_CLOCK_EXCEEDED
    code = os.waitstatus_to_exitcode(status)
    return f"ended by signal {-code}" if code < 0 else f"ended with code {code}"


def _run_fork(limits: Limits, descriptors: list[int], writer: int) -> NoReturn:
    """What the fork does: harden itself, decode, and write the outcome to `writer`. It ends the process."""
    code = 1
    try:
        # Messages of decoders may quote the file, and do not belong in our logs.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
        harden(limits)
        os.write(writer, _encode_line(_decode(limits, descriptors)))
        code = 0
    finally:
        os._exit(code)


def _decode(limits: Limits, descriptors: list[int]) -> dict[str, Any]:
    """Either `picture`, or `refusal` with a `detail` for operators."""
    try:
        source, full, thumb = descriptors
        return {"picture": dataclasses.asdict(render(source, full, thumb, limits))}
    except PictureRefused as refused:
        return {"refusal": refused.reason, "detail": ""}
    except MemoryError:
        return {"refusal": Refusal.TOO_DEMANDING, "detail": "out of memory"}
    except Exception as error:  # noqa: BLE001 - any error of a decoder means a bad file
        detail = f"{type(error).__name__}: {error}"[:500]
        over_limit = any(message in detail.lower() for message in _LIMIT_MESSAGES)
        return {"refusal": Refusal.TOO_DEMANDING if over_limit else Refusal.DAMAGED, "detail": detail}


def _encode_line(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode() + b"\n"


if __name__ == "__main__":
    main()
