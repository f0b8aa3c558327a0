"""What nobody named goes after a day, what nobody could process is lost by then, no object stays behind."""

import io
import os
from datetime import datetime, timedelta
from pathlib import Path

from services.images import sweeping
from services.images.consumers import sweep
from services.ticket_api.consumers import expire_attachments
from shared.clock import now
from shared.db.transactions import transaction
from shared.ids import new_id
from shared.pictures import all_keys, original_key
from shared.storage import Storage, storage
from tests.support.clients import jobs
from tests.support.clients.http import Client
from tests.support.clients.uploads import ready, uploaded
from tests.support.configured import configured
from tests.support.factories.database import Database, StoreFixture
from tests.support.fakes import object_storage as stores


def grow_older(db: Database, attachment: object, hours: float) -> None:
    db.execute(
        "UPDATE attachments SET created_at = now() - make_interval(mins => :minutes) WHERE id = :id",
        minutes=round(hours * 60),
        id=attachment,
    )


def test_a_loose_upload_goes_after_a_day_with_its_objects(any_store: Storage, admin: Client, db: Database):
    old, unhandled, young = ready(admin), uploaded(admin), ready(admin)
    for attachment in (old, unhandled):
        grow_older(db, attachment["id"], 24.1)
    grow_older(db, young["id"], 23.9)

    expire_attachments()
    jobs.drain()

    assert [admin.get(f"/v1/attachments/{one['id']}").status_code for one in (old, unhandled)] == [404, 404]
    assert stores.keys() == {f"full/{young['id']}.webp", f"thumb/{young['id']}.webp"}
    expire_attachments()
    assert db.count("outbox") == 0


def test_one_that_was_named_stays_however_old(folder: Path, admin: Client, shop: StoreFixture, db: Database):
    attachment = ready(admin)
    admin.call(
        "PUT",
        f"/v1/questions/{db.question(shop)}/rating",
        json={"verdict": "correct", "attachment_ids": [attachment["id"]]},
    )
    grow_older(db, attachment["id"], 24 * 365)
    expire_attachments()
    jobs.drain()
    assert admin.get(attachment["full"]).status_code == 200


def test_a_refused_one_that_nobody_named_goes_too(folder: Path, admin: Client, db: Database):
    attachment = ready(admin, b"no picture")
    grow_older(db, attachment["id"], 25)
    expire_attachments()
    jobs.drain()
    assert db.count("attachments") == 0


def test_what_waits_is_a_setting(folder: Path, admin: Client, db: Database):
    grow_older(db, uploaded(admin)["id"], 2)
    expire_attachments()
    assert db.count("attachments") == 1
    with configured(attachment_loose_hours=1):
        expire_attachments()
    assert db.count("attachments") == 0


def test_a_named_one_that_could_not_be_processed_in_a_day_says_so_and_may_come_after_all(
    folder: Path, admin: Client, shop: StoreFixture, db: Database
):
    attachment = uploaded(admin)
    admin.call(
        "PUT",
        f"/v1/questions/{db.question(shop)}/rating",
        json={"verdict": "correct", "attachment_ids": [attachment["id"]]},
    )
    grow_older(db, attachment["id"], 25)
    expire_attachments()
    state = admin.read(f"/v1/attachments/{attachment['id']}")
    assert (state["status"], state["reason"]) == ("rejected", "lost")
    assert state["explanation"] == "No pudimos procesarla a tiempo. Súbela otra vez."

    jobs.drain()
    assert admin.read(f"/v1/attachments/{attachment['id']}")["status"] == "ready"


def test_pictures_of_an_upload_that_expired_meanwhile_are_removed(folder: Path, admin: Client, db: Database):
    attachment = uploaded(admin)
    jobs.work("images.process")
    db.execute("DELETE FROM attachments WHERE id = :id", id=attachment["id"])
    assert len(stores.keys()) == 3
    jobs.drain()
    assert stores.keys() == set()


def test_a_settled_upload_is_not_settled_again(folder: Path, admin: Client, db: Database):
    attachment = uploaded(admin)
    jobs.work("images.process")
    db.execute(
        "INSERT INTO outbox (consumer, event, payload) SELECT consumer, event,"
        " payload || '{\"refusal\": \"damaged\"}' FROM outbox WHERE consumer = 'attachments.settle'"
    )
    first, second = jobs.due()["attachments.settle"]
    jobs.work("attachments.settle", [first])
    jobs.work("attachments.settle", [second])
    assert admin.read(f"/v1/attachments/{attachment['id']}")["status"] == "ready"


class TestOrphans:
    """Uploads whose request ended between the object and its row."""

    def put(self, attachment: object) -> str:
        key = original_key(attachment)  # type: ignore[arg-type] # an id from JSON is text
        storage().put(key, io.BytesIO(b"left behind"))
        return key

    def sweep_at(self, moment: datetime) -> int:
        with transaction() as session:
            return sweeping.sweep(session, moment)

    def test_one_without_a_row_goes_after_an_hour(self, any_store: Storage, admin: Client):
        waiting = uploaded(admin)
        self.put(new_id())
        assert self.sweep_at(now()) == 0
        assert self.sweep_at(now() + sweeping.MIN_AGE + timedelta(minutes=1)) == 1
        assert stores.keys() == {f"original/{waiting['id']}"}
        jobs.drain()
        assert admin.read(f"/v1/attachments/{waiting['id']}")["status"] == "ready"

    def test_one_that_was_handled_and_stayed_goes_too(self, folder: Path, admin: Client):
        key = self.put(ready(admin)["id"])
        os.utime(folder / key, (0, 0))
        sweep()
        assert stores.keys("original/") == set()
        assert len(stores.keys()) == 2

    def test_what_is_not_ours_is_left_alone(self, folder: Path):
        (folder / "original").mkdir(parents=True)
        (folder / "original" / "notes.txt").write_text("mine")
        os.utime(folder / "original" / "notes.txt", (0, 0))
        sweep()
        assert stores.keys() == {"original/notes.txt"}

    def test_an_empty_storage_has_none(self, any_store: Storage):
        assert self.sweep_at(now()) == 0

    def test_every_object_of_an_attachment_is_known(self):
        attachment = new_id()
        assert all_keys(attachment) == [
            f"original/{attachment}",
            f"thumb/{attachment}.webp",
            f"full/{attachment}.webp",
        ]
