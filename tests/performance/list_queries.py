"""What people ask lists for, as paths: the beginning, far behind it, by status, unread, by words."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from tests.performance.dataset import Dataset
from tests.performance.socket_client import SocketClient
from tests.performance.texts import Texts
from tests.support.clients.http import token_of

Queries = Mapping[str, Sequence[str]]
"""Paths by the token of who asks for them."""

_LIST = "/v1/tickets"
_FAR = 2_000  # pages from the beginning
_SHOPS = 8  # the largest: each holds as many tickets as any
_STAFF = 8
_SEARCHES = 40
_COMMON = ("talle", "envío", "factura", "garantía", "compra", "cuotas", "publicación", "medidas")


def queries_by_kind(address: str, dataset: Dataset) -> dict[str, Queries]:
    """Who asks for what, by kind, of a running API."""
    staff = [token_of(address, person) for person in dataset.support[:_STAFF]]
    people = [token_of(address, shop.people[0]) for shop in dataset.shops[:_SHOPS]]
    words = _words(dataset)
    return {
        "support: first page": _each(staff, [_LIST]),
        "support: far page": _each(staff, [_far(address, staff[0], dataset)]),
        "support: two statuses": _each(staff, [_path(status=["open", "answered"])]),
        "support: unread": _each(staff, [_path(unread="true")]),
        "support: two words": {token: _searches(words, seed) for seed, token in enumerate(staff)},
        "store: first page": _each(people, [_LIST]),
        "store: status": _each(people, [_path(status="closed")]),
        "store: unread": _each(people, [_path(unread="true")]),
        "store: two words": {token: _searches(words, seed) for seed, token in enumerate(people)},
        "store: counts": _each(people, [f"{_LIST}/counts"]),
        "support: counts": _each(staff, [f"{_LIST}/counts"]),
    }


def _each(tokens: Sequence[str], paths: Sequence[str]) -> Queries:
    return dict.fromkeys(tokens, paths)


def _path(**query: str | Sequence[str]) -> str:
    return f"{_LIST}?{urlencode(query, doseq=True)}"


def _far(address: str, token: str, dataset: Dataset) -> str:
    """The path of page 2,000, or of the last but one where there are fewer; gone to page by page."""
    path = _LIST
    with SocketClient(address, token) as client:
        for _ in range(min(_FAR, dataset.size // 25) - 2):
            path = _path(cursor=client.read(path)["next_cursor"])
    return path


def _words(dataset: Dataset) -> list[str]:
    """Words between the sentences: from one text in thirty to one in two hundred."""
    return Texts(random.Random(dataset.seed)).words[:300]


def _searches(words: Sequence[str], seed: int) -> list[str]:
    """Two words each: half of them one common and one less so, half two that are rarely together."""
    chance = random.Random(seed)
    pairs = [(chance.choice(_COMMON), chance.choice(words)) for _ in range(_SEARCHES // 2)]
    pairs += [(chance.choice(words), chance.choice(words)) for _ in range(_SEARCHES // 2)]
    return [_path(q=" ".join(pair)) for pair in pairs]
