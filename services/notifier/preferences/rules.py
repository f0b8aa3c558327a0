"""A person's preferences: what they stored, and the topics' defaults for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from services.notifier.preferences import queries
from services.notifier.preferences.queries import Preference
from services.notifier.preferences.views import PreferenceView
from services.notifier.texts import TOPICS
from services.notifier.topics import Channel, Side, Topic, topics_of
from shared.errors import Invalid
from shared.http.auth.callers import Caller


def preferences(session: Session, caller: Caller, locale: str) -> list[PreferenceView]:
    """Every topic that concerns the caller's side, with whether each channel is on for the caller."""
    enabled = {
        (preference.topic, preference.channel): preference.enabled
        for preference in queries.stored(session, caller.person_id)
    }
    side = _side(caller)

    def is_on(topic: Topic, channel: Channel) -> bool:
        return enabled.get((topic.name, channel), topic.default(channel, side))

    return [
        PreferenceView(
            topic=topic.name,
            in_app=is_on(topic, Channel.IN_APP),
            email=is_on(topic, Channel.EMAIL),
            label=TOPICS[topic.name][locale],
        )
        for topic in topics_of(side)
    ]


def replace(session: Session, caller: Caller, payload: Mapping[str, Any]) -> None:
    """Replace the caller's preferences by the payload's `items`; only what differs from a default is stored.

    Raises `Invalid`, which names the item, for a topic that does not concern the caller or is listed twice.
    """
    side = _side(caller)
    topics = {topic.name: topic for topic in topics_of(side)}
    listed: set[str] = set()
    for position, item in enumerate(payload["items"]):
        if item["topic"] not in topics:
            raise Invalid({"items": {position: {"topic": [f"Must be one of: {', '.join(topics)}."]}}})
        if item["topic"] in listed:
            raise Invalid({"items": {position: {"topic": ["Given more than once."]}}})
        listed.add(item["topic"])
    queries.replace(
        session,
        caller.person_id,
        [
            Preference(item["topic"], channel, item[channel])
            for item in payload["items"]
            for channel in Channel
            if item[channel] != topics[item["topic"]].default(channel, side)
        ],
    )


def _side(caller: Caller) -> Side:
    return Side.SUPPORT if caller.is_support else Side.STORE
