"""Whoever changes a ticket says which version they read, and no change is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.integration.support.cases import SupportSetup


@pytest.fixture
def support(db, sign_in):
    return SupportSetup(db, sign_in)


def test_the_answer_s_etag_is_the_next_call_s_if_match(support):
    ticket = support.ticket()
    first = support.patch(ticket, {"status": "in_progress"}, {"If-Match": '"1"'})
    assert first.headers["ETag"] == f'"{first.json["version"]}"'
    second = support.patch(ticket, {"status": "answered"}, {"If-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert second.json["version"] > first.json["version"]


def test_the_etag_of_a_ticket_that_was_read_is_what_a_change_needs(support):
    ticket = support.ticket()
    support.managed(ticket, assignee_id=str(support.marina))
    read = support.colleague.get(f"/v1/tickets/{ticket}")
    answer = support.patch(ticket, {"status": "answered"}, {"If-Match": read.headers["ETag"]})
    assert answer.status_code == 200
    assert support.colleague.get(f"/v1/tickets/{ticket}").headers["ETag"] == answer.headers["ETag"]


def test_without_if_match_nothing_is_changed(support):
    ticket = support.ticket()
    answer = support.patch(ticket, {"status": "in_progress"}, {})
    assert (answer.status_code, answer.json["code"]) == (428, "if_match_required")
    assert support.row(ticket).status == "open"


@pytest.mark.parametrize(
    "stale",
    [
        *('"0"', '"2"', '"-1"', '"01"', '" 1"', '"1\t"', '"7", "8"', 'W/"1"', '"2", W/"1"'),
        *("nonsense", '""', '"', "1x", "\xff", '"' * 5000),
    ],
    ids=lambda stale: repr(stale)[:12],
)
def test_another_version_or_a_weak_tag_is_stale(support, stale):
    ticket = support.ticket()
    answer = support.patch(ticket, {"status": "in_progress"}, {"If-Match": stale})
    assert (answer.status_code, answer.json["code"]) == (412, "stale_version")
    assert support.row(ticket).status == "open"


@pytest.mark.parametrize("match", ["*", '"1"', '"7", "1"'])
def test_the_present_version_passes_however_it_is_named(support, match):
    assert support.patch(support.ticket(), {"status": "in_progress"}, {"If-Match": match}).status_code == 200


def test_a_message_in_between_makes_it_stale(support):
    ticket = support.ticket()
    read = support.row(ticket).version
    assert support.store.post(f"/v1/tickets/{ticket}/messages", {"body": "¡Espera!"}).status_code == 201
    assert support.manage(ticket, version=read, status="closed").status_code == 412


def test_of_changes_made_at_once_one_wins_and_the_others_are_refused(support):
    for ticket in support.tickets(6):
        with ThreadPoolExecutor(6) as pool:
            answers = list(
                pool.map(
                    lambda number, ticket=ticket: support.manage(
                        ticket,
                        version=1,
                        by=support.client if number % 2 else support.colleague,
                        status="in_progress",
                        assignee_id=str(support.marina if number % 2 else support.nicolas),
                    ),
                    range(6),
                )
            )
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 5
        [won] = [answer.json for answer in answers if answer.status_code == 200]
        assert support.row(ticket).version == won["version"]
        assert str(support.row(ticket).assignee_id) == won["assignee"]["id"]
        assert len(support.timeline(ticket)) == 2
