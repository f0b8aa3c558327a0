"""A person's preferences: their choices over the quiet defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.notifier.preferences import queries
from services.notifier.texts import TOPICS
from services.notifier.topics import Channel, Side, topics_of
from shared.errors import Invalid
from shared.http.auth.callers import Caller


def preferences(session: Session, caller: Caller, locale: str) -> dict[str, Any]:
    """What the caller is told of each topic that concerns people on their side."""
    chosen = queries.chosen(session, caller.person_id)
    side = _side(caller)
    items = [
        {"topic": topic.name, "label": TOPICS[topic.name][locale]}
        | {
            channel.value: chosen.get((topic.name, channel), topic.default(channel, side))
            for channel in Channel
        }
        for topic in topics_of(side)
    ]
    return {"items": items}


def choose(session: Session, caller: Caller, items: Sequence[Mapping[str, Any]]) -> None:
    """Keep the caller's choices where they differ from the defaults. Raises `Invalid` naming the item."""
    side = _side(caller)
    known = {topic.name: topic for topic in topics_of(side)}
    named: set[str] = set()
    for position, item in enumerate(items):
        if item["topic"] not in known:
            raise Invalid({"items": {position: {"topic": [f"Must be one of: {', '.join(known)}."]}}})
        if item["topic"] in named:
            raise Invalid({"items": {position: {"topic": ["Given more than once."]}}})
        named.add(item["topic"])
    queries.replace(
        session,
        caller.person_id,
        [
            (item["topic"], channel, item[channel])
            for item in items
            for channel in Channel
            if item[channel] != known[item["topic"]].default(channel, side)
        ],
    )


def _side(caller: Caller) -> Side:
    return Side.SUPPORT if caller.is_support else Side.STORE
