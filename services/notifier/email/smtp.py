"""The SMTP server (RFC 5321), by its URL: one connection for a batch, one answer for each e-mail."""

from __future__ import annotations

import enum
import smtplib
import ssl
from contextlib import suppress
from typing import NamedTuple, Self
from urllib.parse import SplitResult, unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}
_TEXT_LIMIT = 1000


class Verdict(enum.Enum):
    """What the server makes of an e-mail."""

    ACCEPTED = enum.auto()
    LATER = enum.auto()
    REFUSED_ADDRESS = enum.auto()
    REFUSED_MESSAGE = enum.auto()


class Reply(NamedTuple):
    """A verdict with the server's own words (or the network's), at most 1,000 letters."""

    verdict: Verdict
    text: str


class Server:
    """An SMTP server, connected to when the first e-mail comes; a context manager that says goodbye."""

    def __init__(self, url: str, *, timeout: float, name: str) -> None:
        """`timeout` seconds for each answer; `name` is what we call ourselves."""
        self._url: SplitResult = urlsplit(url)
        self._timeout = timeout
        self._name = name
        self._client: smtplib.SMTP | None = None
        self._away: Reply | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    def send(self, sender: str, recipient: str, message: bytes) -> Reply:
        """Hand over one e-mail. `ACCEPTED` only once the server has said so after the whole of it.

        Raises nothing the network or the server does: that is `LATER`. A server that could not be reached is
        not tried again by this object.
        """
        if self._away:
            return self._away
        try:
            client = self._client or self._connect()
        except OSError as error:  # smtplib's errors among them
            self._away = Reply(Verdict.LATER, _words(error))
            return self._away
        try:
            reply = _converse(client, sender, recipient, message)
        except OSError as error:
            self._leave()
            return Reply(Verdict.LATER, _words(error))
        if reply.verdict is not Verdict.ACCEPTED:
            self._begin_anew(client)
        return reply

    def refusal_of(self, sender: str) -> str | None:
        """What the server or the network has against us or `sender`; None: it would take an e-mail."""
        try:
            client = self._client or self._connect()
            code, text = client.mail(sender)
        except OSError as error:
            return _words(error)
        self._begin_anew(client)
        return None if _is_fine(code) else _said(code, text)

    def _connect(self) -> smtplib.SMTP:
        url = self._url
        host, port = url.hostname or "", url.port or _PORTS[url.scheme]
        if url.scheme == "smtps":
            context = ssl.create_default_context()
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, self._name, timeout=self._timeout, context=context
            )
        else:
            client = smtplib.SMTP(host, port, self._name, timeout=self._timeout)
        try:
            client.ehlo()
            if url.query == "starttls=required":
                client.starttls(context=ssl.create_default_context())
                client.ehlo()
            if url.username:
                client.login(unquote(url.username), unquote(url.password or ""))
        except OSError:
            client.close()
            raise
        self._client = client
        return client

    def _begin_anew(self, client: smtplib.SMTP) -> None:
        """Break off what was refused, so that the next e-mail finds a clean start."""
        try:
            client.rset()
        except OSError:
            self._leave()

    def _leave(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(OSError):
                client.quit()
            client.close()


def _converse(client: smtplib.SMTP, sender: str, recipient: str, message: bytes) -> Reply:
    code, text = client.mail(sender)
    if not _is_fine(code):
        # Our own sender is not welcome: nothing is wrong with the person's address.
        return Reply(Verdict.LATER, _said(code, text))
    code, text = client.rcpt(recipient)
    if not _is_fine(code):
        return Reply(Verdict.REFUSED_ADDRESS if _is_final(code) else Verdict.LATER, _said(code, text))
    try:
        code, text = client.data(message)
    except smtplib.SMTPDataError as error:
        code, text = error.smtp_code, _bytes(error.smtp_error)
    if not _is_fine(code):
        return Reply(Verdict.REFUSED_MESSAGE if _is_final(code) else Verdict.LATER, _said(code, text))
    return Reply(Verdict.ACCEPTED, _said(code, text))


def _is_fine(code: int) -> bool:
    return 200 <= code < 300  # noqa: PLR2004 - RFC 5321, 4.2.1: 2yz is completion


def _is_final(code: int) -> bool:
    return 500 <= code < 600  # noqa: PLR2004 - RFC 5321, 4.2.1: 5yz is permanent


def _bytes(words: bytes | str) -> bytes:
    return words.encode() if isinstance(words, str) else words


def _said(code: int, text: bytes) -> str:
    return f"{code} {text.decode(errors='replace')}"[:_TEXT_LIMIT]


def _words(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, _bytes(error.smtp_error))
    return f"{type(error).__name__}: {error}"[:_TEXT_LIMIT]
