"""What an upload was called, made fit to be shown; it names no file of ours."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 120
NAMELESS = "imagen"

_ENDING_LETTERS = 8

# How browsers write what would end a header's text (HTML, "multipart form data"), and no other letter.
_ESCAPED = {"%22": '"', "%0D": " ", "%0A": " "}


def display_name(sent: str | None) -> str:
    """The last part of a path a browser sent, without letters that cannot be seen, in `MAX_LENGTH` at most.

    Control letters and those that turn the direction of writing (U+202E makes `gpj.exe` of `exe.jpg`) go;
    of a long name the beginning and the ending stay.
    """
    whole = unicodedata.normalize("NFC", sent or "")
    for escaped, letter in _ESCAPED.items():
        whole = whole.replace(escaped, letter)
    last = re.split(r"[/\\]", whole)[-1]
    visible = "".join(letter for letter in last if letter.isspace() or unicodedata.category(letter)[0] != "C")
    name = " ".join(visible.split()).strip(". ")
    if len(name) > MAX_LENGTH:
        stem, dot, ending = name.rpartition(".")
        ending = dot + ending if stem and len(ending) <= _ENDING_LETTERS else ""
        name = name[: MAX_LENGTH - len(ending) - 1] + "…" + ending
    return name or NAMELESS
