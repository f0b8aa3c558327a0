"""The mailbox in a browser: a list, and each e-mail with its text and its HTML, whose scripts never run."""

from __future__ import annotations

import re
from email.message import EmailMessage
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from deploy.local.demo.mailbox.mail_store import MailStore, body_text

POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
# An e-mail's own HTML may use inline styles; it may run and load nothing, and its links open a new page.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
STYLE = """
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.4 }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; vertical-align: top; overflow-wrap: anywhere }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid #8886 }
iframe { width: 100%; height: 40rem; border: 1px solid #8886; background: #fff }
"""
HEADERS = ("From", "To", "Subject", "Date", "Message-ID", "References", "List-Unsubscribe")
_LINK = re.compile(r"https?://[^\s<>]+")
_HOSTS = frozenset({"127.0.0.1", "localhost"})


class Handler(BaseHTTPRequestHandler):
    """Serves the e-mails of `mails`, which a subclass sets."""

    mails: MailStore

    def do_GET(self) -> None:
        """Serve a page, the style sheet, or the HTML of an e-mail."""
        # Another host name that resolves to 127.0.0.1 is rejected (DNS rebinding).
        if (urlsplit(f"//{self.headers.get('host', '')}").hostname or "") not in _HOSTS:
            self._answer("Misdirected", HTTPStatus.MISDIRECTED_REQUEST)
            return
        match self.path.strip("/").split("/"):
            case [""]:
                self._answer(_page("Mailbox", _list(self.mails)))
            case ["style.css"]:
                self._answer(STYLE, kind="text/css")
            case ["mail", name] if message := self.mails.read(name):
                self._answer(_page(str(message["Subject"]), _mail(name, message)))
            case ["mail", name, "html"] if message := self.mails.read(name):
                self._answer(body_text(message, "html"), policy=MAIL_POLICY)
            case _:
                self._answer("Not found", HTTPStatus.NOT_FOUND, kind="text/plain")

    def _answer(
        self,
        text: str,
        status: HTTPStatus = HTTPStatus.OK,
        *,
        kind: str = "text/html",
        policy: str = POLICY,
    ) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Log nothing; the e-mails are in the folder."""


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<link rel="stylesheet" href="/style.css"></head><body>{body}</body></html>'
    )


def _list(mails: MailStore) -> str:
    rows = []
    for name in mails.names():
        message = mails.read(name)
        if message is not None:
            subject, to, date = (escape(str(message[header])) for header in ("Subject", "To", "Date"))
            rows.append(f'<tr><td><a href="/mail/{name}">{subject}</a></td><td>{to}</td><td>{date}</td></tr>')
    if not rows:
        return "<h1>Mailbox</h1><p>Nothing yet. E-mails wait a while before they are sent.</p>"
    head = "<tr><th>Subject</th><th>To</th><th>Date</th></tr>"
    return f"<h1>Mailbox</h1><table>{head}{''.join(rows)}</table>"


def _mail(name: str, message: EmailMessage) -> str:
    rows = "".join(
        f"<tr><th>{header}</th><td>{escape(str(message[header]))}</td></tr>"
        for header in HEADERS
        if message[header]
    )
    return (
        f'<p><a href="/">All e-mails</a></p><table>{rows}</table><h2>Text</h2>'
        f"<pre>{_linked(body_text(message, 'plain'))}</pre>"
        f'<h2>HTML</h2><iframe src="/mail/{name}/html" sandbox="allow-popups" title="HTML"></iframe>'
    )


def _linked(text: str) -> str:
    """Return `text` escaped as HTML, with its URLs as links."""
    pieces, end = [], 0
    for match in _LINK.finditer(text):
        link = escape(match[0])
        pieces += [
            escape(text[end : match.start()]),
            f'<a href="{link}" target="_blank" rel="noopener noreferrer">{link}</a>',
        ]
        end = match.end()
    return "".join([*pieces, escape(text[end:])])
