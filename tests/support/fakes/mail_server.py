"""A real SMTP server for tests (aiosmtpd), which can be slow, refuse, or die once it has the whole e-mail."""

from __future__ import annotations

import asyncio
import email
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.host.ports import free_port

ACCEPTED = "250 Taken"


@dataclass
class Behaviour:
    """What the server says, and what it received."""

    to_recipient: dict[str, str] = field(default_factory=dict)
    to_sender: str = ACCEPTED
    to_data: str = ACCEPTED
    wait_seconds: float = 0
    dies_after_data: bool = False
    received: list[tuple[str, EmailMessage]] = field(default_factory=list)
    connections: int = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count the client in."""
        if session.host_name is None:
            self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Welcome the sender, or not."""
        if self.to_sender == ACCEPTED:
            envelope.mail_from = address
        return self.to_sender

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer by the table; who isn't in it is welcome."""
        answer = self.to_recipient.get(address, ACCEPTED)
        if answer == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the e-mail, then answer, late or never."""
        if self.wait_seconds:
            await asyncio.sleep(self.wait_seconds)
        if self.to_data == ACCEPTED:
            message = email.message_from_bytes(envelope.original_content or b"", policy=default)
            self.received.extend((address, message) for address in envelope.rcpt_tos)
        if self.dies_after_data:
            transport: Any = server.transport
            transport.abort()
        return self.to_data


class MailServer:
    """The server on a free port of 127.0.0.1, as a context manager."""

    def __init__(self, *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None) -> None:
        """`tls` from the first byte, or `starttls` on request; both need a certificate for localhost."""
        self.behaviour = Behaviour()
        self.port = free_port()
        self._tls, self._starttls = tls, starttls
        self._controller: Controller | None = None
        self.url = f"{'smtps' if tls else 'smtp'}://localhost:{self.port}"

    def start(self) -> None:
        """Listen."""
        # A controller's event loop serves once.
        self._controller = Controller(
            self.behaviour,
            hostname="127.0.0.1",
            port=self.port,
            ssl_context=self._tls,
            tls_context=self._starttls,
        )
        self._controller.start()

    def stop(self) -> None:
        """Listen no longer; may be started again."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def addresses(self) -> list[str]:
        """Who got an e-mail, once for each e-mail."""
        return sorted(address for address, _ in self.behaviour.received)

    def messages_to(self, address: str) -> list[EmailMessage]:
        """What an address got."""
        return [message for recipient, message in self.behaviour.received if recipient == address]
