"""An SMTP client (RFC 5321): one connection for a batch of e-mails, one outcome for each e-mail."""

from __future__ import annotations

import enum
import smtplib
import ssl
from contextlib import suppress
from typing import NamedTuple, Self
from urllib.parse import SplitResult, unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}
_MAX_TEXT_LENGTH = 1000


class SmtpOutcome(enum.Enum):
    """What happened to an e-mail; the values stand in the log."""

    ACCEPTED = "ACCEPTED"
    TEMPORARY_FAILURE = "LATER"
    ADDRESS_REFUSED = "REFUSED_ADDRESS"
    MESSAGE_REFUSED = "REFUSED_MESSAGE"


class SmtpReply(NamedTuple):
    """An outcome with the server's reply or the network's error, cut to 1,000 characters."""

    outcome: SmtpOutcome
    text: str


class SmtpClient:
    """A client of one SMTP server. It connects for the first e-mail; as a context manager it disconnects."""

    def __init__(self, url: str, *, timeout: float, name: str) -> None:
        """`timeout`: seconds to wait for each reply; `name`: how the client introduces itself in EHLO."""
        self._url: SplitResult = urlsplit(url)
        self._timeout = timeout
        self._name = name
        self._connection: smtplib.SMTP | None = None
        self._connect_failure: SmtpReply | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._disconnect()

    def send(self, sender: str, recipient: str, message: bytes) -> SmtpReply:
        """Send one e-mail. The outcome is `ACCEPTED` only if the server said so after the whole message.

        Errors of the network are a `TEMPORARY_FAILURE`, not raised. After a failure to connect, this client
        does not try to connect again.
        """
        if self._connect_failure:
            return self._connect_failure
        try:
            connection = self._connection or self._connect()
        except OSError as error:  # the base class of smtplib's errors
            self._connect_failure = SmtpReply(SmtpOutcome.TEMPORARY_FAILURE, _error_text(error))
            return self._connect_failure
        try:
            reply = _transfer(connection, sender, recipient, message)
        except OSError as error:
            self._disconnect()
            return SmtpReply(SmtpOutcome.TEMPORARY_FAILURE, _error_text(error))
        if reply.outcome is not SmtpOutcome.ACCEPTED:
            self._reset(connection)
        return reply

    def sender_error(self, sender: str) -> str | None:
        """Why the server would not accept e-mails from `sender`, or cannot be reached; None: it would."""
        try:
            connection = self._connection or self._connect()
            code, text = connection.mail(sender)
        except OSError as error:
            return _error_text(error)
        self._reset(connection)
        return None if _is_success(code) else _reply_text(code, text)

    def _connect(self) -> smtplib.SMTP:
        url = self._url
        host, port = url.hostname or "", url.port or _PORTS[url.scheme]
        if url.scheme == "smtps":
            context = ssl.create_default_context()
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, self._name, timeout=self._timeout, context=context
            )
        else:
            connection = smtplib.SMTP(host, port, self._name, timeout=self._timeout)
        try:
            connection.ehlo()
            if url.query == "starttls=required":
                connection.starttls(context=ssl.create_default_context())
                connection.ehlo()
            if url.username:
                connection.login(unquote(url.username), unquote(url.password or ""))
        except OSError:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _reset(self, connection: smtplib.SMTP) -> None:
        """End the current mail transaction, so that the next e-mail can begin another."""
        try:
            connection.rset()
        except OSError:
            self._disconnect()

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError):
                connection.quit()
            connection.close()


def _transfer(connection: smtplib.SMTP, sender: str, recipient: str, message: bytes) -> SmtpReply:
    code, text = connection.mail(sender)
    if not _is_success(code):
        # The server refuses our sender address, which says nothing about the recipient's.
        return SmtpReply(SmtpOutcome.TEMPORARY_FAILURE, _reply_text(code, text))
    code, text = connection.rcpt(recipient)
    if not _is_success(code):
        return SmtpReply(_failure(code, SmtpOutcome.ADDRESS_REFUSED), _reply_text(code, text))
    try:
        code, text = connection.data(message)
    except smtplib.SMTPDataError as error:
        code, text = error.smtp_code, _to_bytes(error.smtp_error)
    if not _is_success(code):
        return SmtpReply(_failure(code, SmtpOutcome.MESSAGE_REFUSED), _reply_text(code, text))
    return SmtpReply(SmtpOutcome.ACCEPTED, _reply_text(code, text))


def _failure(code: int, permanent: SmtpOutcome) -> SmtpOutcome:
    return permanent if _is_permanent(code) else SmtpOutcome.TEMPORARY_FAILURE


def _is_success(code: int) -> bool:
    return 200 <= code < 300  # noqa: PLR2004 - RFC 5321, 4.2.1: 2yz is completion


def _is_permanent(code: int) -> bool:
    return 500 <= code < 600  # noqa: PLR2004 - RFC 5321, 4.2.1: 5yz is permanent


def _to_bytes(text: bytes | str) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _reply_text(code: int, text: bytes) -> str:
    return f"{code} {text.decode(errors='replace')}"[:_MAX_TEXT_LENGTH]


def _error_text(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _reply_text(error.smtp_code, _to_bytes(error.smtp_error))
    return f"{type(error).__name__}: {error}"[:_MAX_TEXT_LENGTH]
