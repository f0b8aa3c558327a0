"""`doctor` against storage, e-mail server, disk, workers and settings that are really broken."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.cli.doctor import external
from deploy.local.host.ports import free_port
from deploy.local.options import ROOT
from shared.messaging.routes import Queue
from tests.support.clients.doctor import findings, wrong
from tests.support.configured import configured
from tests.support.factories.database import Database
from tests.support.fakes.mail_server import MailServer
from tests.support.fakes.object_storage import s3_server, s3_settings, storage_named


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _database(database_url: str) -> None:
    """An empty one."""


def read_only_folder(tmp_path: Path) -> str:
    """A folder nobody may write to, root included, whom modes don't stop."""
    if os.geteuid() == 0:
        return "file:///proc/pictures"
    tmp_path.chmod(0o500)
    return tmp_path.as_uri()


def test_a_storage_that_takes_no_file(tmp_path: Path):
    url = read_only_folder(tmp_path)
    with storage_named(url):
        found = wrong("storage")
    assert url in found.said
    assert "STORAGE_URL" in found.todo


def test_a_bucket_that_is_not_there():
    with s3_server() as server, storage_named("s3://nowhere/pictures", **s3_settings(server)):
        assert "takes no files" in wrong("storage").said


def test_a_good_storage_is_left_as_it_was(tmp_path: Path):
    with storage_named(tmp_path.as_uri()):
        assert findings()["storage"].state == "ok"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_good_mail_server_gets_no_mail(mail_server: MailServer):
    with configured(smtp_url=mail_server.url):
        assert findings()["SMTP"].state == "ok"
    assert mail_server.behaviour.connections == 1
    assert mail_server.behaviour.received == []


def test_a_mail_server_that_is_away():
    with configured(smtp_url=f"smtp://127.0.0.1:{free_port()}"):
        assert "ConnectionRefusedError" in wrong("SMTP").said


def test_a_mail_server_that_refuses_our_sender(mail_server: MailServer):
    mail_server.behaviour.to_sender = "550 Not from here"
    with configured(smtp_url=mail_server.url, email_from="Botmeni <tickets@botmeni.example>"):
        found = wrong("SMTP")
    assert "refuses: 550 Not from here" in found.said
    assert "EMAIL_FROM" in found.todo


def test_a_mail_server_that_does_not_know_us(mail_server: MailServer):
    with configured(smtp_url=mail_server.url.replace("//", "//someone:wrong@")):
        assert wrong("SMTP").state == "wrong"


def test_without_a_mail_server_nothing_is_wrong():
    assert findings()["SMTP"].state == "skipped"


def test_a_subscription_to_no_event():
    with configured(subscriptions="ticket.danced=analytics"):
        found = wrong("subscriptions")
    assert "'ticket.danced' is no event" in found.said
    assert "SUBSCRIPTIONS" in found.todo


def test_subscriptions_are_counted():
    assert findings()["subscriptions"].said == "none"
    with configured(subscriptions="ticket.opened=analytics, ticket.opened=crm"):
        assert findings()["subscriptions"].said == "2 of other services"


def test_a_disk_without_room(monkeypatch: pytest.MonkeyPatch):
    """The real disk; what counts as room is more than any disk has."""
    monkeypatch.setattr(external, "MIN_FREE_PERCENT", 101)
    assert "% of" in wrong("disk (data)").said


def test_workers_and_relays_that_were_never_seen():
    found = findings()
    for check in ("relay", *(f"workers ({queue})" for queue in Queue)):
        assert found[check].state == "wrong"
        assert "never seen" in found[check].said


def test_one_that_went_silent_is_named(db: Database):
    db.execute(
        "INSERT INTO heartbeats SELECT unnest(CAST(:names AS text[])), now()",
        names=["relay", *(queue.value for queue in Queue)],
    )
    db.execute("UPDATE heartbeats SET beaten_at = now() - interval '5 minutes' WHERE queue = 'images'")
    found = findings()
    assert found["relay"].state == "ok"
    assert found["workers (quota)"].state == "ok"
    assert found["workers (images)"].said == "last seen 300 s ago"


def test_an_outbox_that_stands_still(db: Database):
    db.execute(
        "INSERT INTO outbox (consumer, event, payload, available_at)"
        " VALUES ('quota.check', 'x', '{}', now() - interval '10 minutes')"
    )
    assert "1 jobs of quota.check are due and not done, the oldest for 600 s" in wrong("outbox").said


def test_jobs_that_were_given_up(db: Database):
    db.execute(
        "INSERT INTO outbox (consumer, event, payload, dead_at) VALUES ('quota.check', 'x', '{}', now())"
    )
    found = wrong("dead jobs")
    assert found.said == "1 of quota.check were given up"
    assert "botmeni jobs list --dead --consumer quota.check" in found.todo


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("SMTP_URL", "mail.example", "SMTP_URL: Must be smtp(s)://"),
        ("RETENTION_AUDIT_DAYS", "-1", "RETENTION_AUDIT_DAYS: Must be greater than or equal to 0"),
        ("SECRET_KEY", "short", "SECRET_KEY: Shorter than minimum length 32"),
    ],
)
def test_a_wrong_setting_is_named(setting: str, value: str, said: str):
    """As a person types it: a process of its own."""
    typed = subprocess.run(
        [sys.executable, "-m", "deploy.cli", "doctor"],
        cwd=ROOT,
        env={**os.environ, setting: value},  # noqa: TID251 - passed on
        capture_output=True,
        text=True,
        check=False,
    )
    assert typed.returncode == 3
    assert said in typed.stderr
    assert "Traceback" not in typed.stderr
