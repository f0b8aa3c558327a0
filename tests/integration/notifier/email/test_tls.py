"""E-mail in secret: only to a server that proves who it is, and never in clear where that was ruled out."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.notifier.email.smtp import SmtpClient, SmtpOutcome
from tests.support.fakes.certificates import make_certificate
from tests.support.fakes.mail_server import MailServer

MESSAGE = b"Subject: Hola\r\n\r\nHola\r\n"


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    return make_certificate(tmp_path)


@pytest.fixture(params=["smtps", "starttls"])
def secret_server(
    request: pytest.FixtureRequest, certificate: tuple[ssl.SSLContext, Path]
) -> Iterator[MailServer]:
    context, _ = certificate
    server = MailServer(tls=context) if request.param == "smtps" else MailServer(starttls=context)
    if request.param == "starttls":
        server.url += "?starttls=required"
    server.start()
    yield server
    server.stop()


def send(server: MailServer) -> tuple[SmtpOutcome, str]:
    with SmtpClient(server.url, timeout=2, name="botmeni.example") as client:
        return client.send("a@example.org", "b@example.org", MESSAGE)


def test_a_server_of_a_known_authority_gets_the_e_mail(
    secret_server: MailServer, certificate: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
    assert send(secret_server)[0] is SmtpOutcome.ACCEPTED
    assert secret_server.addresses() == ["b@example.org"]


def test_a_server_that_nobody_vouches_for_gets_nothing(secret_server: MailServer):
    verdict, text = send(secret_server)
    assert verdict is SmtpOutcome.TEMPORARY_FAILURE
    assert "certificate verify failed" in text
    assert secret_server.addresses() == []


def test_where_tls_is_required_nothing_is_sent_in_clear():
    server = MailServer()
    server.url += "?starttls=required"
    server.start()
    try:
        verdict, text = send(server)
    finally:
        server.stop()
    assert verdict is SmtpOutcome.TEMPORARY_FAILURE
    assert "STARTTLS" in text
    assert server.addresses() == []
