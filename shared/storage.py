"""Where files are kept: a local folder or S3-compatible storage, told apart by one URL (`STORAGE_URL`).

Objects are written whole or not at all, and never changed afterwards: their keys derive from ids.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from shared.config.settings import settings
from shared.errors import StorageAway

if TYPE_CHECKING:
    from obstore.store import S3Config  # exists for type checkers only

log = structlog.get_logger(__name__)

S3_PART_BYTES = 5 * 1024 * 1024
FOLDER_PART_BYTES = 256 * 1024
"""Most of a file held in memory while it is written; S3 takes no smaller parts than its own."""

_CONNECT_SECONDS = 3
_RETRIES = 2


class StoredObject(NamedTuple):
    """An object as a listing shows it."""

    key: str
    written_at: datetime


class ObjectMissing(Exception):
    """There is no such object."""


class Storage:
    """Objects by key. Every call raises `StorageAway` when the storage is full or cannot be reached."""

    def __init__(self, store: LocalStore | S3Store, signing: S3Store | None = None) -> None:
        """`signing` makes the addresses given to browsers; None: they come to us for every object."""
        self._store = store
        self._signing = signing

    def put(self, key: str, file: IO[bytes], headers: Mapping[str, str] | None = None) -> None:
        """Write `file` from where it stands; on S3, `headers` are sent along whenever it is read."""
        local = isinstance(self._store, LocalStore)
        with _reachable(key):
            obstore.put(
                self._store,
                key,
                file,
                attributes=None if local or not headers else dict(headers),
                chunk_size=FOLDER_PART_BYTES if local else S3_PART_BYTES,
                max_concurrency=1,
            )
            if local:
                self._settle(key)

    def read(self, key: str) -> Iterator[bytes]:
        """The object, piece by piece. Raises `ObjectMissing` at once, not at the first piece."""
        with _reachable(key, missing=lambda: ObjectMissing(key)):
            found = obstore.get(self._store, key)
        return _pieces(key, iter(found.stream()))

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects; those that are not there are no error."""
        gone = list(keys)
        if isinstance(self._store, LocalStore):
            for key in gone:
                with _reachable(key, missing=None):
                    obstore.delete(self._store, key)
        elif gone:
            with _reachable(gone[0], missing=None):
                obstore.delete(self._store, gone)

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """Every object whose key begins with `prefix`, which ends with a slash."""
        with _reachable(prefix, missing=None):
            for some in obstore.list(self._store, prefix=prefix.rstrip("/")):
                for found in some:
                    yield StoredObject(found["path"], found["last_modified"])

    def signed_address(self, key: str, lifetime: timedelta) -> str | None:
        """Where anyone can read the object until `lifetime` is over; None where only we can."""
        if self._signing is None:
            return None
        with _reachable(key):
            return obstore.sign(self._signing, "GET", key, lifetime)

    def _settle(self, key: str) -> None:
        """Have a local file on disk before any row tells of it, should the machine lose its power."""
        path = Path(str(self._store.prefix)) / key
        for place in (path, path.parent):
            descriptor = os.open(place, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


@contextmanager
def _reachable(key: str, *, missing: Callable[[], Exception] | None = StorageAway) -> Iterator[None]:
    """Turn errors into ours; `missing` makes the one for an object or bucket that isn't there."""
    try:
        yield
    except FileNotFoundError as error:
        if missing is not None:
            raise missing() from error
    except (BaseError, OSError) as error:
        log.warning("storage_away", key=key, error=_brief(error))
        raise StorageAway from error


def _brief(error: Exception) -> str:
    # obstore appends what it looked like inside, over many lines.
    return str(error).partition("\n")[0]


def _pieces(key: str, stream: Iterator[bytes]) -> Iterator[bytes]:
    with _reachable(key):
        yield from stream


@functools.cache
def storage() -> Storage:
    """The storage of this process, made on first use so that a forked child never inherits its threads."""
    url = urlsplit(settings().storage_url)
    if url.scheme == "s3":
        return _s3()
    folder = Path(unquote(url.path)) if url.path else settings().data_dir / "pictures"
    try:
        return Storage(LocalStore(folder.absolute(), mkdir=True))
    except (BaseError, OSError) as error:
        log.warning("storage_away", folder=str(folder), error=_brief(error))
        raise StorageAway from error


def browser_endpoint() -> str:
    """Where signed addresses lead, as https://host; empty where browsers come to us for pictures."""
    config = settings()
    if urlsplit(config.storage_url).scheme != "s3":
        return ""
    amazon = f"https://s3.{config.s3_region}.amazonaws.com"
    return config.s3_public_endpoint or config.s3_endpoint or amazon


def _s3() -> Storage:
    config = settings()
    return Storage(_s3_store(config.s3_endpoint), _s3_store(config.s3_public_endpoint or config.s3_endpoint))


def _s3_store(endpoint: str) -> S3Store:
    config = settings()
    seconds = timedelta(seconds=config.storage_timeout_seconds)
    wanted: S3Config = {"region": config.s3_region}
    # What is empty is left to Amazon's own addresses and to the machine's own role.
    if endpoint:
        wanted["endpoint"] = endpoint
    if config.s3_access_key_id:
        wanted["access_key_id"] = config.s3_access_key_id
        wanted["secret_access_key"] = config.s3_secret_access_key
    return S3Store.from_url(
        config.storage_url,
        config=wanted,
        client_options={
            "allow_http": endpoint.startswith("http://"),
            "timeout": seconds,
            "connect_timeout": timedelta(seconds=_CONNECT_SECONDS),
        },
        retry_config={"max_retries": _RETRIES, "retry_timeout": seconds},
    )
