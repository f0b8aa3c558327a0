"""A store's units: a period opened on first use, one unit for each subject, never one too many."""

from datetime import date
from uuid import UUID, uuid4

from services.quota.period_dates import period_containing
from shared.clock import now
from shared.db.transactions import transaction
from shared.messaging.events import RatingUnitRequested
from shared.messaging.outbox.publish import publish
from tests.integration.conftest import SignIn
from tests.support.clients.jobs import drain
from tests.support.factories.database import Database, StoreFixture

ZONE = "America/Argentina/Buenos_Aires"


def ask(shop: StoreFixture, *subjects: UUID) -> None:
    """Ask for a unit for each subject, in one transaction."""
    with transaction() as session:
        publish(
            session,
            [
                RatingUnitRequested(store_id=shop.id, subject_id=each, actor_id=shop.seller)
                for each in subjects
            ],
        )


def rate_all(db: Database, sign_in: SignIn, shop: StoreFixture, count: int) -> None:
    seller = sign_in(shop.seller)
    for question in db.questions(shop, count):
        seller.rate_ok(question)


def outcomes(db: Database, shop: StoreFixture) -> dict[tuple[str, str | None], int]:
    rows = db.all(
        "SELECT outcome, parked_reason, count(*) FROM ratings WHERE store_id = :id GROUP BY 1, 2", id=shop.id
    )
    return {(outcome, reason): count for outcome, reason, count in rows}


def test_a_period_is_opened_by_the_first_rating_and_not_before(db, sign_in):
    shop = db.shop(units=7, subscribed_on=date(2025, 3, 31), time_zone=ZONE)
    assert sign_in(shop.admin).read("/v1/quota")["limit"] == 7
    assert db.count("quota_periods") == 0
    rate_all(db, sign_in, shop, 1)
    drain()
    [period] = db.all("SELECT * FROM quota_periods")
    assert (period.starts_at, period.ends_at) == period_containing(now(), date(2025, 3, 31), 1, ZONE)
    assert (period.store_id, period.unit_limit, period.used) == (shop.id, 7, 1)


def test_a_green_rating_asks_for_nothing(db, sign_in):
    shop = db.shop(units=7)
    sign_in(shop.seller).rate_ok(db.question(shop), "correct")
    assert db.count("outbox") == 0
    assert db.count("quota_periods") == 0


def test_every_unit_is_in_the_ledger_under_its_subject(db, sign_in):
    shop = db.shop(units=7)
    rate_all(db, sign_in, shop, 3)
    drain()
    consumed = db.column("SELECT subject_id FROM quota_ledger WHERE kind = 'consume'")
    assert sorted(consumed) == sorted(db.column("SELECT id FROM ratings"))
    assert db.one("SELECT used FROM quota_periods") == 3


def test_when_units_are_over_the_rest_is_parked_with_its_reason(db, sign_in):
    shop = db.shop(units=2)
    rate_all(db, sign_in, shop, 5)
    drain()
    assert outcomes(db, shop) == {("ticketed", None): 2, ("parked", "quota_exhausted"): 3}


def test_a_plan_without_tickets_parks_with_its_reason_and_opens_no_period(db, sign_in):
    shop = db.shop(tickets=False)
    rate_all(db, sign_in, shop, 2)
    drain()
    assert outcomes(db, shop) == {("parked", "plan_without_tickets"): 2}
    assert db.count("quota_periods") == 0
    assert db.count("tickets") == 0


def test_a_plan_with_no_units_at_all_parks_as_exhausted(db, sign_in):
    shop = db.shop(units=0)
    rate_all(db, sign_in, shop, 1)
    drain()
    assert outcomes(db, shop) == {("parked", "quota_exhausted"): 1}


def test_a_plan_without_limit_never_parks(db, sign_in):
    shop = db.shop(units=None)
    rate_all(db, sign_in, shop, 12)
    drain()
    assert outcomes(db, shop) == {("ticketed", None): 12}
    assert db.one("SELECT used FROM quota_periods") == 12


def test_a_subject_asked_for_twice_takes_one_unit(db):
    shop = db.shop(units=5)
    subject = uuid4()
    ask(shop, subject, subject)  # in one batch
    drain()
    ask(shop, subject)  # and again, much later
    drain()
    assert db.one("SELECT used FROM quota_periods") == 1
    assert db.count("quota_ledger", "kind = 'consume'") == 1


