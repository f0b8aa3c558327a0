"""The development mailbox takes every e-mail, shows it without giving it any power, and to nobody else."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest
import requests

from deploy.local.demo.mailbox.mail_store import MAX_EMAILS, MailStore
from deploy.local.processes.catalogue import mailbox
from tests.support.processes.running import Processes


@pytest.fixture
def page(module_processes: Processes) -> str:
    """The address of a running mailbox."""
    module_processes.start(mailbox())
    return f"http://127.0.0.1:{module_processes.environment['MAILBOX_PORT']}"


def send(port: int, subject: str, html: str = "<p>Hola</p>") -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", subject
    message.set_content("Mira https://example.org/a?b=1&c=2 <b>")
    message.add_alternative(html, subtype="html")
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
        client.send_message(message)


def test_an_e_mail_is_caught_listed_and_shown(page: str, module_processes: Processes):
    send(int(module_processes.environment["SMTP_PORT"]), "Ticket <1>", "<script>alert(1)</script><p>Hola</p>")
    listed = requests.get(page, timeout=5)
    assert "Ticket &lt;1&gt;" in listed.text
    assert "script" not in listed.headers["Content-Security-Policy"]
    assert listed.headers["Content-Security-Policy"].startswith("default-src 'none'")
    address = page + listed.text.split('href="')[2].split('"')[0]
    shown = requests.get(address, timeout=5).text
    assert '<a href="https://example.org/a?b=1&amp;c=2"' in shown
    assert "&lt;b&gt;" in shown
    html = requests.get(f"{address}/html", timeout=5)
    assert "<p>Hola</p>" in html.text
    policy = html.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


def test_a_name_of_the_outside_world_gets_no_answer(page: str):
    assert requests.get(page, headers={"Host": "evil.example"}, timeout=5).status_code == 421


@pytest.mark.parametrize("path", ["/mail/..%2fsecrets.json", "/mail/x.eml", "/other", "/mail/"])
def test_nothing_but_e_mails_is_shown(page: str, path: str):
    assert requests.get(page + path, timeout=5).status_code == 404


def test_the_oldest_give_way(tmp_path: Path):
    box = MailStore(tmp_path / "mail")
    assert box.names() == []
    for number in range(MAX_EMAILS + 2):
        box.add(f"Subject: {number}\r\n\r\n".encode())
    names = box.names()
    assert len(names) == MAX_EMAILS
    newest, oldest = box.read(names[0]), box.read(names[-1])
    assert newest is not None
    assert oldest is not None
    assert (newest["Subject"], oldest["Subject"]) == (str(MAX_EMAILS + 1), "2")
