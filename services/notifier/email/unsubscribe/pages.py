"""The two small pages behind the unsubscribe link; they bring no script and no style."""

from __future__ import annotations

from html import escape

POLICY = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "ask": {
        "es": ("¿No recibir más correos de tickets?", "No recibir más correos"),
        "en": ("Get no more e-mails about tickets?", "Get no more e-mails"),
    },
    "left": {
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
    """The page `ask` or `left` in the language `locale`, as HTML."""
    text, button = (escape(words) for words in WORDS[name][locale])
    # Without an action the form is sent to the page's own address, token and all.
    form = f'<form method="post"><button>{button}</button></form>' if button else ""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>Botmeni</title>'
    )
    body = f"<main><p>{text}</p>{form}</main>"
    return f'<!doctype html><html lang="{locale}"><head>{head}</head><body>{body}</body></html>'
