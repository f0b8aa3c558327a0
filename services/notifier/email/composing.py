"""An e-mail's text: subject, both parts, and the headers that mail programs group and leave by."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from services.notifier.email.mails import Mail
from services.notifier.email.unsubscribe.tokens import PATH, token_for
from services.notifier.texts import told
from shared.clock import now
from shared.config.settings import Settings, settings

TEMPLATES = Path(__file__).with_name("templates")
BODY_LETTERS = 4000
REQUESTS_NAMED = 10

WORDS: dict[str, dict[str, str]] = {
    "es": {
        "hello": "Hola, {name}:",
        "said": "{author} escribió:",
        "cut": "[el mensaje sigue en la página]",
        "open_ticket": "Ver el ticket",
        "open_page": "Ver en la página",
        "why": "Recibes este correo porque participas en los tickets de {store}.",
        "preferences": "Elegir qué correos recibo",
        "leave": "No recibir más correos",
        "subject": "{store}: ticket n.º {number}",
    },
    "en": {
        "hello": "Hello {name},",
        "said": "{author} wrote:",
        "cut": "[the message goes on in the page]",
        "open_ticket": "See the ticket",
        "open_page": "See it in the page",
        "why": "You get this e-mail because you take part in the tickets of {store}.",
        "preferences": "Choose which e-mails I get",
        "leave": "Get no more e-mails",
        "subject": "{store}: ticket no. {number}",
    },
}


def compose(mail: Mail) -> EmailMessage:
    """The e-mail for `mail`. Raises `ValueError` for an address that no header can hold.

    Message-ID is the delivery's own, the same at each try, so that a second copy can be told for one
    (RFC 5322, 3.6.4). All of a ticket's e-mails refer to one thread and have one subject.
    """
    config = settings()
    values = _values(mail, config)
    message = EmailMessage(SMTP)
    message["From"] = _address(config.email_from)
    message["To"] = Address(display_name=_one_line(mail.name), addr_spec=mail.address)
    if config.email_reply_to:
        message["Reply-To"] = _address(config.email_reply_to)
    message["Subject"] = _one_line(values["subject"])
    message["Date"] = format_datetime(now())
    domain = message["From"].addresses[0].domain
    message["Message-ID"] = f"<{mail.id}@{domain}>"
    if mail.ticket_id:
        message["In-Reply-To"] = message["References"] = f"<{mail.ticket_id}@{domain}>"
    # One click, without signing in (RFC 8058); machines answer nothing to it (RFC 3834).
    message["List-Unsubscribe"] = f"<{values['leave_url']}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    if mail.correlations:
        message["X-Request-ID"] = ", ".join(mail.correlations[-REQUESTS_NAMED:])
    message.set_content(_templates().get_template("email.txt").render(values))
    message.add_alternative(_templates().get_template("email.html").render(values), subtype="html")
    return message


def _values(mail: Mail, config: Settings) -> dict[str, Any]:
    words = WORDS[mail.locale]
    items = [
        {
            "sentence": told(item.event, item.detail, mail.locale),
            "author": item.author,
            "body": item.body[:BODY_LETTERS],
            "cut": len(item.body) > BODY_LETTERS,
        }
        for item in mail.wanted
    ]
    page = config.public_url.rstrip("/")
    return {
        "locale": mail.locale,
        "words": _filled(words, name=mail.name, store=mail.store, number=mail.number),
        "said": words["said"],
        "items": items,
        "subject": words["subject"].format(store=mail.store, number=mail.number)
        if mail.ticket_id
        else items[-1]["sentence"],
        "ticket_url": f"{page}/tickets/{mail.ticket_id}" if mail.ticket_id else "",
        "page_url": f"{page}/notificaciones",
        "preferences_url": f"{page}/notificaciones#preferencias",
        "leave_url": f"{page}{PATH}?token={token_for(mail.person_id)}",
    }


def _filled(words: Mapping[str, str], **values: object) -> dict[str, str]:
    return {key: text.format(**values) for key, text in words.items() if key != "said"}


@functools.cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _address(text: str) -> Address:
    name, spec = parseaddr(text)
    return Address(display_name=name, addr_spec=spec)


def _one_line(text: str) -> str:
    """No header takes a line break, whatever a store calls itself."""
    return " ".join(text.split())
