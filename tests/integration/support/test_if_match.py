"""Whoever changes a ticket says which version they read, and no change is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.integration.support.cases import Desk


@pytest.fixture
def desk(world, sign_in):
    return Desk(world, sign_in)


def test_the_answer_s_etag_is_the_next_call_s_if_match(desk):
    ticket = desk.ticket()
    first = desk.patch(ticket, {"status": "in_progress"}, {"If-Match": '"1"'})
    assert first.headers["ETag"] == f'"{first.json["version"]}"'
    second = desk.patch(ticket, {"status": "answered"}, {"If-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert second.json["version"] > first.json["version"]


def test_the_etag_of_a_ticket_that_was_read_is_what_a_change_needs(desk):
    ticket = desk.ticket()
    desk.managed(ticket, assignee_id=str(desk.marina))
    read = desk.colleague.get(f"/v1/tickets/{ticket}")
    answer = desk.patch(ticket, {"status": "answered"}, {"If-Match": read.headers["ETag"]})
    assert answer.status_code == 200
    assert desk.colleague.get(f"/v1/tickets/{ticket}").headers["ETag"] == answer.headers["ETag"]


def test_without_if_match_nothing_is_changed(desk):
    ticket = desk.ticket()
    answer = desk.patch(ticket, {"status": "in_progress"}, {})
    assert (answer.status_code, answer.json["code"]) == (428, "if_match_required")
    assert desk.row(ticket).status == "open"


@pytest.mark.parametrize("stale", ['"0"', '"2"', '"7", "8"', 'W/"1"', "nonsense", '""', "1x"])
def test_another_version_or_a_weak_tag_is_stale(desk, stale):
    ticket = desk.ticket()
    answer = desk.patch(ticket, {"status": "in_progress"}, {"If-Match": stale})
    assert (answer.status_code, answer.json["code"]) == (412, "stale_version")
    assert desk.row(ticket).status == "open"


@pytest.mark.parametrize("match", ["*", '"1"', '"7", "1"'])
def test_the_present_version_passes_however_it_is_named(desk, match):
    assert desk.patch(desk.ticket(), {"status": "in_progress"}, {"If-Match": match}).status_code == 200


def test_a_message_in_between_makes_it_stale(desk):
    ticket = desk.ticket()
    read = desk.row(ticket).version
    assert desk.store.post(f"/v1/tickets/{ticket}/messages", {"body": "¡Espera!"}).status_code == 201
    assert desk.manage(ticket, version=read, status="closed").status_code == 412


def test_of_changes_made_at_once_one_wins_and_the_others_are_told(desk):
    for ticket in desk.tickets(6):
        with ThreadPoolExecutor(6) as pool:
            answers = list(
                pool.map(
                    lambda number, ticket=ticket: desk.manage(
                        ticket,
                        version=1,
                        by=desk.support if number % 2 else desk.colleague,
                        status="in_progress",
                        assignee_id=str(desk.marina if number % 2 else desk.nicolas),
                    ),
                    range(6),
                )
            )
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 5
        [won] = [answer.json for answer in answers if answer.status_code == 200]
        assert desk.row(ticket).version == won["version"]
        assert str(desk.row(ticket).assignee_id) == won["assignee"]["id"]
        assert len(desk.timeline(ticket)) == 2
