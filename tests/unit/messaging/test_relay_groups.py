"""How leased rows become messages: by consumer, in order, of bounded size, suspects alone."""

from hypothesis import given
from hypothesis import strategies as st

from shared.messaging.outbox.batch import SUSPECT_CLAIMS
from shared.messaging.outbox.leasing import Claim
from shared.messaging.outbox.relay import groups

claims = st.lists(
    st.builds(Claim, id=st.integers(1, 10_000), consumer=st.sampled_from("abc"), claims=st.integers(1, 5)),
    unique_by=lambda claim: claim.id,
    max_size=60,
)


def test_rows_of_one_consumer_travel_together_oldest_first():
    leased = [Claim(3, "quota.check", 1), Claim(1, "quota.check", 1), Claim(2, "tickets.open", 1)]
    assert list(groups(leased, 10)) == [("quota.check", [1, 3]), ("tickets.open", [2])]


def test_a_group_over_the_size_becomes_two():
    leased = [Claim(number, "quota.check", 1) for number in range(5)]
    assert [ids for _, ids in groups(leased, 2)] == [[0, 1], [2, 3], [4]]


def test_a_row_handed_out_too_often_travels_alone():
    leased = [Claim(1, "a", 1), Claim(2, "a", SUSPECT_CLAIMS), Claim(3, "a", SUSPECT_CLAIMS - 1)]
    assert sorted(ids for _, ids in groups(leased, 10)) == [[1, 3], [2]]


def test_nothing_leased_is_no_message():
    assert list(groups([], 10)) == []


@given(leased=claims, size=st.integers(1, 20))
def test_every_row_is_in_exactly_one_message_of_its_consumer(leased, size):
    sent = list(groups(leased, size))
    assert sorted((name, row) for name, ids in sent for row in ids) == sorted(
        (claim.consumer, claim.id) for claim in leased
    )
    suspects = {claim.id for claim in leased if claim.claims >= SUSPECT_CLAIMS}
    for _, ids in sent:
        assert 0 < len(ids) <= size
        assert ids == sorted(ids)
        assert len(ids) == 1 or not suspects.intersection(ids)
