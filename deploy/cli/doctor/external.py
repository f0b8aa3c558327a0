"""Checks external services: the storage of pictures, the e-mail server, the issuer's keys, the disk."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path
from urllib.error import URLError
from urllib.parse import unquote, urlsplit

import jwt

from deploy.cli.doctor.finding import Finding, brief, ok, skipped, wrong
from services.notifier.email.smtp import SmtpClient
from shared.config.settings import InvalidSettings, settings
from shared.errors import StorageAway
from shared.ids import new_id
from shared.storage import ObjectMissing, storage
from shared.tokens import JwksKeys, key_source

MIN_FREE_PERCENT = 10

_SMTP_TIMEOUT_SECONDS = 5.0


def pictures() -> Iterator[Finding]:
    """Check that the storage writes, reads and deletes a file."""
    location = settings().storage_url or f"{settings().data_dir / 'pictures'}"
    key = f"doctor/{new_id()}"
    try:
        files = storage()
        files.put(key, io.BytesIO(b"botmeni"))
        read = b"".join(files.read(key))
        files.delete([key])
    except (StorageAway, ObjectMissing) as error:
        yield wrong(
            "storage",
            f"{location} takes no files: {brief(error.__cause__ or error)}",
            "Make the folder writable for this user, or correct STORAGE_URL and the S3_… settings.",
        )
        return
    if read != b"botmeni":
        yield wrong("storage", f"{location} gave back other bytes", "Look at what stands between us and it.")
    else:
        yield ok("storage", f"{location} takes files and gives them back")


def mail() -> Iterator[Finding]:
    """Check that the e-mail server accepts the connection and the sender."""
    config = settings()
    if not config.smtp_url:
        yield skipped("SMTP", "SMTP_URL is empty: no e-mail is sent")
        return
    sender = parseaddr(config.email_from)[1]
    server = f"{urlsplit(config.smtp_url).hostname}:{urlsplit(config.smtp_url).port or 'default port'}"
    with SmtpClient(
        config.smtp_url,
        timeout=min(config.smtp_timeout_seconds, _SMTP_TIMEOUT_SECONDS),
        name=sender.rpartition("@")[2],
    ) as client:
        refusal = client.sender_error(sender)
    if refusal is None:
        yield ok("SMTP", f"{server} lets us in and takes {sender} as sender")
    else:
        yield wrong(
            "SMTP",
            f"{server} refuses: {refusal}",
            "Correct SMTP_URL (address, port, user, password, starttls) or EMAIL_FROM; e-mails wait.",
        )


def issuer() -> Iterator[Finding]:
    """Check that the keys that verify people's tokens are available."""
    try:
        source = key_source()
        if not isinstance(source, JwksKeys):
            yield ok("token keys", "the local mode's own")
            return
        known = len(source.client.get_signing_keys())
    except InvalidSettings as error:
        yield wrong("token keys", brief(error), "Set JWT_JWKS_URL.")
    except (jwt.PyJWTError, URLError, OSError, ValueError) as error:
        yield wrong(
            "token keys",
            f"{settings().jwt_jwks_url}: {brief(error)}",
            "Correct JWT_JWKS_URL, or let this machine reach it; nobody can sign in meanwhile.",
        )
    else:
        yield ok("token keys", f"{known} at {settings().jwt_jwks_url}")


def disk() -> Iterator[Finding]:
    """Check that the disks of the data folders have free space."""
    for name, folder in _folders().items():
        usage = shutil.disk_usage(_existing(folder))
        free = 100 * usage.free // usage.total if usage.total else 0
        message = f"{free} % of {usage.total / 2**30:.1f} GiB are free below {folder}"
        if free < MIN_FREE_PERCENT:
            yield wrong(f"disk ({name})", message, "Make room, or move the folder to a larger disk.")
        else:
            yield ok(f"disk ({name})", message)


def _folders() -> dict[str, Path]:
    config = settings()
    folders = {"data": config.data_dir.absolute()}
    url = urlsplit(config.storage_url)
    if url.scheme == "file":
        folders["pictures"] = Path(unquote(url.path))
    return folders


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())
