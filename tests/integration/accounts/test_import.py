"""What a message of the account service makes, and what is refused with words an operator can read."""

from datetime import date, timedelta

import pytest

from shared.clock import now
from shared.db.models import Role
from tests.integration.accounts.account_service import NOON, Account, person
from tests.support.clients.jobs import drain


@pytest.fixture
def account(db):
    return Account(db)


def test_a_new_store_and_its_people_are_there(account):
    someone = person(roles=["administrador", "gestionar_tickets"], locale="en")
    account.send(someone)
    store = account.store()
    assert (store.name, store.plan_code, store.time_zone) == ("Percha Lunar", account.plan, "America/Bogota")
    assert (store.subscribed_on, store.synced_at) == (date(2026, 1, 15), NOON)
    [row] = account.db.all("SELECT * FROM people WHERE store_id = :id", id=account.store_id)
    assert (str(row.id), row.name, row.email) == (someone["id"], "Ana Ledesma", someone["email"])
    assert (row.roles, row.locale, row.active) == (["administrador", "gestionar_tickets"], "en", True)


def test_a_known_store_and_its_people_are_changed(account):
    shop = account.db.shop()
    account.store_id = shop.id
    account.send(person(shop.admin, name="Otra", roles=[], locale="en"), store={"time_zone": "Europe/Madrid"})
    assert account.store().time_zone == "Europe/Madrid"
    [row] = account.db.all("SELECT * FROM people WHERE id = :id", id=shop.admin)
    assert (row.name, row.roles, row.locale) == ("Otra", [], "en")
    assert len(account.people()) == 3


def test_who_is_no_longer_active_cannot_call(account, sign_in):
    someone = person()
    account.send(someone)
    client = sign_in(someone["id"])
    assert client.get("/v1/me").status_code == 200
    account.send(minute=1, people_complete=True)
    assert client.get("/v1/me").status_code == 401


def test_new_roles_count_with_the_next_call(account, sign_in):
    someone = person(roles=[])
    account.send(someone)
    client = sign_in(someone["id"])
    assert client.get("/v1/tickets").status_code == 403
    account.send({**someone, "roles": ["gestionar_tickets"]}, minute=1)
    assert client.get("/v1/tickets").status_code == 200


def test_a_change_of_plan_reaches_the_units(account, sign_in):
    shop = account.db.shop()
    account.store_id = shop.id
    account.send()
    drain()
    client = sign_in(shop.manager)
    client.rate_ok(account.db.question(shop))
    drain()
    assert client.read("/v1/quota")["remaining"] == 2
    account.send(minute=1, store={"plan_code": account.plan_of(10)})
    drain()
    assert client.read("/v1/quota")["remaining"] == 9
    assert client.read("/v1/quota/statement")["items"][0]["kind"] == "adjust"
    account.send(minute=2, store={"plan_code": account.plan_of(0, tickets=False)})
    drain()
    assert client.read("/v1/quota")["remaining"] == 9


def test_only_a_change_of_plan_is_published(account):
    account.send()
    account.send(minute=1, store={"name": "Otro nombre"})
    assert account.db.count("outbox") == 0
    account.send(minute=2, store={"plan_code": account.plan_of(9)})
    assert account.db.column("SELECT event FROM outbox") == ["store.plan_changed"]


def test_an_unknown_plan_is_dead_with_the_known_ones_named(account):
    account.send(person(), store={"plan_code": "dorado"})
    [error] = account.errors()
    assert "no such plan: dorado; known: " in error
    assert account.plan in error
    assert account.store() is None
    assert account.people() == {}


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ({"store": {"time_zone": "America/Macondo"}}, "IANA time zone"),
        ({"store": {"time_zone": "../../etc/passwd"}}, "IANA time zone"),
        ({"store": {"subscribed_on": "mañana"}}, "subscribed_on"),
        ({"store": {"id": "7"}}, "valid UUID"),
        ({"store": {"name": ""}}, "name"),
        ({"store": {"colour": "red"}}, "Unknown field"),
        ({"sent_at": "2026-11-20T12:00:00"}, "sent_at"),
        ({"sent_at": (now() + timedelta(hours=1)).isoformat()}, "in the future"),
        ({"people": [person(roles=["soporte"])]}, "roles"),
        ({"people": [person(email="ana")]}, "email"),
        ({"people": [person(locale="pt")]}, "locale"),
        ({"people": [person(name="")]}, "name"),
        ({"people": [{"id": "1"}]}, "people"),
        ({"people": "all"}, "people"),
        ({"people_complete": "perhaps"}, "people_complete"),
        ({"colour": 3}, "Unknown field"),
    ],
)
def test_a_message_that_is_not_of_the_schema_is_dead_and_says_why(account, broken, named):
    account.send_all({**account.message(), **account.message(**broken)})
    [error] = account.errors()
    assert named in error
    assert account.store() is None


def test_a_person_named_twice_is_refused(account):
    someone = person()
    account.send(someone, someone)
    assert "named once" in account.errors()[0]


def test_nobody_is_taken_over_from_another_store_or_from_support(account):
    other = account.db.shop()
    staff = account.db.support()
    account.send(person(other.admin))
    account.send(person(staff), minute=1)
    assert all("not of this store" in error for error in account.errors())
    assert len(account.errors()) == 2
    assert account.people() == {}
    assert account.db.column("SELECT store_id FROM people WHERE id = :id", id=other.admin) == [other.id]
    assert account.db.column("SELECT roles FROM people WHERE id = :id", id=staff) == [[Role.SOPORTE]]


def test_two_stores_that_claim_a_person_at_once_do_not_both_get_them(account):
    other, someone = Account(account.db), person()
    account.send_all(account.message(someone), other.message(someone))
    assert len(account.errors()) == 1
    assert len(account.people()) + len(other.people()) == 1


def test_a_bad_message_does_not_hold_up_its_neighbours(account):
    others = [Account(account.db) for _ in range(4)]
    account.send_all(
        *(other.message(person()) for other in others[:2]),
        account.message(store={"plan_code": "dorado"}),
        *(other.message(person()) for other in others[2:]),
    )
    assert [len(other.people()) for other in others] == [1, 1, 1, 1]
    assert len(account.errors()) == 1


def test_what_is_no_message_at_all_is_dead_too(account):
    account.send_all({})
    assert "Missing data" in account.errors()[0]
