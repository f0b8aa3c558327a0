"""Making pictures of one photograph over and over, in one process: as workers do it, or by libvips alone.

`python -m tests.performance.picture_work SIDE PHOTO FOLDER COUNT` prints the seconds it took: by the clock,
and of processor time, that of all processes below included.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pyvips  # type: ignore[import-untyped] # ships no types

FULL_SIDE, THUMB_SIDE = 2048, 320


def bare(photo: Path, folder: Path, count: int) -> Callable[[int], None]:
    """What `vipsthumbnail` does, for both sizes: read once, write twice; one thread, no cache."""
    del count
    pyvips.cache_set_max(0)

    def make(number: int) -> None:
        full = pyvips.Image.thumbnail(str(photo), FULL_SIDE, height=FULL_SIDE, size="down").copy_memory()
        full.webpsave(str(folder / f"{number}-full.webp"), Q=80, effort=4, keep="none")
        thumb = full.thumbnail_image(THUMB_SIDE, height=THUMB_SIDE, size="down")
        thumb.webpsave(str(folder / f"{number}-thumb.webp"), Q=80, effort=4, keep="none")

    return make


def ours(photo: Path, folder: Path, count: int) -> Callable[[int], None]:
    """What a worker does: fetch the upload, decode it in the sandbox, check and store what came out."""
    # The other side is libvips alone, so nothing of ours is loaded for it.
    from services.images.pipeline import process  # noqa: PLC0415 - see above
    from shared.ids import new_id  # noqa: PLC0415 - see above
    from shared.messaging.events import AttachmentUploaded  # noqa: PLC0415 - see above
    from shared.pictures import original_key  # noqa: PLC0415 - see above

    ids = [new_id() for _ in range(count)]
    for attachment in ids:
        place = folder / original_key(attachment)
        place.parent.mkdir(exist_ok=True)
        shutil.copyfile(photo, place)

    def make(number: int) -> None:
        done = process(AttachmentUploaded(attachment_id=ids[number]))
        if done.refusal is not None:
            raise RuntimeError(f"the photograph was refused: {done.refusal}")

    return make


SIDES = {"bare": bare, "ours": ours}


def main() -> None:
    """Make them once to get going, then `COUNT` times on the clock."""
    side, photo, folder, count = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    make = SIDES[side](photo, folder, count + 1)
    make(count)
    began, used = time.perf_counter(), _processor_seconds()
    for number in range(count):
        make(number)
    sys.stdout.write(f"{time.perf_counter() - began} {_processor_seconds() - used}\n")


def _processor_seconds() -> float:
    """User and system time of this process and of those it started, ended or not."""
    own = psutil.Process()
    times = [process.cpu_times() for process in (own, *own.children())]
    return sum(each.user + each.system + each.children_user + each.children_system for each in times)


if __name__ == "__main__":
    main()
