"""Where requests to chosen addresses may go: every disguise of an inner address is refused."""

from __future__ import annotations

import pytest

from shared import ssrf_guard
from shared.ssrf_guard import UrlRefused
from tests.support.configured import configured
from tests.support.factories.hostile_urls import HOSTILE, HOSTILE_URLS

PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4003:80c::200e"]


@pytest.fixture
def production():
    with configured(environment="production", jwt_jwks_url="https://identity.example/keys"):
        yield


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address: str):
    assert ssrf_guard.is_allowed(address)


@pytest.mark.parametrize(
    ("kind", "address"), [(kind, address) for kind, addresses in HOSTILE.items() for address in addresses]
)
def test_no_other_address_is(kind: str, address: str):
    assert not ssrf_guard.is_allowed(address)


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_a_hostile_url_is_refused(production, url: str):
    with pytest.raises(UrlRefused):
        ssrf_guard.parse_destination(url)


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://hooks.example.com/a/b?c=d%20e", ("https", "hooks.example.com", 443, "/a/b?c=d%20e")),
        ("https://HOOKS.Example.com.", ("https", "hooks.example.com", 443, "/")),
        ("https://xn--caf-dma.example?x=1", ("https", "xn--caf-dma.example", 443, "/?x=1")),
        ("https://[2606:4700:4700::1111]:443/x", ("https", "2606:4700:4700::1111", 443, "/x")),
        ("https://1.1.1.1/", ("https", "1.1.1.1", 443, "/")),
    ],
)
def test_a_public_url_is_taken_apart(production, url: str, parts: tuple[str, str, int, str]):
    assert tuple(ssrf_guard.parse_destination(url)) == parts


def test_loopback_is_for_the_local_mode_that_says_so():
    with configured(webhook_allow_loopback=True, webhook_ports=""):
        assert ssrf_guard.is_allowed("127.0.0.1")
        assert ssrf_guard.is_allowed("::1")
        assert not ssrf_guard.is_allowed("10.0.0.1")
        assert not ssrf_guard.is_allowed("169.254.169.254")
        assert not ssrf_guard.is_allowed("::ffff:127.0.0.1")
        assert ssrf_guard.parse_destination("http://localhost:9999/x").port == 9999
    with configured(
        environment="production", jwt_jwks_url="https://identity.example/keys", webhook_allow_loopback=True
    ):
        assert not ssrf_guard.is_allowed("127.0.0.1")


def test_the_ports_are_the_setting_s(production):
    with configured(webhook_ports="443, 8443"):
        assert ssrf_guard.parse_destination("https://example.com:8443/").port == 8443
        with pytest.raises(UrlRefused, match="443, 8443"):
            ssrf_guard.parse_destination("https://example.com:9443/")
