"""Validation messages in Spanish; English is what the validating library says."""

from __future__ import annotations

import re
from typing import Any

_SPANISH: tuple[tuple[str, str], ...] = (
    (r"Missing data for required field\.", "Falta este dato."),
    (r"Field may not be null\.", "No puede ser nulo."),
    (r"Unknown field\.", "Campo desconocido."),
    (r"Given more than once\.", "Se envió más de una vez."),
    (r"This call takes no body\.", "Esta llamada no admite cuerpo."),
    (
        r"Text must not hold NUL characters or lone surrogates\.",
        "El texto no puede contener caracteres NUL ni mitades de pares suplentes.",
    ),
    (
        r"Must be a URL like (.+), in ASCII\.",
        r"Debe ser una dirección como \1, en ASCII.",
    ),
    (r"Must begin with https://\.", "Debe empezar con https://."),
    (r"Must use one of these ports: (.+)\.", r"Debe usar uno de estos puertos: \1."),
    (
        r"Must name a host with its domain, as (.+)\.",
        r"Debe nombrar un servidor con su dominio, como \1.",
    ),
    (r"Must be an address of the public internet\.", "Debe ser una dirección pública de internet."),
    (r"Not a valid .+\.", "No es válido."),
    (r"Invalid input type\.", "Tipo de dato no válido."),
    (r"Must be one of: (.+)\.", r"Debe ser uno de: \1."),
    (r"Must be one of those of (\S+)\.", r"Debe ser uno de los de \1."),
    (r"Each may be named once\.", "Cada uno puede nombrarse una sola vez."),
    (r"Name something to change\.", "Indica algo que cambiar."),
    (r"Goes with (\w+) (\w+) only\.", r"Solo va con \1 \2."),
    (r"Shorter than minimum length (\d+)\.", r"Necesita al menos \1 caracteres."),
    (r"Longer than maximum length (\d+)\.", r"Admite \1 caracteres como máximo."),
    (r"Length must be between (\d+) and (\d+)\.", r"Debe tener entre \1 y \2 caracteres."),
    (
        r"Must be greater than or equal to (.+?) and less than or equal to (.+?)\.",
        r"Debe estar entre \1 y \2.",
    ),
    (r"Must be greater than or equal to (.+?)\.", r"Debe ser \1 como mínimo."),
    (r"Must be less than or equal to (.+?)\.", r"Debe ser \1 como máximo."),
)
_PATTERNS = tuple((re.compile(english), spanish) for english, spanish in _SPANISH)


def translate_errors(messages: Any, locale: str) -> Any:
    """`messages` (nested dicts and lists of texts, as marshmallow gives them) in the language `locale`."""
    if locale == "en":
        return messages
    if isinstance(messages, dict):
        return {field: translate_errors(inner, locale) for field, inner in messages.items()}
    if isinstance(messages, list):
        return [translate_errors(inner, locale) for inner in messages]
    for pattern, spanish in _PATTERNS:
        match = pattern.fullmatch(str(messages))
        if match:
            return match.expand(spanish)
    return messages
