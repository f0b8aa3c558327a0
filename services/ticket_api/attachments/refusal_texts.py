"""Why a file was refused, in both languages."""

from __future__ import annotations

from typing import NamedTuple

from shared.config.settings import settings
from shared.pictures import Refusal


class Explanation(NamedTuple):
    """What people read; `{megapixels}` is the limit."""

    es: str
    en: str


TEXTS: dict[Refusal, Explanation] = {
    Refusal.NOT_A_PICTURE: Explanation(
        "No es una imagen que podamos mostrar: aceptamos JPEG, PNG, WebP, GIF, HEIC y AVIF.",
        "It is not a picture we can show: we take JPEG, PNG, WebP, GIF, HEIC and AVIF.",
    ),
    Refusal.TOO_MANY_PIXELS: Explanation(
        "Es demasiado grande: el máximo son {megapixels} millones de píxeles. Súbela más chica.",
        "It is too large: the limit is {megapixels} million pixels. Upload a smaller one.",
    ),
    Refusal.DAMAGED: Explanation(
        "El archivo está dañado o incompleto. Ábrelo, guárdalo de nuevo y vuelve a subirlo.",
        "The file is damaged or incomplete. Open it, save it again and upload it once more.",
    ),
    Refusal.TOO_DEMANDING: Explanation(
        "Abrirla lleva más tiempo o memoria de lo permitido. Súbela más chica o en otro formato.",
        "Opening it takes more time or memory than allowed. Upload it smaller or in another format.",
    ),
    Refusal.LOST: Explanation(
        "No pudimos procesarla a tiempo. Súbela otra vez.",
        "We could not process it in time. Upload it again.",
    ),
}


def explain(reason: Refusal, locale: str) -> str:
    """Why, in Spanish, or in English when `locale` is `en`."""
    texts = TEXTS[reason]
    text = texts.en if locale == "en" else texts.es
    return text.format(megapixels=settings().attachment_max_megapixels)
