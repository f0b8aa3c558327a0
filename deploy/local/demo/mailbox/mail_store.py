"""E-mails kept as files, newest first by their names; any mail program opens them."""

from __future__ import annotations

import email
import os
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

KEPT = 500
_NAME = re.compile(r"\d{8}-\d{6}-\d{6}\.eml")


class Mailbox:
    """A folder of e-mails; the oldest give way when there are more than `KEPT`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes) -> Path:
        """Write one e-mail; whoever looks sees all of it or nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.eml"
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(content)
        draft.replace(path)
        for old in self.names()[KEPT:]:
            (self.folder / old).unlink(missing_ok=True)
        return path

    def names(self) -> list[str]:
        """File names, newest first."""
        if not self.folder.is_dir():
            return []
        return sorted(
            (entry.name for entry in self.folder.iterdir() if _NAME.fullmatch(entry.name)), reverse=True
        )

    def read(self, name: str) -> EmailMessage | None:
        """An e-mail by its file name; `None` when there is no such one."""
        if not _NAME.fullmatch(name):
            return None
        try:
            content = (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None
        return email.message_from_bytes(content, policy=default)


def part(message: EmailMessage, kind: str) -> str:
    """The `plain` or `html` part's text; empty where there is none."""
    body = message.get_body((kind,))
    return str(body.get_content()) if body is not None else ""
