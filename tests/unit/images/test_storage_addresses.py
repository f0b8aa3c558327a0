"""Browsers may read pictures from one place: the very one that signed addresses lead to."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from shared.storage import browser_endpoint
from tests.support.fakes import object_storage as stores

KEYS = {"s3_access_key_id": stores.KEY, "s3_secret_access_key": stores.SECRET}


@pytest.mark.parametrize(
    ("settings", "endpoint"),
    [
        ({}, "https://s3.us-east-1.amazonaws.com"),
        ({"s3_region": "sa-east-1"}, "https://s3.sa-east-1.amazonaws.com"),
        ({"s3_endpoint": "http://127.0.0.1:9000"}, "http://127.0.0.1:9000"),
        (
            {"s3_endpoint": "http://minio:9000", "s3_public_endpoint": "https://pictures.example"},
            "https://pictures.example",
        ),
    ],
    ids=["Amazon's", "another region", "another storage", "behind another name"],
)
def test_signed_addresses_lead_where_the_page_may_go(settings, endpoint: str):
    with stores.storage_at("s3://a-bucket/some/where", **KEYS, **settings) as storage:
        address = storage.signed_address("full/x.webp", timedelta(minutes=5))
        assert browser_endpoint() == endpoint
    assert address is not None
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == endpoint
    assert parts.path == "/a-bucket/some/where/full/x.webp"


def test_from_a_folder_they_come_to_us(tmp_path):
    with stores.storage_at(stores.folder_url(tmp_path)) as storage:
        assert browser_endpoint() == ""
        assert storage.signed_address("full/x.webp", timedelta(minutes=5)) is None
