"""Stores e-mails as `.eml` files, which any mail program opens; their names sort by time."""

from __future__ import annotations

import email
import os
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

MAX_EMAILS = 500
_NAME = re.compile(r"\d{8}-\d{6}-\d{6}\.eml")


class MailStore:
    """A folder of e-mails; the oldest are deleted when there are more than `MAX_EMAILS`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, content: bytes) -> Path:
        """Write one e-mail and return its path; a concurrent reader sees all of it or nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.eml"
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(content)
        draft.replace(path)
        for old in self.names()[MAX_EMAILS:]:
            (self.folder / old).unlink(missing_ok=True)
        return path

    def names(self) -> list[str]:
        """Return the file names, newest first."""
        if not self.folder.is_dir():
            return []
        return sorted(
            (entry.name for entry in self.folder.iterdir() if _NAME.fullmatch(entry.name)), reverse=True
        )

    def read(self, name: str) -> EmailMessage | None:
        """Return the e-mail with this file name, or `None` if there is none."""
        if not _NAME.fullmatch(name):
            return None
        try:
            content = (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None
        return email.message_from_bytes(content, policy=default)


def body_text(message: EmailMessage, kind: str) -> str:
    """Return the text of the `plain` or `html` body; it is empty if there is none."""
    body = message.get_body((kind,))
    return str(body.get_content()) if body is not None else ""
