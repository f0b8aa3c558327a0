"""From an upload to two pictures that can be looked at, in a folder and in S3."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from shared.pictures import Variant
from shared.storage import Storage
from tests.integration.conftest import SignIn
from tests.support.clients import jobs
from tests.support.clients.http import Client
from tests.support.clients.uploads import PHOTO, ready, upload, uploaded
from tests.support.factories import pictures
from tests.support.factories.database import Database, StoreFixture
from tests.support.factories.pictures import CORNERS, alike, corners, metadata, opened
from tests.support.fakes import object_storage as stores


@pytest.fixture
def seller(shop: StoreFixture, sign_in: SignIn) -> Client:
    return sign_in(shop.seller)


def picture(client: Client, address: str) -> Any:
    """What a browser gets at the address of a picture, wherever it is sent."""
    answer = client.get(address)
    if answer.status_code == 302:
        followed = requests.get(answer.headers["Location"], timeout=10)
        assert followed.ok, followed.text
        assert followed.headers["Content-Type"] == "image/webp"
        return followed.content
    assert answer.status_code == 200, answer.text
    return answer.data


def test_an_upload_is_pending_then_ready_and_shows_the_same(any_store: Storage, seller: Client):
    attachment = uploaded(seller, pictures.turned(6), "IMG_0042.JPG")
    assert (attachment["name"], attachment["status"]) == ("IMG_0042.JPG", "pending")
    assert attachment["thumb"] is attachment["full"] is attachment["reason"] is None
    assert seller.read(f"/v1/attachments/{attachment['id']}") == attachment

    jobs.drain()

    done = seller.read(f"/v1/attachments/{attachment['id']}")
    assert (done["status"], done["width"], done["height"], done["frames"]) == ("ready", 120, 80, 1)
    for address in (done["full"], done["thumb"]):
        shown = picture(seller, address)
        assert all(map(alike, corners(opened(shown)), CORNERS))
        assert metadata(shown) == []


def test_what_was_uploaded_is_gone_once_it_is_handled(any_store: Storage, seller: Client):
    attachment = uploaded(seller)
    assert stores.keys() == {f"original/{attachment['id']}"}
    jobs.drain()
    assert stores.keys() == {f"full/{attachment['id']}.webp", f"thumb/{attachment['id']}.webp"}


@pytest.mark.parametrize(
    ("language", "words"), [(None, "No es una imagen que podamos mostrar"), ("en", "It is not a picture")]
)
def test_what_is_no_picture_is_refused_in_the_readers_language(
    any_store: Storage, shop: StoreFixture, sign_in: SignIn, language: str | None, words: str
):
    client = sign_in(shop.seller, language)
    done = ready(client, b"<!doctype html><script>alert(1)</script>")
    assert (done["status"], done["reason"]) == ("rejected", "not_a_picture")
    assert done["explanation"].startswith(words)
    assert done["full"] is None
    refused: Any = client.get(f"/v1/attachments/{done['id']}/full")
    assert (refused.status_code, refused.json["code"]) == (409, "attachment_not_ready")
    assert stores.keys() == set()


def test_a_html_page_called_jpg_is_refused_and_a_png_called_jpg_is_not(any_store: Storage, seller: Client):
    page = uploaded(seller, b"<html><script>alert(1)</script></html>", "foto.jpg")
    png = uploaded(seller, pictures.saved(pictures.quarters(), "PNG"), "foto.jpg")
    jobs.drain()
    assert seller.read(f"/v1/attachments/{page['id']}")["status"] == "rejected"
    assert seller.read(f"/v1/attachments/{png['id']}")["status"] == "ready"


def test_a_large_file_goes_through_in_parts(any_store: Storage, seller: Client):
    # Two parts of S3, with hidden bytes behind the picture.
    data = PHOTO + pictures.MARK * 600_000
    done = ready(seller, data)
    assert (done["status"], len(data) > 6 * 1024 * 1024) == ("ready", True)
    assert metadata(picture(seller, done["full"])) == []


def test_an_animation_says_how_many_of_its_frames_are_stored(any_store: Storage, seller: Client):
    done = ready(seller, pictures.endless_gif(1_000))
    assert (done["frames"], done["total_frames"]) == (200, 1_000)


def test_work_done_twice_changes_nothing(any_store: Storage, seller: Client, db: Database):
    attachment = uploaded(seller)
    row = "SELECT consumer, event, payload, store_id FROM outbox"
    db.execute(f"INSERT INTO outbox (consumer, event, payload, store_id) {row}")
    jobs.work("images.process")
    assert db.count("outbox", "consumer = 'images.process'") == 0
    jobs.drain()
    assert seller.read(f"/v1/attachments/{attachment['id']}")["status"] == "ready"
    assert stores.keys() == {f"full/{attachment['id']}.webp", f"thumb/{attachment['id']}.webp"}


def test_the_request_can_be_followed_through_every_hop(any_store: Storage, seller: Client, db: Database):
    upload(seller, headers={"X-Request-ID": "a-picture-of-mine"})
    for consumer in ("images.process", "attachments.settle"):
        said = db.column(
            "SELECT payload->>'correlation_id' FROM outbox WHERE consumer = :name", name=consumer
        )
        assert said == ["a-picture-of-mine"]
        jobs.work(consumer)


class TestServing:
    """How a picture is answered, so that a browser shows it and never runs it."""

    @pytest.mark.parametrize("variant", Variant)
    def test_from_a_folder_it_comes_with_every_guard(self, folder, seller: Client, variant: Variant):
        attachment = ready(seller)
        answer = seller.get(attachment[variant.value])
        assert (answer.status_code, answer.mimetype) == (200, "image/webp")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        name = f"botmeni-{attachment['id']}-{variant}.webp"
        assert answer.headers["Content-Disposition"] == f'inline; filename="{name}"'

    def test_who_has_it_already_gets_no_second_copy(self, folder, seller: Client):
        attachment = ready(seller)
        etag = seller.get(attachment["full"]).headers["ETag"]
        again = seller.call("GET", attachment["full"], headers={"If-None-Match": etag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
        other = seller.call("GET", attachment["thumb"], headers={"If-None-Match": etag})
        assert other.status_code == 200

    def test_an_etag_gives_no_access(self, folder, seller: Client, db: Database, sign_in: SignIn):
        attachment = ready(seller)
        etag = seller.get(attachment["full"]).headers["ETag"]
        stranger = sign_in(db.shop().admin)
        answer = stranger.call("GET", attachment["full"], headers={"If-None-Match": etag})
        assert answer.status_code == 404

    def test_from_s3_it_is_an_address_for_five_minutes(self, s3: stores.S3, seller: Client):
        s3.bucket("addresses")
        settings = {**stores.s3_settings(s3), "s3_public_endpoint": "https://pictures.example"}
        with stores.storage_at("s3://addresses/stored/here", **settings):
            attachment = ready(seller)
            answer = seller.get(attachment["full"])
        assert answer.status_code == 302
        address = urlsplit(answer.headers["Location"])
        assert (address.scheme, address.netloc) == ("https", "pictures.example")
        assert address.path == f"/addresses/stored/here/full/{attachment['id']}.webp"
        assert int(parse_qs(address.query)["X-Amz-Expires"][0]) <= 300
        max_age = int(answer.headers["Cache-Control"].rpartition("=")[2])
        assert max_age < 300
        assert stores.SECRET not in answer.headers["Location"]

    def test_a_picture_that_the_storage_lost_is_no_crash(self, folder, seller: Client):
        attachment = ready(seller)
        (folder / "full" / f"{attachment['id']}.webp").unlink()
        answer: Any = seller.get(attachment["full"])
        assert (answer.status_code, answer.json["code"]) == (503, "storage_unavailable")

    def test_only_the_two_variants_are_there(self, folder, seller: Client):
        attachment = ready(seller)
        assert seller.get(f"/v1/attachments/{attachment['id']}/original").status_code == 404
        assert stores.keys("original/") == set()
