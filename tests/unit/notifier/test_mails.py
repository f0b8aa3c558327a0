"""E-mails without a server: how long tries go on, what the settings take, whom an address is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from marshmallow import ValidationError

from services.notifier.email.sending import RETRY_DELAYS
from shared.config.settings import Settings


def smtp_url_rule() -> Callable[[str], str]:
    rule: Callable[[str], str] = Settings.__dataclass_fields__["smtp_url"].metadata["rules"]["validate"]
    return rule


def test_tries_go_on_for_most_of_a_day_and_no_longer():
    assert timedelta(hours=20) < sum(RETRY_DELAYS, timedelta()) * 0.9
    assert sum(RETRY_DELAYS, timedelta()) * 1.1 < timedelta(hours=27)
    assert list(RETRY_DELAYS) == sorted(RETRY_DELAYS)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smtp://localhost",
        "smtp://127.0.0.1:1025",
        "smtps://mail.example:465",
        "smtp://ana%40tienda:s%2Fecret@mail.example:587?starttls=required",
    ],
)
def test_a_server_s_url_is_taken(url: str):
    assert smtp_url_rule()(url) == url


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://mail.example?tls=1", "smtp://a b"]
)
def test_a_wrong_url_is_refused_with_what_was_expected(url: str):
    with pytest.raises(ValidationError, match=r"smtp\(s\)://user:password@host:port"):
        smtp_url_rule()(url)
