"""Pictures through the running system: the real server, relay, queue and workers."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests
from werkzeug.test import TestResponse

from shared.pictures import MEBIBYTE
from tests.e2e.conftest import Enter
from tests.support.clients import uploads
from tests.support.clients.http import Client
from tests.support.factories import pictures
from tests.support.factories.pictures import CORNERS, alike, corners, metadata, opened, quarters, saved
from tests.support.processes.running import Processes
from tests.support.waiting import until

_SECONDS = 60


class Album:
    """Uploads and looks as the demo person `user`."""

    def __init__(self, running: Processes, user: str) -> None:
        self.client = Client(running.api_url, user, seconds=_SECONDS)

    def upload(self, data: bytes, name: str = "foto.jpg") -> Any:
        """Upload a file, which must be taken in."""
        return uploads.uploaded(self.client, data, name)["id"]

    def state(self, attachment: Any) -> Any:
        """What became of an upload, once that is known."""

        def settled() -> Any:
            state = self.client.read(f"/v1/attachments/{attachment}")
            return state if state["status"] != "pending" else None

        return until(settled)

    def picture(self, state: Any, variant: str) -> TestResponse:
        """One of the two pictures."""
        return self.client.get(state[variant])


@pytest.fixture
def album(running: Processes) -> Iterator[Album]:
    ana = Album(running, "ana")
    with closing(ana.client):
        yield ana


def test_uploads_of_every_kind_end_as_pictures_or_as_a_clear_no(album: Album):
    files = {
        "IMG_1.jpg": pictures.turned(8),
        "IMG_2.HEIC": pictures.heic(exif=pictures.exif()),
        "pantalla.png": saved(quarters(), "PNG"),
        "baile.gif": pictures.animation("GIF"),
        "web.webp": saved(quarters(), "WEBP"),
        "nuevo.avif": pictures.avif(),
    }
    refused = {
        "foto.jpg": b"<html><script>alert(1)</script>",
        "bomba.png": pictures.png_of_zeros(30_000, 30_000),
        "medio.jpg": pictures.jpeg(quarters(900, 900))[:3_000],
    }
    ids = {name: album.upload(data, name) for name, data in (files | refused).items()}
    states = {name: album.state(attachment) for name, attachment in ids.items()}
    assert {name for name, state in states.items() if state["status"] == "ready"} == set(files)
    assert {name: states[name]["reason"] for name in refused} == {
        "foto.jpg": "not_a_picture",
        "bomba.png": "too_many_pixels",
        "medio.jpg": "damaged",
    }
    for name in files.keys() - {"baile.gif"}:
        full = album.picture(states[name], "full")
        assert full.headers["Content-Type"] == "image/webp"
        assert all(map(alike, corners(opened(full.data)), CORNERS)), name
        assert metadata(full.data) == []


def test_a_picture_reaches_the_other_side_with_the_message(album: Album, running: Processes, enter: Enter):
    ana = enter("ana")
    attachment = album.upload(pictures.jpeg())
    ticket = ana.post_ok("/v1/tickets", _ticket_with(attachment))
    until(lambda: ana.read(f"/v1/tickets/{ticket['id']}")["status"] == "open")
    album.state(attachment)
    [shown] = _messages(enter("marina"), ticket)[0]["attachments"]
    marina = Album(running, "marina")
    with closing(marina.client):
        picture = marina.picture(shown, "full").data
    assert all(map(alike, corners(opened(picture)), CORNERS))


def _ticket_with(attachment: Any) -> dict[str, Any]:
    return {"body": "Así se ve", "verdict": "improvable", "attachment_ids": [attachment]}


def _messages(person: Client, ticket: Any) -> Any:
    return person.read(f"/v1/tickets/{ticket['id']}/messages")["items"]


def test_large_uploads_never_stand_in_the_servers_memory(album: Album, running: Processes):
    data = pictures.jpeg().ljust(10 * MEBIBYTE, b"\0")
    album.upload(data)
    servers = psutil.Process(running["api"].pid)
    before = _resident(servers)
    with ThreadPoolExecutor(8) as threads:
        ids = list(threads.map(album.upload, [data] * 16))
    # Eight at a time are 80 MiB; of each, one part is in memory while it is written.
    assert _resident(servers) - before < 60 * MEBIBYTE
    assert {album.state(attachment)["status"] for attachment in ids} == {"ready"}


def _resident(program: psutil.Process) -> int:
    """The most memory a program and its processes ever held."""
    return sum(_most(process.pid) for process in (program, *program.children(recursive=True)))


def _most(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def test_a_body_that_never_says_its_length_is_bounded_too(album: Album):
    def endless() -> Any:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        for _ in range(12):
            yield bytes(MEBIBYTE)

    form = "multipart/form-data; boundary=x"
    try:
        answer = album.client.call("POST", "/v1/attachments", data=endless(), content_type=form)
    except requests.ConnectionError:
        return  # the server hung up on it, which is an answer as well
    assert answer.status_code in {400, 413, 422}, answer.text