def test_a_subject_that_holds_the_last_unit_is_granted_again_not_denied(db, sign_in):
    shop = db.shop(units=1)
    rate_all(db, sign_in, shop, 1)
    drain()
    ask(shop, db.one("SELECT id FROM ratings"))
    drain()
    assert outcomes(db, shop) == {("ticketed", None): 1}


def test_one_stores_units_are_not_anothers(db, sign_in):
    poor, rich = db.shop(units=1), db.shop(units=10)
    rate_all(db, sign_in, poor, 3)
    rate_all(db, sign_in, rich, 3)
    drain()
    assert outcomes(db, poor) == {("ticketed", None): 1, ("parked", "quota_exhausted"): 2}
    assert outcomes(db, rich) == {("ticketed", None): 3}


def test_with_a_new_period_units_are_back_and_the_old_count_stays(db, sign_in):
    shop = db.shop(units=2)
    rate_all(db, sign_in, shop, 3)
    drain()
    # The month is over: the period that was the present one is now the one before.
    db.execute(
        "UPDATE quota_periods SET starts_at = starts_at - interval '2 months',"
        " ends_at = starts_at - interval '1 day'"
    )
    rate_all(db, sign_in, shop, 1)
    drain()
    used = db.column("SELECT used FROM quota_periods ORDER BY starts_at")
    assert used == [2, 1]
    assert outcomes(db, shop) == {("ticketed", None): 3, ("parked", "quota_exhausted"): 1}


def test_a_parked_rating_is_promoted_once_units_are_back(db, sign_in):
    shop = db.shop(units=1)
    rate_all(db, sign_in, shop, 2)
    drain()
    parked = db.one("SELECT id FROM ratings WHERE outcome = 'parked'")
    admin = sign_in(shop.admin)
    assert admin.post(f"/v1/ratings/{parked}/promote").json["outcome"] == "pending"
    drain()
    assert outcomes(db, shop) == {("ticketed", None): 1, ("parked", "quota_exhausted"): 1}

    db.execute("UPDATE quota_periods SET unit_limit = 2")
    assert admin.post(f"/v1/ratings/{parked}/promote").status_code == 202
    drain()
    assert outcomes(db, shop) == {("ticketed", None): 2}
    assert db.count("tickets", "rating_id = :id", id=parked) == 1


def test_thresholds_are_announced_once_each_whatever_the_steps(db, sign_in):
    shop = db.shop(units=10)
    query = "SELECT (detail ->> 'percent')::int FROM notifications WHERE person_id = :id ORDER BY created_at"
    for rated, expected in ((7, []), (1, [80]), (1, [80]), (1, [80, 100]), (3, [80, 100])):
        rate_all(db, sign_in, shop, rated)
        drain()
        assert (
            db.column(query.replace("WHERE", "WHERE event = 'quota.threshold_reached' AND"), id=shop.admin)
            == expected
        )


def test_a_leap_over_both_thresholds_announces_the_higher_alone(db, sign_in):
    shop = db.shop(units=5)
    rate_all(db, sign_in, shop, 9)
    drain()
    details = db.column(
        "SELECT detail FROM notifications WHERE event = 'quota.threshold_reached' AND person_id = :id",
        id=shop.admin,
    )
    assert details == [{"percent": 100, "used": 5, "unit_limit": 5}]


def test_the_database_itself_refuses_a_unit_too_many(db):
    """The last wall, should a rule ever be wrong."""
    shop = db.shop(units=1)
    ask(shop, uuid4())
    drain()
    refused = db.refused("UPDATE quota_periods SET used = used + 1")
    assert "ck_quota_periods_used_within_limit" in refused
    subject = db.one("SELECT subject_id FROM quota_ledger WHERE kind = 'consume'")
    refused = db.refused(
        "INSERT INTO quota_ledger SELECT new_uuid(), store_id, period_id, kind, units, subject_id, now()"
        " FROM quota_ledger WHERE subject_id = :id",
        id=subject,
    )
    assert "uq_quota_ledger" in refused
