"""Who gets a unit: decided from the askers, what their stores have left, and who holds one already."""

from collections import Counter
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.quota.decisions import decide
from services.quota.queries import Allowance
from services.quota.thresholds import crossed
from shared.db.models import ParkedReason
from shared.messaging.events import RatingUnitRequested, UnitEvent

STORES = tuple(UUID(int=number) for number in range(1, 4))
SUBJECTS = tuple(UUID(int=number) for number in range(100, 112))
PERSON = UUID(int=99)


def ask(store: UUID, subject: UUID | None = None) -> UnitEvent:
    return RatingUnitRequested(store_id=store, subject_id=subject or uuid4(), actor_id=PERSON)


def allowance(store: UUID, limit: int | None, used: int = 0) -> Allowance:
    return Allowance(store, UUID(int=1000 + store.int), limit, used, 0)


def without_tickets(store: UUID) -> Allowance:
    return Allowance(store, None, None, 0, 0)


def test_first_come_first_served():
    store = STORES[0]
    asks = [ask(store) for _ in range(5)]
    decision = decide(asks, {store: allowance(store, 7, used=4)}, frozenset())
    assert decision.approved == asks[:3]
    assert decision.denied == [(late, ParkedReason.QUOTA_EXHAUSTED) for late in asks[3:]]


def test_a_store_without_tickets_in_its_plan_is_denied_with_that_reason():
    store = STORES[0]
    asked = ask(store)
    decision = decide([asked], {store: without_tickets(store)}, frozenset())
    assert decision.denied == [(asked, ParkedReason.PLAN_WITHOUT_TICKETS)]
    assert not decision.consumed


def test_without_a_limit_everybody_gets_one():
    store = STORES[0]
    asks = [ask(store) for _ in range(50)]
    decision = decide(asks, {store: allowance(store, None, used=10**9)}, frozenset())
    assert decision.approved == asks


def test_one_stores_hunger_costs_another_nothing():
    hungry, modest = STORES[:2]
    asks = [*(ask(hungry) for _ in range(10)), ask(modest)]
    allowances = {hungry: allowance(hungry, 2), modest: allowance(modest, 1)}
    decision = decide(asks, allowances, frozenset())
    assert Counter(approved.store_id for approved in decision.approved) == {hungry: 2, modest: 1}


def test_who_holds_a_unit_is_granted_without_taking_another():
    store, subject = STORES[0], SUBJECTS[0]
    decision = decide([ask(store, subject)], {store: allowance(store, 1, used=1)}, frozenset({subject}))
    assert [approved.subject_id for approved in decision.approved] == [subject]
    assert not decision.consumed


def test_asking_twice_in_one_batch_takes_one_unit():
    store, subject = STORES[0], SUBJECTS[0]
    decision = decide([ask(store, subject)] * 2, {store: allowance(store, 5)}, frozenset())
    assert len(decision.consumed) == 1
    assert len(decision.approved) == 2


limits = st.one_of(st.none(), st.integers(0, 6))
asks_made = st.lists(st.tuples(st.sampled_from(STORES), st.sampled_from(SUBJECTS)), max_size=30)


@given(
    made=asks_made,
    limit_of=st.fixed_dictionaries(dict.fromkeys(STORES, limits)),
    used_of=st.fixed_dictionaries(dict.fromkeys(STORES, st.integers(0, 6))),
    held=st.frozensets(st.sampled_from(SUBJECTS)),
)
def test_whatever_is_asked_no_limit_is_passed_and_nobody_is_lost(made, limit_of, used_of, held):
    # A subject belongs to one store, as a rating does.
    asks = [ask(store, UUID(int=store.int * 10_000 + subject.int)) for store, subject in made]
    subjects_with_unit = frozenset(
        UUID(int=store.int * 10_000 + subject.int) for subject in held for store in STORES
    )
    allowances = {
        store: allowance(store, limit, min(used_of[store], limit) if limit is not None else used_of[store])
        for store, limit in limit_of.items()
    }
    decision = decide(asks, allowances, subjects_with_unit)

    taken = [taker.subject_id for _, taker in decision.consumed]
    assert len(set(taken)) == len(taken)
    assert not set(taken) & subjects_with_unit
    for store, given_units in Counter(taker.store_id for _, taker in decision.consumed).items():
        limit = allowances[store].unit_limit
        assert limit is None or allowances[store].used + given_units <= limit
    assert Counter(map(id, asks)) == Counter(
        map(id, [*decision.approved, *(denied for denied, _ in decision.denied)])
    )
    for store in STORES:
        _nobody_is_overtaken(asks, store, set(taken), {late.subject_id for late, _ in decision.denied})


def _nobody_is_overtaken(asks: list[UnitEvent], store: UUID, taken: set[UUID], denied: set[UUID]) -> None:
    """Once a store's first asker is refused, none of its later ones takes a unit."""
    subjects = [asked.subject_id for asked in asks if asked.store_id == store]
    takers = [subjects.index(subject) for subject in subjects if subject in taken]
    refused = [subjects.index(subject) for subject in subjects if subject in denied]
    assert max(takers, default=-1) < min(refused, default=len(subjects))


@pytest.mark.parametrize(
    ("before", "after", "limit", "announced", "expected"),
    [
        (7, 8, 10, 0, 80),
        (6, 7, 10, 0, None),
        (8, 9, 10, 80, None),
        (9, 10, 10, 80, 100),
        (0, 10, 10, 0, 100),
        (5, 6, 7, 0, 80),
        (4, 5, 7, 0, None),
        (9, 10, 10, 100, None),
        (8, 8, 10, 0, None),
        (0, 50, None, 0, None),
        (0, 0, 0, 0, None),
        (0, 1, 1, 0, 100),
    ],
)
def test_a_threshold_is_announced_when_it_is_reached_and_only_then(before, after, limit, announced, expected):
    assert crossed(before, after, limit, announced) == expected


@given(limit=st.integers(1, 200), steps=st.lists(st.integers(1, 30), max_size=60))
def test_each_threshold_is_announced_at_most_once_a_period(limit, steps):
    used, announced, reached = 0, 0, []
    for step in steps:
        after = min(limit, used + step)
        percent = crossed(used, after, limit, announced)
        if percent is not None:
            reached.append(percent)
            announced = percent
        used = after
    assert reached in ([], [80], [100], [80, 100])
    assert (100 in reached) == (used == limit)
    assert bool(reached) == (used * 100 >= 80 * limit)
