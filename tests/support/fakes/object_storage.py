"""Object storage for tests: a folder, or a bucket of a fake S3 server (moto) in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import boto3  # type: ignore[import-untyped] # ships no types
from moto.server import ThreadedMotoServer

from services.images.decoding.sandbox import sandbox
from shared.storage import Storage, storage
from tests.support.configured import configured

KEY, SECRET = "a-key", "its-secret"


@dataclass(frozen=True, slots=True)
class S3:
    """A running S3 server."""

    url: str

    def bucket(self, name: str) -> None:
        """Make a bucket."""
        client = boto3.client(
            "s3",
            endpoint_url=self.url,
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            region_name="us-east-1",
        )
        try:
            client.create_bucket(Bucket=name)
        finally:
            client.close()


@contextmanager
def s3_server() -> Iterator[S3]:
    """moto's server on a free port of 127.0.0.1."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        _, port = server.get_host_and_port()
        yield S3(f"http://127.0.0.1:{port}")
    finally:
        server.stop()


@contextmanager
def storage_at(url: str, **settings: object) -> Iterator[Storage]:
    """Use the storage at `url` inside the block, with other settings too."""
    with storage_named(url, **settings):
        yield storage()


@contextmanager
def storage_named(url: str, **settings: object) -> Iterator[None]:
    """As `storage_at`, but without looking whether the storage is there."""
    with configured(storage_url=url, **settings):
        _forget()
        try:
            yield
        finally:
            sandbox().close()
    _forget()


def s3_settings(server: S3) -> dict[str, str]:
    """What the settings must say of a server."""
    return {"s3_endpoint": server.url, "s3_access_key_id": KEY, "s3_secret_access_key": SECRET}


def folder_url(folder: Path) -> str:
    """The storage URL of a folder."""
    return folder.as_uri()


def keys(prefix: str = "") -> set[str]:
    """Every key in the storage of the moment that begins with `prefix`."""
    prefixes = [prefix] if prefix else ["original/", "full/", "thumb/"]
    return {found.key for each in prefixes for found in storage().list(each)}


def _forget() -> None:
    storage.cache_clear()
    sandbox.cache_clear()
