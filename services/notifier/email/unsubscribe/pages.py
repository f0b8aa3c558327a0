"""The two HTML pages of the unsubscribe link; they have no scripts and no styles."""

from __future__ import annotations

from html import escape

CONTENT_SECURITY_POLICY = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

TEXTS: dict[str, dict[str, tuple[str, str]]] = {
    "confirm": {
        "es": ("¿No recibir más correos de tickets?", "No recibir más correos"),
        "en": ("Get no more e-mails about tickets?", "Get no more e-mails"),
    },
    "done": {
        "es": (
            "Listo: no recibirás más correos de tickets. Los avisos siguen en la sección notificaciones.",
            "",
        ),
        "en": (
            "Done: you will get no more e-mails about tickets. The notifications section goes on.",
            "",
        ),
    },
}


def page(name: str, locale: str) -> str:
    """The page `confirm` or `done` as HTML, in the language `locale` (es, en)."""
    text, button = (escape(part) for part in TEXTS[name][locale])
    # A form without an action is sent to the address of its page, which includes the token.
    form = f'<form method="post"><button>{button}</button></form>' if button else ""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>Botmeni</title>'
    )
    body = f"<main><p>{text}</p>{form}</main>"
    return f'<!doctype html><html lang="{locale}"><head>{head}</head><body>{body}</body></html>'
