"""Whatever the order in which messages come, what is newest stands."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.ticket_api.consumers import receive_store
from shared.ids import new_id
from tests.integration.accounts.account_service import Account, person
from tests.support.clients.jobs import due, work


@pytest.fixture
def account(db):
    return Account(db)


def test_an_older_message_overwrites_nothing(account):
    someone = person(name="Ana, la de ahora")
    account.send(someone, minute=10, store={"name": "Nombre de ahora"})
    account.send({**someone, "name": "Ana, la de antes"}, minute=5, store={"name": "Nombre de antes"})
    assert account.store().name == "Nombre de ahora"
    assert account.db.column("SELECT name FROM people WHERE id = :id", id=someone["id"]) == [
        "Ana, la de ahora"
    ]
    assert account.errors() == []


def test_an_older_message_still_adds_people_the_newer_one_did_not_name(account):
    one, other = person(), person()
    account.send(one, minute=10)
    account.send(other, minute=5)
    assert account.people() == {one["id"]: True, other["id"]: True}


def test_the_same_message_twice_changes_nothing(account):
    message = account.message(person(), person(), people_complete=True)
    account.send_all(message, message)
    before = (account.store(), account.people())
    account.send_all(message)
    assert (account.store(), account.people()) == before
    assert account.db.count("outbox") == 0


def test_people_missing_from_a_list_stay_unless_it_is_complete(account):
    one, other = person(), person()
    account.send(one, other)
    account.send(one, minute=1)
    assert account.people() == {one["id"]: True, other["id"]: True}
    account.send(one, minute=2, people_complete=True)
    assert account.people() == {one["id"]: True, other["id"]: False}


def test_an_empty_complete_list_leaves_nobody_active(account):
    account.send(person(), person())
    account.send(minute=1, people_complete=True)
    assert set(account.people().values()) == {False}


def test_someone_missing_can_come_back(account):
    one = person()
    account.send(one)
    account.send(minute=1, people_complete=True)
    account.send(one, minute=2)
    assert account.people() == {one["id"]: True}


def test_an_older_complete_list_leaves_alone_whom_a_newer_message_named(account):
    one, other = person(), person()
    account.send(one, other)
    account.send(other, minute=10)
    account.send(one, minute=5, people_complete=True)
    assert account.people() == {one["id"]: True, other["id"]: True}


def test_nobody_comes_back_by_a_message_older_than_the_complete_list_without_them(account):
    gone = person()
    account.send(minute=10, people_complete=True)
    account.send(gone, minute=5)
    assert account.people() == {}


# Every order of four messages ends in the same, one at a time and all in one batch.


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_every_order_ends_the_same(account, order, together):
    ana, bea, caro = person(), person(), person()
    messages = [
        account.message(ana, bea, minute=0, store={"name": "cero"}),
        account.message(ana, minute=1, store={"name": "uno"}, people_complete=True),
        account.message({**bea, "name": "Bea"}, minute=2, store={"name": "dos"}),
        account.message(caro, {**ana, "roles": []}, minute=3, store={"name": "tres"}),
    ]
    chosen = [messages[index] for index in order]
    for batch in [chosen] if together else [[message] for message in chosen]:
        account.send_all(*batch)
    assert account.errors() == []
    assert account.store().name == "tres"
    assert account.people() == {ana["id"]: True, bea["id"]: True, caro["id"]: True}
    assert account.db.one("SELECT roles FROM people WHERE id = :id", id=ana["id"]) == []
    assert account.db.one("SELECT name FROM people WHERE id = :id", id=bea["id"]) == "Bea"


def test_workers_that_handle_messages_of_the_same_stores_at_once_end_at_the_newest(db):
    accounts = [Account(db, new_id()) for _ in range(3)]
    people = [person() for _ in accounts]
    for minute in range(20):
        for account, someone in zip(accounts, people, strict=True):
            named = {**someone, "name": f"Ana {minute}"}
            store = {"name": f"Tienda {minute}"}
            receive_store(account.message(named, minute=minute, store=store))
    with ThreadPoolExecutor(8) as pool:
        ids = due()["stores.import"]
        batches = [ids[start::8] for start in range(8)]
        list(pool.map(lambda batch: work("stores.import", batch), reversed(batches)))
    for account, someone in zip(accounts, people, strict=True):
        assert account.store().name == "Tienda 19"
        assert db.one("SELECT name FROM people WHERE id = :id", id=someone["id"]) == "Ana 19"
    assert db.count("outbox", "consumer = 'stores.import'") == 0
