"""Who am I, which plans are there, how many units are left."""

from datetime import UTC, datetime

from services.quota.period_dates import period_containing
from shared.clock import now
from tests.integration.http.problems import problem
from tests.support.clients.jobs import drain
from tests.support.factories.database import SUBSCRIBED_ON


def test_a_person_of_a_store_sees_themselves_and_their_store(db, sign_in):
    shop = db.shop()
    me = sign_in(shop.manager).read("/v1/me")
    assert me["id"] == str(shop.manager)
    assert me["roles"] == ["gestionar_tickets"]
    assert me["store"]["id"] == str(shop.id)


def test_support_has_no_store(db, sign_in):
    me = sign_in(db.support()).read("/v1/me")
    assert (me["roles"], me["store"]) == (["soporte"], None)


def test_plans_are_listed_in_the_readers_language_and_ones_own_is_marked(db, sign_in):
    shop, other = db.shop(units=5), db.shop(tickets=False)
    spanish = sign_in(shop.seller).read("/v1/plans")["items"]
    english = sign_in(shop.seller, language="en").read("/v1/plans")["items"]
    assert {plan["name"] for plan in spanish} == {"Plan de prueba"}
    assert {plan["name"] for plan in english} == {"Test plan"}
    assert [plan["current"] for plan in spanish] == [False, True]
    assert [plan["units_per_period"] for plan in spanish if plan["current"]] == [5]
    assert not any(plan["current"] for plan in sign_in(db.support()).read("/v1/plans")["items"])
    assert sign_in(other.admin).read("/v1/plans")["items"][0]["current"]


def test_units_before_and_after_the_first_ticket(db, sign_in):
    shop = db.shop(units=5, time_zone="Europe/Madrid")
    admin = sign_in(shop.admin)
    ends = period_containing(now(), SUBSCRIBED_ON, 1, "Europe/Madrid").ends_at
    fresh = admin.read("/v1/quota")
    assert (fresh["limit"], fresh["used"], fresh["remaining"]) == (5, 0, 5)
    assert datetime.fromisoformat(fresh["resets_at"]).astimezone(UTC) == ends
    sign_in(shop.seller).rate_ok(db.question(shop))
    drain()
    used = admin.read("/v1/quota")
    assert (used["limit"], used["used"], used["remaining"]) == (5, 1, 4)
    assert used["resets_at"] == fresh["resets_at"]


def test_units_without_limit_have_no_remainder(db, sign_in):
    shop = db.shop(units=None)
    sign_in(shop.seller).rate_ok(db.question(shop))
    drain()
    quota = sign_in(shop.admin).read("/v1/quota")
    assert (quota["limit"], quota["used"], quota["remaining"]) == (None, 1, None)


def test_a_plan_without_tickets_has_no_units_and_nothing_that_resets(db, sign_in):
    quota = sign_in(db.shop(tickets=False).admin).read("/v1/quota")
    assert quota["tickets_included"] is False
    assert (quota["limit"], quota["used"], quota["remaining"], quota["resets_at"]) == (0, 0, 0, None)


def test_support_has_no_units_to_look_at(db, sign_in):
    problem(sign_in(db.support()).get("/v1/quota"), 403, "forbidden")
