"""Tickets and pictures that a browser test needs to be there."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from tests.support.clients.http import Client
from tests.support.waiting import until


def opened(person: Client, body: str, verdict: str = "improvable") -> Any:
    """A generic ticket, once it is open."""
    ticket = person.post_ok("/v1/tickets", {"body": body, "verdict": verdict})["id"]

    def look() -> Any:
        found = person.read(f"/v1/tickets/{ticket}")
        return found if found["status"] == "open" else None

    return until(look)


def texts(person: Client, ticket: Any) -> list[str]:
    """What was written in a ticket, oldest first."""
    return [item["body"] for item in person.read(f"/v1/tickets/{ticket['id']}/messages")["items"]]


def png(colour: str = "#1c7ed6") -> bytes:
    """A picture of 640 by 480."""
    file = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "PNG")
    return file.getvalue()
