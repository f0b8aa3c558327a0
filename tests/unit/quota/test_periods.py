"""A store's quota period, whatever day it subscribed on and whatever its clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.quota.period_dates import period_containing

BUENOS_AIRES = "America/Argentina/Buenos_Aires"  # three hours behind UTC, all year
MADRID = "Europe/Madrid"
SANTIAGO = "America/Santiago"  # its summer time begins at midnight: that midnight does not exist
HAVANA = "America/Havana"  # its summer time ends at one: that midnight comes twice

ZONES = ("UTC", BUENOS_AIRES, MADRID, SANTIAGO, HAVANA, "Pacific/Apia", "Asia/Kathmandu")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_month_runs_from_the_subscription_day_to_the_next():
    period = period_containing(at("2026-11-22T12:00"), date(2026, 1, 15), 1, "UTC")
    assert period == (at("2026-11-15T00:00"), at("2026-12-15T00:00"))


def test_the_first_moment_belongs_to_the_new_period_and_the_one_before_it_does_not():
    anchor = date(2026, 1, 15)
    boundary = at("2026-11-15T00:00")
    assert period_containing(boundary, anchor, 1, "UTC").starts_at == boundary
    assert period_containing(boundary - timedelta(microseconds=1), anchor, 1, "UTC").ends_at == boundary


def test_days_begin_at_the_stores_midnight_not_at_utcs():
    still_the_14th_there = at("2026-11-15T02:59")
    period = period_containing(still_the_14th_there, date(2026, 1, 15), 1, BUENOS_AIRES)
    assert period == (at("2026-10-15T03:00"), at("2026-11-15T03:00"))


@pytest.mark.parametrize(
    ("moment", "starts", "ends"),
    [
        ("2026-02-10T00:00", "2026-01-31T00:00", "2026-02-28T00:00"),
        ("2026-02-28T00:00", "2026-02-28T00:00", "2026-03-31T00:00"),
        ("2026-03-30T23:59", "2026-02-28T00:00", "2026-03-31T00:00"),
        ("2026-04-30T00:00", "2026-04-30T00:00", "2026-05-31T00:00"),
        ("2028-02-29T08:00", "2028-02-29T00:00", "2028-03-31T00:00"),
        ("2028-02-28T08:00", "2028-01-31T00:00", "2028-02-29T00:00"),
    ],
)
def test_who_subscribed_on_a_31st_renews_on_the_last_day_of_shorter_months(moment, starts, ends):
    assert period_containing(at(moment), date(2025, 12, 31), 1, "UTC") == (at(starts), at(ends))


def test_a_shorter_month_does_not_move_the_anchor_for_the_months_after_it():
    anchor = date(2026, 1, 31)
    ends = [
        period_containing(at(f"2026-{month:02}-05T00:00"), anchor, 1, "UTC").ends_at for month in (2, 3, 4)
    ]
    assert [end.day for end in ends] == [28, 31, 30]


@pytest.mark.parametrize(
    ("moment", "starts", "ends"),
    [
        ("2026-06-01T00:00", "2026-02-28T00:00", "2027-02-28T00:00"),
        ("2028-02-28T12:00", "2027-02-28T00:00", "2028-02-29T00:00"),
        ("2028-02-29T00:00", "2028-02-29T00:00", "2029-02-28T00:00"),
    ],
)
def test_a_yearly_plan_begun_on_a_leap_day_renews_at_the_end_of_february(moment, starts, ends):
    assert period_containing(at(moment), date(2024, 2, 29), 12, "UTC") == (at(starts), at(ends))


def test_a_quarterly_plan_counts_quarters_from_its_anchor():
    period = period_containing(at("2026-11-22T12:00"), date(2025, 11, 30), 3, "UTC")
    assert period == (at("2026-08-30T00:00"), at("2026-11-30T00:00"))


def test_the_length_of_a_month_follows_summer_time():
    """29 March 2026 has 23 hours in Madrid, 25 October has 25."""
    spring = period_containing(at("2026-03-20T12:00"), date(2026, 1, 15), 1, MADRID)
    assert spring == (at("2026-03-14T23:00"), at("2026-04-14T22:00"))
    autumn = period_containing(at("2026-10-20T12:00"), date(2026, 1, 15), 1, MADRID)
    assert autumn == (at("2026-10-14T22:00"), at("2026-11-14T23:00"))


def test_a_midnight_that_does_not_exist_is_the_moment_the_clocks_go_forward():
    """Santiago, 6 September 2026: 23:59:59 on the 5th is followed by 01:00 on the 6th."""
    period = period_containing(at("2026-09-20T12:00"), date(2026, 1, 6), 1, SANTIAGO)
    assert period.starts_at == at("2026-09-06T04:00")


def test_of_a_midnight_that_comes_twice_the_first_counts():
    """Havana, 1 November 2026: at 01:00 the clocks go back to 00:00."""
    period = period_containing(at("2026-11-01T04:30"), date(2026, 1, 1), 1, HAVANA)
    assert period.starts_at == at("2026-11-01T04:00")


moments = st.integers(0, 100 * 366 * 86_400).map(
    lambda seconds: at("1990-01-01") + timedelta(seconds=seconds)
)
anchors = st.dates(date(2000, 1, 1), date(2050, 12, 31))


@given(moment=moments, anchor=anchors, months=st.integers(1, 12), zone=st.sampled_from(ZONES))
def test_every_moment_is_in_its_period_and_periods_leave_no_gap(moment, anchor, months, zone):
    period = period_containing(moment, anchor, months, zone)
    assert period.starts_at <= moment < period.ends_at
    assert period_containing(period.ends_at, anchor, months, zone).starts_at == period.ends_at
    before = period_containing(period.starts_at - timedelta(microseconds=1), anchor, months, zone)
    assert before.ends_at == period.starts_at


@given(first=moments, second=moments, anchor=anchors, zone=st.sampled_from(ZONES))
def test_two_moments_never_see_periods_that_overlap(first, second, anchor, zone):
    earlier, later = sorted(period_containing(moment, anchor, 1, zone) for moment in (first, second))
    assert earlier == later or earlier.ends_at <= later.starts_at
