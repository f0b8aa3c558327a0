"""How leased rows become messages: by consumer, in order, of bounded size, suspects alone."""

from hypothesis import given
from hypothesis import strategies as st

from shared.messaging.outbox.batch import SUSPECT_DISPATCH_COUNT
from shared.messaging.outbox.leasing import Lease
from shared.messaging.outbox.relay import group_leases

leases = st.lists(
    st.builds(
        Lease, id=st.integers(1, 10_000), consumer=st.sampled_from("abc"), dispatch_count=st.integers(1, 5)
    ),
    unique_by=lambda lease: lease.id,
    max_size=60,
)


def test_rows_of_one_consumer_travel_together_oldest_first():
    leased = [Lease(3, "quota.check", 1), Lease(1, "quota.check", 1), Lease(2, "tickets.open", 1)]
    assert list(group_leases(leased, 10)) == [("quota.check", [1, 3]), ("tickets.open", [2])]


def test_a_group_over_the_size_becomes_two():
    leased = [Lease(number, "quota.check", 1) for number in range(5)]
    assert [ids for _, ids in group_leases(leased, 2)] == [[0, 1], [2, 3], [4]]


def test_a_row_dispatched_too_often_is_dispatched_alone():
    leased = [
        Lease(1, "a", 1),
        Lease(2, "a", SUSPECT_DISPATCH_COUNT),
        Lease(3, "a", SUSPECT_DISPATCH_COUNT - 1),
    ]
    assert sorted(ids for _, ids in group_leases(leased, 10)) == [[1, 3], [2]]


def test_nothing_leased_is_no_message():
    assert list(group_leases([], 10)) == []


@given(leased=leases, size=st.integers(1, 20))
def test_every_row_is_in_exactly_one_message_of_its_consumer(leased, size):
    sent = list(group_leases(leased, size))
    assert sorted((name, row) for name, ids in sent for row in ids) == sorted(
        (lease.consumer, lease.id) for lease in leased
    )
    suspects = {lease.id for lease in leased if lease.dispatch_count >= SUSPECT_DISPATCH_COUNT}
    for _, ids in sent:
        assert 0 < len(ids) <= size
        assert ids == sorted(ids)
        assert len(ids) == 1 or not suspects.intersection(ids)
