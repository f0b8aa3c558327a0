"""Composes an e-mail: its headers, and its body as plain text and HTML."""

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

from services.notifier.email.outgoing import OutgoingEmail
from services.notifier.email.unsubscribe.tokens import PATH, token_for
from services.notifier.texts import render
from shared.clock import now
from shared.config.settings import Settings, settings

TEMPLATES = Path(__file__).with_name("templates")
MAX_BODY_LENGTH = 4000
MAX_CORRELATION_IDS = 10

TEXTS: dict[str, dict[str, str]] = {
    "es": {
        "greeting": "Hola, {name}:",
        "author_wrote": "{author} escribió:",
        "truncated": "[el mensaje sigue en la página]",
        "open_ticket": "Ver el ticket",
        "open_page": "Ver en la página",
        "footer": "Recibes este correo porque participas en los tickets de {store}.",
        "preferences": "Elegir qué correos recibo",
        "unsubscribe": "No recibir más correos",
        "subject": "{store}: ticket n.º {number}",
    },
    "en": {
        "greeting": "Hello {name},",
        "author_wrote": "{author} wrote:",
        "truncated": "[the message goes on in the page]",
        "open_ticket": "See the ticket",
        "open_page": "See it in the page",
        "footer": "You get this e-mail because you take part in the tickets of {store}.",
        "preferences": "Choose which e-mails I get",
        "unsubscribe": "Get no more e-mails",
        "subject": "{store}: ticket no. {number}",
    },
}


def compose(email: OutgoingEmail) -> EmailMessage:
    """The message for `email`. Raises `ValueError` for an address that no header can hold.

    The Message-ID is made of the delivery's id, so it is the same at each attempt and a second copy can be
    recognised (RFC 5322, 3.6.4). All e-mails of a ticket have one subject and belong to one thread.
    """
    config = settings()
    values = _values(email, config)
    message = EmailMessage(SMTP)
    message["From"] = _address(config.email_from)
    message["To"] = Address(display_name=_one_line(email.recipient_name), addr_spec=email.address)
    if config.email_reply_to:
        message["Reply-To"] = _address(config.email_reply_to)
    message["Subject"] = _one_line(values["subject"])
    message["Date"] = format_datetime(now())
    domain = message["From"].addresses[0].domain
    message["Message-ID"] = f"<{email.id}@{domain}>"
    if email.ticket_id:
        message["In-Reply-To"] = message["References"] = f"<{email.ticket_id}@{domain}>"
    # One-click unsubscribe without signing in (RFC 8058); no automatic replies, please (RFC 3834).
    message["List-Unsubscribe"] = f"<{values['unsubscribe_url']}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    if email.correlation_ids:
        message["X-Request-ID"] = ", ".join(email.correlation_ids[-MAX_CORRELATION_IDS:])
    message.set_content(_templates().get_template("email.txt").render(values))
    message.add_alternative(_templates().get_template("email.html").render(values), subtype="html")
    return message


def _values(email: OutgoingEmail, config: Settings) -> dict[str, Any]:
    texts = TEXTS[email.locale]
    items = [
        {
            "text": render(item.event, item.detail, email.locale),
            "author": item.author,
            "body": item.body[:MAX_BODY_LENGTH],
            "truncated": len(item.body) > MAX_BODY_LENGTH,
        }
        for item in email.enabled_items
    ]
    page = config.public_url.rstrip("/")
    return {
        "locale": email.locale,
        "texts": _fill_in(
            texts, name=email.recipient_name, store=email.store_name, number=email.ticket_number
        ),
        "author_wrote": texts["author_wrote"],
        "items": items,
        "subject": texts["subject"].format(store=email.store_name, number=email.ticket_number)
        if email.ticket_id
        else items[-1]["text"],
        "ticket_url": f"{page}/tickets/{email.ticket_id}" if email.ticket_id else "",
        "page_url": f"{page}/notificaciones",
        "preferences_url": f"{page}/notificaciones#preferencias",
        "unsubscribe_url": f"{page}{PATH}?token={token_for(email.person_id)}",
    }


def _fill_in(texts: Mapping[str, str], **values: object) -> dict[str, str]:
    """`texts` with their placeholders filled, but for `author_wrote`: each item has an author of its own."""
    return {key: text.format(**values) for key, text in texts.items() if key != "author_wrote"}


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
    """`text` without line breaks, which a header cannot hold and a store's name may have."""
    return " ".join(text.split())
