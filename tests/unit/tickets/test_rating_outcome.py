"""What becomes of a rating's wish for a ticket when the verdict is given, and given again."""

import pytest

from services.ticket_api.ratings.rules import outcome_after
from shared.db.models import Outcome, Verdict

ASKING = [Verdict.IMPROVABLE, Verdict.INCORRECT]


@pytest.mark.parametrize("verdict", ASKING)
def test_a_first_yellow_or_red_asks_for_a_ticket(verdict):
    assert outcome_after(verdict, Outcome.NONE) is Outcome.PENDING


def test_a_first_green_asks_for_nothing():
    assert outcome_after(Verdict.CORRECT, Outcome.NONE) is Outcome.NONE


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("before", [Outcome.PENDING, Outcome.TICKETED])
def test_what_waits_or_has_its_ticket_keeps_it_whatever_the_new_verdict(verdict, before):
    assert outcome_after(verdict, before) is before


@pytest.mark.parametrize("verdict", ASKING)
def test_rating_a_parked_one_again_asks_anew(verdict):
    assert outcome_after(verdict, Outcome.PARKED) is Outcome.PENDING


def test_a_parked_one_turned_green_wishes_for_nothing_any_more():
    assert outcome_after(Verdict.CORRECT, Outcome.PARKED) is Outcome.NONE
