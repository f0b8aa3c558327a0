"""Protection against server-side request forgery: requests to URLs that users chose reach public hosts only.

The URL's text is checked when it is given (`parse_destination`), and the IP addresses of its host when a
connection is made (`is_allowed`): what a name resolves to can change.
"""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple

from shared.config.settings import settings

MAX_URL_LENGTH = 2000

# IANA's special-purpose registries (RFC 6890 and successors), multicast, and the internal service of one
# cloud.
_BLOCKED_IPV4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers; some clouds' metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's wire server
        "169.254.0.0/16",  # link-local; most clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# Excludes IPv4 embedded in IPv6 (mapped, compatible, NAT64), loopback, link-local and private addresses.
_GLOBAL_UNICAST_IPV6 = ipaddress.IPv6Network("2000::/3")
_BLOCKED_IPV6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments; Teredo carries IPv4 addresses
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4 carries IPv4 addresses
        "3fff::/20",  # documentation
    )
)
_LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
# Middle words of an interface id that holds an IPv4 address (RFC 5214).
_ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:(?P<port>[0-9]{1,5}))?"
    r"(?P<target>[/?][A-Za-z0-9._~:/?@!$&'()*+,;=%\[\]-]*)?"
)
_HOST_NAME = re.compile(
    r"(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class UrlRefused(ValueError):
    """A URL that we do not send requests to; the text says what was expected, in English."""


class Destination(NamedTuple):
    """A parsed URL. Clients use these parts, because another parser might read the URL differently."""

    scheme: str
    host: str
    port: int
    target: str


def parse_destination(url: str) -> Destination:
    """Parse `url`. Raises `UrlRefused` for a wrong form, scheme or port, or an IP address that is not public.

    Host names are not resolved here.
    """
    match = _URL.fullmatch(url) if len(url) <= MAX_URL_LENGTH else None
    if match is None:
        raise UrlRefused("Must be a URL like https://hooks.example.com/botmeni, in ASCII.")
    scheme, host = match["scheme"], match["host"].strip("[]").rstrip(".").lower()
    port = int(match["port"] or _DEFAULT_PORTS[scheme])
    local = settings().environment == "local"
    if scheme != "https" and not local:
        raise UrlRefused("Must begin with https://.")
    if not _is_allowed_port(port):
        raise UrlRefused(f"Must use one of these ports: {settings().webhook_ports}.")
    _check_host(host)
    target = match["target"] or "/"
    return Destination(scheme, host, port, target if target.startswith("/") else f"/{target}")


def is_allowed(address: str) -> bool:
    """Whether we connect to this IP address: a public one, or loopback if the local mode allows that."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    # Not `ip.is_loopback`: in newer Pythons it is also true of loopback IPv4 embedded in IPv6.
    if any(ip in network for network in _LOOPBACK):
        return loopback_allowed()
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not any(ip in network for network in _BLOCKED_IPV4)
    if (int(ip) >> 32) & 0xFFFF_FFFF in _ISATAP:
        return False
    return ip.is_global and ip in _GLOBAL_UNICAST_IPV6 and not any(ip in network for network in _BLOCKED_IPV6)


def loopback_allowed() -> bool:
    """Whether requests may go to this machine itself, which is possible in the local mode only."""
    config = settings()
    return config.environment == "local" and config.webhook_allow_loopback


def _is_allowed_port(port: int) -> bool:
    ports = re.findall(r"\d+", settings().webhook_ports)
    return 0 < port < 2**16 and (not ports or str(port) in ports)


def _check_host(host: str) -> None:
    if host == "localhost" and loopback_allowed():
        return
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # A host name's last label begins with a letter: numbers there would be an unusual spelling of an IP
        # address.
        if not _HOST_NAME.fullmatch(host):
            raise UrlRefused("Must name a host with its domain, as hooks.example.com.") from None
        return
    if not is_allowed(host):
        raise UrlRefused("Must be an address of the public internet.")
