"""Accept-Language: Spanish, unless somebody wants English more."""

import pytest

from shared.http.problem_details import language_of


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "es"),
        ("", "es"),
        ("es", "es"),
        ("en", "en"),
        ("EN", "en"),
        ("fr", "es"),
        ("fr, en;q=0.5", "en"),
        ("es-AR,es;q=0.9,en;q=0.8", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("en-GB", "en"),
        ("es-MX, en;q=0.5", "es"),
        ("en, es", "es"),
        ("en;q=0.5, es;q=0.4", "en"),
        ("es ; q=0.1 , en ; q=0.25", "en"),
        ("*", "es"),
        ("en, *", "en"),
        ("en;q=0.2, *;q=0.8", "es"),
        ("es;q=0, *", "en"),
        ("es;q=0, en;q=0", "es"),
        ("en;q=2, es;q=0.1", "es"),
        ("en;q=high", "es"),
        (";;,=,en;level=1,\xf1", "es"),
    ],
    ids=repr,
)
def test_the_language_is_the_one_asked_for_most(header: str | None, language: str):
    assert language_of(header) == language
