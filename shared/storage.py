"""Object storage: a local folder or an S3-compatible service, as the setting STORAGE_URL says.

An object is written completely or not at all, and never changed afterwards; its key derives from an id.
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
"""How much of a file is in memory while it is written. S3 accepts no smaller parts than 5 MiB."""

_CONNECT_SECONDS = 3
_RETRIES = 2


class StoredObject(NamedTuple):
    """An object as a listing shows it."""

    key: str
    written_at: datetime


class ObjectMissing(Exception):
    """There is no such object."""


class Storage:
    """Objects by key. Every method raises `StorageAway` when the storage is full or unreachable."""

    def __init__(self, store: LocalStore | S3Store, signing: S3Store | None = None) -> None:
        """`signing` signs addresses for browsers; None: browsers get every object through the API."""
        self._store = store
        self._signing = signing

    def put(self, key: str, file: IO[bytes], headers: Mapping[str, str] | None = None) -> None:
        """Write `file` from its current position. S3 also sends `headers` whenever the object is read."""
        local = isinstance(self._store, LocalStore)
        with _translate_errors(key):
            obstore.put(
                self._store,
                key,
                file,
                attributes=None if local or not headers else dict(headers),
                chunk_size=FOLDER_PART_BYTES if local else S3_PART_BYTES,
                max_concurrency=1,
            )
            if local:
                self._fsync(key)

    def read(self, key: str) -> Iterator[bytes]:
        """The object's bytes in chunks. Raises `ObjectMissing` from this call, not from the first chunk."""
        with _translate_errors(key, missing=lambda: ObjectMissing(key)):
            found = obstore.get(self._store, key)
        return _chunks(key, iter(found.stream()))

    def delete(self, keys: Iterable[str]) -> None:
        """Delete objects; keys without an object are ignored."""
        to_delete = list(keys)
        if isinstance(self._store, LocalStore):
            for key in to_delete:
                with _translate_errors(key, missing=None):
                    obstore.delete(self._store, key)
        elif to_delete:
            with _translate_errors(to_delete[0], missing=None):
                obstore.delete(self._store, to_delete)

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """All objects whose keys begin with `prefix`, which ends with a slash."""
        with _translate_errors(prefix, missing=None):
            for page in obstore.list(self._store, prefix=prefix.rstrip("/")):
                for found in page:
                    yield StoredObject(found["path"], found["last_modified"])

    def signed_address(self, key: str, lifetime: timedelta) -> str | None:
        """An address where anyone can read the object for `lifetime`; None if this storage signs none."""
        if self._signing is None:
            return None
        with _translate_errors(key):
            return obstore.sign(self._signing, "GET", key, lifetime)

    def _fsync(self, key: str) -> None:
        """Flush a local file and its folder to disk: no row may refer to a file lost in a power failure."""
        path = Path(str(self._store.prefix)) / key
        for place in (path, path.parent):
            descriptor = os.open(place, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


@contextmanager
def _translate_errors(key: str, *, missing: Callable[[], Exception] | None = StorageAway) -> Iterator[None]:
    """Raise `StorageAway` for errors of the storage, `missing()` where an object or bucket is missing.

    With `missing=None`, that is no error.
    """
    try:
        yield
    except FileNotFoundError as error:
        if missing is not None:
            raise missing() from error
    except (BaseError, OSError) as error:
        log.warning("storage_away", key=key, error=_first_line(error))
        raise StorageAway from error


def _first_line(error: Exception) -> str:
    # obstore appends its internal state, over many lines.
    return str(error).partition("\n")[0]


def _chunks(key: str, stream: Iterator[bytes]) -> Iterator[bytes]:
    with _translate_errors(key):
        yield from stream


@functools.cache
def storage() -> Storage:
    """The storage of this process, created on first use: a forked child must not inherit its threads."""
    url = urlsplit(settings().storage_url)
    if url.scheme == "s3":
        return _s3()
    folder = Path(unquote(url.path)) if url.path else settings().data_dir / "pictures"
    try:
        return Storage(LocalStore(folder.absolute(), mkdir=True))
    except (BaseError, OSError) as error:
        log.warning("storage_away", folder=str(folder), error=_first_line(error))
        raise StorageAway from error


def browser_endpoint() -> str:
    """Origin of signed addresses, as https://host; empty if browsers get pictures through the API."""
    config = settings()
    if urlsplit(config.storage_url).scheme != "s3":
        return ""
    amazon_endpoint = f"https://s3.{config.s3_region}.amazonaws.com"
    return config.s3_public_endpoint or config.s3_endpoint or amazon_endpoint


def _s3() -> Storage:
    config = settings()
    return Storage(_s3_store(config.s3_endpoint), _s3_store(config.s3_public_endpoint or config.s3_endpoint))


def _s3_store(endpoint: str) -> S3Store:
    config = settings()
    seconds = timedelta(seconds=config.storage_timeout_seconds)
    s3_config: S3Config = {"region": config.s3_region}
    # Without these settings the client uses Amazon's addresses and the machine's own role.
    if endpoint:
        s3_config["endpoint"] = endpoint
    if config.s3_access_key_id:
        s3_config["access_key_id"] = config.s3_access_key_id
        s3_config["secret_access_key"] = config.s3_secret_access_key
    return S3Store.from_url(
        config.storage_url,
        config=s3_config,
        client_options={
            "allow_http": endpoint.startswith("http://"),
            "timeout": seconds,
            "connect_timeout": timedelta(seconds=_CONNECT_SECONDS),
        },
        retry_config={"max_retries": _RETRIES, "retry_timeout": seconds},
    )
