"""The decoding process: knows no settings and no secrets, and does each file in a fork of its own.

Started by `services.images.decoding.sandbox` as `python -m services.images.decoding.child DESCRIPTOR`. It has
the libraries loaded and never opens a file itself, so that a fork costs some milliseconds, starts clean,
and takes nothing with it when it dies.
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
from typing import Any

import pillow_heif
import pyvips  # type: ignore[import-untyped] # ships no types
from PIL import AvifImagePlugin, Image

from services.images.decoding.confinement import confine, landlock_version
from services.images.decoding.limits import OVER_THE_CLOCK, Limits
from services.images.decoding.opening import Refused
from services.images.decoding.rendering import render
from shared.pictures import Refusal

FILES = 3
"""Descriptors that come with an order: the upload, the full picture, the thumbnail."""

_LINE_BYTES = 4096
_THREADS = Path("/proc/self/task")  # on Linux
_LOADERS = ("Jpeg", "Png", "Webp", "Nsgif")
# How the three libraries say that a file asks for more than it may have.
_COSTLY = ("out of memory", "insufficient memory", "memory alloc", "security limit")


def main() -> None:
    """Take orders from the socket given as first argument until the other end is closed."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    _prepare()
    if _THREADS.exists() and len(list(_THREADS.iterdir())) > 1:
        # A fork has only one of its parent's threads, and would wait for the others for ever.
        sys.exit("A library started threads on being loaded; this process cannot fork safely.")
    channel.sendall(_line({"landlock": landlock_version()}))
    while True:
        order, descriptors = _receive(channel)
        if not order:
            return
        try:
            channel.sendall(_line(_carry_out(Limits(**order), descriptors)))
        finally:
            for descriptor in descriptors:
                os.close(descriptor)


def _prepare() -> None:
    """Block every reader and writer of libvips but those needed, and keep all libraries to one thread."""
    pyvips.block_untrusted_set(True)
    pyvips.operation_block_set("VipsForeign", True)
    for name in (*(f"VipsForeignLoad{name}" for name in _LOADERS), "VipsForeignSaveWebp"):
        pyvips.operation_block_set(name, False)
    pyvips.cache_set_max(0)
    options = pillow_heif.options
    options.DECODE_THREADS = 1
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, and it is checked before
    # Pillow loads its readers, and what reads EXIF, when first needed; by then a fork may open nothing.
    Image.preinit()
    importlib.import_module("PIL.TiffImagePlugin")


def _receive(channel: socket.socket) -> tuple[dict[str, Any], list[int]]:
    line, descriptors = b"", list[int]()
    while not line.endswith(b"\n"):
        more, came, _, _ = socket.recv_fds(channel, _LINE_BYTES, FILES)
        if not more:
            return {}, []
        line += more
        descriptors += came
    return json.loads(line), descriptors


def _carry_out(limits: Limits, descriptors: list[int]) -> dict[str, Any]:
    """Have a fork do the file, wait until it has said how it ended, and end it."""
    listening, telling = os.pipe()
    pid = os.fork()
    if pid == 0:
        _work(limits, descriptors, telling)
    os.close(telling)
    try:
        said, in_time = _listen(listening, limits.wall_seconds)
    finally:
        os.close(listening)
        os.kill(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
    verdict = _read(said) if in_time else None
    return {
        **(verdict or {"refused": Refusal.TOO_DEMANDING, "detail": _how_it_ended(status, in_time=in_time)}),
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak_bytes": usage.ru_maxrss * (1024 if sys.platform == "linux" else 1),
    }


def _listen(descriptor: int, seconds: float) -> tuple[bytes, bool]:
    """What comes until the other end is closed, and whether that was within the time."""
    deadline, said = time.monotonic() + seconds, b""
    while select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0]:
        more = os.read(descriptor, _LINE_BYTES)
        if not more or len(said) > _LINE_BYTES:
            return said, True
        said += more
    return said, False


def _read(said: bytes) -> dict[str, Any] | None:
    try:
        verdict = json.loads(said)
    except ValueError:
        return None
    return verdict if isinstance(verdict, dict) else None


def _how_it_ended(status: int, *, in_time: bool) -> str:
    if not in_time:
        return OVER_THE_CLOCK
    code = os.waitstatus_to_exitcode(status)
    return f"ended by signal {-code}" if code < 0 else f"ended with code {code}"


def _work(limits: Limits, descriptors: list[int], telling: int) -> None:
    """What the fork does; it never returns."""
    code = 1
    try:
        # Complaints of decoders hold what the file says; nobody reads them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
        confine(limits)
        os.write(telling, _line(_verdict(limits, descriptors)))
        code = 0
    finally:
        os._exit(code)


def _verdict(limits: Limits, descriptors: list[int]) -> dict[str, Any]:
    try:
        source, full, thumb = descriptors
        return {"made": dataclasses.asdict(render(source, full, thumb, limits))}
    except Refused as refusal:
        return {"refused": refusal.reason, "detail": ""}
    except MemoryError:
        return {"refused": Refusal.TOO_DEMANDING, "detail": "out of memory"}
    except Exception as error:  # noqa: BLE001 - whatever a decoder raises, the file is to blame
        detail = f"{type(error).__name__}: {error}"[:500]
        costly = any(words in detail.lower() for words in _COSTLY)
        return {"refused": Refusal.TOO_DEMANDING if costly else Refusal.DAMAGED, "detail": detail}


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode() + b"\n"


if __name__ == "__main__":
    main()
