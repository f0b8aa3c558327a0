"""Rating again changes the verdict, and never makes a second ticket nor takes a second unit."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.integration.http.problems import problem
from tests.support.clients.jobs import drain
from tests.support.factories.database import Database


def assert_one_ticket_one_unit(db: Database) -> None:
    assert db.count("tickets") == 1
    assert db.one("SELECT used FROM quota_periods") == 1
    assert db.count("quota_ledger", "kind = 'consume'") == 1
    assert db.count("outbox") == 0


def test_the_verdict_of_the_ticket_follows_and_its_timeline_shows_it(db, sign_in):
    shop = db.shop()
    question = db.question(shop)
    sign_in(shop.seller).rate_ok(question, "improvable", "Casi")
    drain()
    again = sign_in(shop.manager).rate_ok(question, "incorrect", "Peor de lo que parecía")
    assert (again["verdict"], again["outcome"]) == ("incorrect", "ticketed")
    drain()
    assert_one_ticket_one_unit(db)
    [ticket] = sign_in(shop.admin).walk("/v1/tickets")
    assert ticket["verdict"] == "incorrect"
    opened, rerated = sign_in(shop.admin).walk(f"/v1/tickets/{ticket['id']}/timeline")
    assert (opened["kind"], rerated["kind"]) == ("opened", "rerated")
    assert rerated["actor"]["id"] == str(shop.manager)
    assert (rerated["detail"]["from"], rerated["detail"]["to"]) == ("improvable", "incorrect")


def test_turning_green_keeps_the_ticket_in_its_colour(db, sign_in):
    shop = db.shop()
    question = db.question(shop)
    sign_in(shop.seller).rate_ok(question, "incorrect")
    drain()
    again = sign_in(shop.seller).rate_ok(question, "correct")
    assert (again["verdict"], again["outcome"]) == ("correct", "ticketed")
    drain()
    assert_one_ticket_one_unit(db)
    assert db.one("SELECT verdict FROM tickets") == "incorrect"


@pytest.mark.parametrize("verdict", ["incorrect", "correct"])
@pytest.mark.parametrize("status", ["open", "closed"])
def test_support_s_change_of_a_ticket_that_was_rated_again_meanwhile_is_refused(db, sign_in, verdict, status):
    shop = db.shop()
    question = db.question(shop)
    sign_in(shop.seller).rate_ok(question, "improvable")
    drain()
    if status == "closed":
        db.execute("UPDATE tickets SET status = 'closed', closed_at = now()")
    staff = sign_in(db.support())
    path = f"/v1/tickets/{db.one('SELECT id FROM tickets')}"
    read = staff.get(path).headers["ETag"]
    sign_in(shop.seller).rate_ok(question, verdict, "Pensándolo bien")
    assert staff.get(path).headers["ETag"] != read
    change = {"cause": "stale_data", "resolution": "Se corrigió la ficha"}
    problem(staff.call("PATCH", path, json=change, headers={"If-Match": read}), 412, "stale_version")


def test_rating_again_before_the_ticket_is_there_asks_once(db, sign_in):
    shop = db.shop()
    question = db.question(shop)
    sign_in(shop.seller).rate_ok(question, "improvable", "Primero")
    sign_in(shop.seller).rate_ok(question, "incorrect", "Después")
    assert db.count("outbox") == 1
    drain()
    assert_one_ticket_one_unit(db)
    assert db.one("SELECT verdict FROM tickets") == "incorrect"
    assert db.one("SELECT body FROM messages") == "Después"


def test_turning_green_before_the_ticket_is_there_leaves_nothing_stuck(db, sign_in):
    """Somebody pressed red by mistake and corrected it within the moment the check takes."""
    shop = db.shop()
    question = db.question(shop)
    sign_in(shop.seller).rate_ok(question, "incorrect")
    sign_in(shop.seller).rate_ok(question, "correct")
    drain()
    assert_one_ticket_one_unit(db)
    rating = sign_in(shop.seller).read(f"/v1/questions/{question}")["rating"]
    assert (rating["verdict"], rating["outcome"]) == ("correct", "ticketed")
    assert db.one("SELECT verdict FROM tickets") == "improvable"


def test_the_answer_stays_as_it_was_rated(db, sign_in):
    shop = db.shop()
    question = db.question(shop, answer="Cuesta $ 100.")
    sign_in(shop.seller).rate_ok(question)
    db.execute("UPDATE questions SET answer = 'Cuesta $ 200.'")
    rating = sign_in(shop.seller).read(f"/v1/questions/{question}")["rating"]
    assert rating["rated_answer"] == "Cuesta $ 100."


def test_a_green_rating_turned_red_asks_for_its_first_ticket(db, sign_in):
    shop = db.shop()
    question = db.question(shop)
    sign_in(shop.seller).rate_ok(question, "correct")
    assert sign_in(shop.seller).rate_ok(question, "incorrect")["outcome"] == "pending"
    drain()
    assert_one_ticket_one_unit(db)


def test_a_parked_rating_rated_again_asks_again(db, sign_in):
    shop = db.shop(units=0)
    question = db.question(shop)
    sign_in(shop.seller).rate_ok(question, "improvable")
    drain()
    db.execute("UPDATE quota_periods SET unit_limit = 1")
    again = sign_in(shop.seller).rate_ok(question, "incorrect")
    assert (again["outcome"], again["parked_reason"]) == ("pending", None)
    drain()
    assert_one_ticket_one_unit(db)


@pytest.mark.parametrize("verdicts", [["incorrect"] * 8, ["incorrect", "improvable"] * 4])
def test_many_hands_on_one_question_make_one_ticket(db, sign_in, verdicts):
    shop = db.shop()
    question = db.question(shop)
    with ThreadPoolExecutor(8) as people:
        answers = list(
            people.map(lambda verdict: sign_in(shop.seller).rate(question, verdict).status_code, verdicts)
        )
    assert answers == [202] * 8
    drain()
    assert_one_ticket_one_unit(db)
    assert db.one("SELECT t.verdict = r.verdict FROM tickets t JOIN ratings r ON r.id = t.rating_id")


def test_a_promoted_rating_is_promoted_in_its_timeline(db, sign_in):
    shop = db.shop(units=0)
    question = db.question(shop)
    rating = sign_in(shop.seller).rate_ok(question)
    drain()
    db.execute("UPDATE quota_periods SET unit_limit = 1")
    assert sign_in(shop.admin).post(f"/v1/ratings/{rating['id']}/promote").status_code == 202
    drain()
    assert_one_ticket_one_unit(db)
    [ticket] = sign_in(shop.admin).walk("/v1/tickets")
    [line] = sign_in(shop.admin).walk(f"/v1/tickets/{ticket['id']}/timeline")
    assert (line["kind"], line["actor"]["id"]) == ("promoted", str(shop.admin))


def test_a_rating_repeated_under_its_key_is_neither_notified_nor_recorded_again(db, sign_in):
    """Its answer was lost on the way, and meanwhile all that follows of it was done."""
    for shop in (db.shop(), db.shop(tickets=False)):
        call = {
            "path": f"/v1/questions/{db.question(shop)}/rating",
            "headers": {"Idempotency-Key": "once"},
            "json": {"verdict": "incorrect", "comment": "Revisar"},
        }
        first = sign_in(shop.seller).call("PUT", **call)
        drain()
        again = sign_in(shop.seller).call("PUT", **call)
        drain()
        assert (first.status_code, again.status_code, again.json) == (202, 202, first.json)
        assert again.headers["Idempotent-Replayed"] == "true"
    assert db.column("SELECT kind FROM timeline") == ["opened"]
    assert db.count("notifications", "event = 'rating.parked'") == 2  # administrator and manager
