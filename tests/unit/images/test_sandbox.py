"""The decoding process: what is over a limit is refused, what dies is replaced, and nobody else notices."""

import os
import signal
import threading
from pathlib import Path

import psutil
import pytest

from services.images.decoding.limits import WALL_CLOCK_EXCEEDED
from services.images.decoding.sandbox import DecoderLost, Sandbox
from shared.pictures import MEBIBYTE, Refusal
from tests.support.factories import pictures
from tests.support.factories.pictures import quarters, saved
from tests.support.processes.decoding import decode, limits
from tests.support.waiting import until

MINUTES_OF_WORK = pictures.endless_gif(50_000, width=2_000, height=2_000)
"""As many frames of four megapixels, should nobody count them."""

UNBOUNDED = {"pixels": 10**12, "animation_pixels": 10**12, "frames": 10**6}


def test_a_file_over_the_clock_is_refused_and_the_next_one_is_done():
    with Sandbox(limits(wall_seconds=0.2, **UNBOUNDED)) as sandbox:
        done = decode(sandbox, MINUTES_OF_WORK)
        assert (done.refused, done.result.detail) == (Refusal.TOO_DEMANDING, WALL_CLOCK_EXCEEDED)
        sandbox.limits = limits()
        assert decode(sandbox, pictures.jpeg()).made.width == 120


def test_a_file_over_the_processor_time_is_refused_and_the_next_one_is_done():
    with Sandbox(limits(cpu_seconds=1, **UNBOUNDED)) as sandbox:
        done = decode(sandbox, MINUTES_OF_WORK)
        assert (done.refused, done.result.detail) == (Refusal.TOO_DEMANDING, "ended by signal 9")
        assert decode(sandbox, pictures.jpeg()).made.width == 120


@pytest.mark.parametrize(
    "data",
    [
        pictures.jpeg(quarters(3000, 2000), progressive=True, subsampling=0),
        saved(quarters(4000, 4000), "WEBP", lossless=True),
        pictures.heic(quarters(4000, 4000)),
        pictures.avif(quarters(4000, 4000)),
    ],
    ids=["JPEG", "WebP", "HEIC", "AVIF"],
)
def test_a_file_over_the_memory_limit_is_refused(data: bytes):
    with Sandbox(limits(memory_bytes=48 * MEBIBYTE)) as sandbox:
        done = decode(sandbox, data)
        assert done.refused in {Refusal.TOO_DEMANDING, Refusal.DAMAGED}
        assert done.result.peak_bytes < 150 * MEBIBYTE
        sandbox.limits = limits()
        assert decode(sandbox, data).made.width == 2048


def test_a_killed_decoding_process_is_replaced_and_the_file_is_not_to_blame():
    with Sandbox(limits()) as sandbox:
        decode(sandbox, pictures.jpeg())
        assert sandbox._process is not None
        before = sandbox._process.pid
        os.kill(before, signal.SIGKILL)
        with pytest.raises(DecoderLost):
            decode(sandbox, pictures.jpeg())
        assert decode(sandbox, pictures.jpeg()).made.width == 120
        assert sandbox._process.pid != before


def test_killed_in_the_middle_of_a_file_it_leaves_no_fork_behind():
    with Sandbox(limits(**UNBOUNDED)) as sandbox:
        decode(sandbox, pictures.jpeg())
        assert sandbox._process is not None
        process = psutil.Process(sandbox._process.pid)
        lost: list[BaseException] = []

        def work() -> None:
            try:
                decode(sandbox, MINUTES_OF_WORK)
            except DecoderLost as error:
                lost.append(error)

        working = threading.Thread(target=work)
        working.start()
        [fork] = until(process.children)
        process.kill()
        working.join()
        until(lambda: not fork.is_running() or fork.status() == psutil.STATUS_ZOMBIE)
        assert len(lost) == 1


def test_it_ends_when_nobody_is_there_any_more():
    sandbox = Sandbox(limits())
    decode(sandbox, pictures.jpeg())
    assert sandbox._process is not None
    assert sandbox._channel is not None
    sandbox._channel.close()
    assert sandbox._process.wait(10) == 0
    sandbox._channel = sandbox._process = None


def test_two_threads_take_turns():
    with Sandbox(limits()) as sandbox:
        found: list[int] = []
        threads = [
            threading.Thread(target=lambda: found.append(decode(sandbox, pictures.jpeg()).made.width))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [120] * 4


def test_a_forked_worker_gets_a_decoding_process_of_its_own():
    with Sandbox(limits()) as sandbox:
        decode(sandbox, pictures.jpeg())
        assert sandbox._process is not None
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                width = decode(sandbox, pictures.jpeg()).made.width
                os.write(writer, f"{width} {sandbox._process.pid}".encode())
                sandbox.close()
            finally:
                os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as answer:
            shown, other = map(int, answer.read().split())
        os.waitpid(child, 0)
        assert shown == 120
        assert other != sandbox._process.pid
        assert decode(sandbox, pictures.jpeg()).made.width == 120


def test_one_that_cannot_start_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("services.images.decoding.sandbox._ROOT", tmp_path)
    with Sandbox(limits()) as sandbox, pytest.raises(DecoderLost, match="did not start"):
        decode(sandbox, pictures.jpeg())
