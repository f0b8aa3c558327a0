"""What is not taken in: it is said at once and clearly, and nothing is left of it."""

from pathlib import Path
from typing import Any

import pytest

from services.ticket_api.attachments.filenames import MAX_LENGTH, NAMELESS
from tests.integration.conftest import SignIn
from tests.support.clients.http import Client
from tests.support.clients.uploads import PHOTO, send, upload, uploaded
from tests.support.configured import configured
from tests.support.factories.database import Database, StoreFixture
from tests.support.fakes import object_storage as stores

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def seller(shop: StoreFixture, sign_in: SignIn) -> Client:
    return sign_in(shop.seller)


def nothing_is_left(db: Database) -> bool:
    return db.count("attachments") == db.count("outbox") == 0 and stores.keys() == set()


def test_an_empty_file_is_refused(seller: Client, db: Database):
    refused = upload(seller, b"")
    assert (refused.status_code, refused.json["code"]) == (422, "attachment_empty")
    assert refused.json["detail"] == "El archivo está vacío."
    assert nothing_is_left(db)


@pytest.mark.parametrize("over", [1, 200_000], ids=["by a byte", "by more than its frame"])
def test_a_file_over_the_limit_is_refused_with_the_limit(seller: Client, db: Database, over: int):
    with configured(attachment_max_bytes=2 * 1024 * 1024):
        refused = upload(seller, bytes(2 * 1024 * 1024 + over))
        assert (refused.status_code, refused.json["code"]) == (413, "attachment_too_large")
        assert "2 MiB" in refused.json["detail"]
        assert nothing_is_left(db)
        assert upload(seller, PHOTO.ljust(2 * 1024 * 1024, b"\0")).status_code == 202


def test_the_limit_of_other_bodies_is_not_that_of_uploads(seller: Client):
    with configured(max_body_bytes=1_000):
        assert upload(seller, PHOTO * 3).status_code == 202


def test_a_stores_pictures_together_have_a_limit(
    seller: Client, db: Database, sign_in: SignIn, shop: StoreFixture
):
    limit = len(PHOTO) * 2 + 10
    with configured(attachment_store_bytes=limit):
        uploaded(seller)
        uploaded(sign_in(shop.admin))
        refused = upload(seller)
        assert (refused.status_code, refused.json["code"]) == (409, "attachment_space_used")
        assert db.count("attachments") == len(stores.keys()) == 2
        # Another store's room is its own, and so is each supporter's.
        uploaded(sign_in(db.shop().seller))
        uploaded(sign_in(db.support()))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ([], {"file": ["Falta este dato."]}),
        ([("file", "text, no file")], {"file": ["Campo desconocido."]}),
        ([("file", ("a.jpg", PHOTO, "image/jpeg")), ("note", "hola")], {"note": ["Campo desconocido."]}),
        ([("file", ("a.jpg", PHOTO, "image/jpeg"))] * 2, {"file": ["Se envió más de una vez."]}),
        (
            [("file", ("a.jpg", PHOTO, "image/jpeg")), ("more", ("b.jpg", PHOTO, "image/jpeg"))],
            {"more": ["Campo desconocido."]},
        ),
    ],
    ids=["nothing", "text", "a field more", "two files", "another file"],
)
def test_a_form_of_another_shape_is_refused_field_by_field(seller: Client, db: Database, fields, wrong):
    refused = send(seller, fields)
    assert (refused.status_code, refused.json["errors"]) == (422, wrong)
    assert nothing_is_left(db)


def test_a_body_that_is_no_form_is_refused(seller: Client, db: Database):
    for body, kind in ((PHOTO, "image/jpeg"), (b'{"file": "x"}', "application/json")):
        refused: Any = seller.call("POST", "/v1/attachments", data=body, content_type=kind)
        assert (refused.status_code, refused.json["code"]) == (422, "invalid")
    assert nothing_is_left(db)


# Werkzeug leaves the file of a form it cannot read to the garbage collector, which says so.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_form_cut_off_in_the_middle_is_refused(seller: Client, db: Database):
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n' + PHOTO[:200]
    kind = "multipart/form-data; boundary=x"
    refused = seller.call("POST", "/v1/attachments", data=body, content_type=kind)
    assert 400 <= refused.status_code < 500
    assert nothing_is_left(db)


def test_nobody_uploads_without_signing_in(app, db: Database):
    answer = app.test_client().post("/v1/attachments", data=PHOTO, content_type="image/jpeg")
    assert answer.status_code == 401
    assert nothing_is_left(db)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x=1.jpg", "a Set-Cookie: x=1.jpg"),
        ("nul\x00\x07\x1b[31mrojo.png", "nul[31mrojo.png"),
        ("exe\u202egpj.png", "exegpj.png"),
        ("/", NAMELESS),
        ("...", NAMELESS),
        ("\u200b\u2066", NAMELESS),
        ("ñandú 漢字.heic", "ñandú 漢字.heic"),
    ],
)
def test_a_name_is_shown_without_what_cannot_be_seen_and_names_no_file(
    seller: Client, tmp_path: Path, sent: str, shown: str
):
    attachment = uploaded(seller, name=sent)
    assert attachment["name"] == shown
    assert stores.keys() == {f"original/{attachment['id']}"}
    written = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert written == [Path("pictures/original") / attachment["id"]]


def test_a_name_of_five_thousand_letters_is_shortened_and_keeps_its_ending(seller: Client):
    name = uploaded(seller, name="a" * 5_000 + ".jpeg")["name"]
    assert (len(name), name[-6:], name[0]) == (MAX_LENGTH, "….jpeg", "a")


def test_the_same_upload_under_one_key_is_one(seller: Client, db: Database):
    headers = {"Idempotency-Key": "first-try-of-mine"}
    first, second = (upload(seller, headers=headers) for _ in range(2))
    assert first.status_code == second.status_code == 202
    assert first.json == second.json
    assert second.headers["Idempotent-Replayed"] == "true"
    assert db.count("attachments") == len(stores.keys()) == 1
    other = upload(seller, PHOTO + b"\0", headers=headers)
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")
