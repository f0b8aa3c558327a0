"""The tables of what people can be notified of agree with each other."""

from __future__ import annotations

from services.notifier.fan_out.audience import AUDIENCE, Audience
from services.notifier.texts import TEXTS
from services.notifier.texts import TOPICS as LABELS
from services.notifier.topics import TOPIC_OF, TOPICS, Side

SIDE_OF = {
    Audience.STORE: Side.STORE,
    Audience.ADMINISTRATORS: Side.STORE,
    Audience.SUPPORT: Side.SUPPORT,
    Audience.SUPPORT_PARTICIPANTS: Side.SUPPORT,
    Audience.ASSIGNEE: Side.SUPPORT,
}


def test_every_event_people_are_notified_of_has_a_topic_and_texts():
    assert set(TOPIC_OF) == set(AUDIENCE)
    assert set(TEXTS) == {event.name for event in AUDIENCE}


def test_a_topic_is_offered_to_exactly_the_sides_that_are_notified():
    for topic in TOPICS:
        sides = {SIDE_OF[audience] for event in topic.events for audience in AUDIENCE[event]}
        assert set(topic.email_by_default) == sides, topic.name


def test_every_topic_has_a_name_in_both_languages():
    assert set(LABELS) == {topic.name for topic in TOPICS}
    assert all(set(words) == {"es", "en"} for words in (*LABELS.values(), *TEXTS.values()))


def test_no_event_is_in_two_topics():
    events = [event for topic in TOPICS for event in topic.events]
    assert len(events) == len(set(events))
