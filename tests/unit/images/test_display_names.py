"""What an upload was called is shown without what could deceive, and names no file."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ticket_api.attachments.filenames import MAX_LENGTH, NAMELESS, display_name


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (None, NAMELESS),
        ("", NAMELESS),
        ("foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\Users\\Ana\\Captura de pantalla.png", "Captura de pantalla.png"),
        ("a%0D%0ASet-Cookie: x=1.jpg", "a Set-Cookie: x=1.jpg"),
        ("%22foto%22.jpg", '"foto".jpg'),
        ("100%25.jpg", "100%25.jpg"),
        ("nul\0 y campana\a.png", "nul y campana.png"),
        ("factura\u202egpj.exe", "facturagpj.exe"),
        ("n\u0303andu\u0301.png", "ñandú.png"),
        ("a\t\n  b.png", "a b.png"),
        (" .. ", NAMELESS),
        ("\ud800.png", "png"),
    ],
)
def test_a_name_becomes(sent: str | None, shown: str):
    assert display_name(sent) == shown


def test_a_long_name_keeps_its_beginning_and_its_ending():
    name = display_name("abc" * 2_000 + ".jpeg")
    assert (len(name), name[:3], name[-6:]) == (MAX_LENGTH, "abc", "….jpeg")


def test_what_is_no_ending_is_cut_like_the_rest():
    assert display_name("a." + "b" * 5_000) == "a." + "b" * (MAX_LENGTH - 3) + "…"


@given(st.text(st.characters(), max_size=400))
def test_whatever_is_sent_is_short_visible_one_line_and_no_path(sent: str):
    name = display_name(sent)
    assert 0 < len(name) <= MAX_LENGTH
    assert not set("/\\\r\n\0").intersection(name)
    assert not [letter for letter in name if unicodedata.category(letter)[0] == "C"]
    assert name == name.strip()
    name.encode()
