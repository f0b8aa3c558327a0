"""Who has a part in it is notified: once, never of what they did themselves, unread ones folded into one."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from shared.db.models import Role
from shared.db.transactions import transaction
from shared.messaging.events import QuotaThresholdReached, RatingParked, TicketOpened, TicketReopened
from shared.messaging.outbox.publish import publish
from tests.support.clients.jobs import drain
from tests.support.factories.database import Database, StoreFixture


@pytest.fixture
def ticket(db: Database, shop: StoreFixture, sign_in) -> UUID:
    """A ticket that was opened, without notifications of it."""
    sign_in(shop.seller).rate_ok(db.question(shop))
    drain()
    db.execute("DELETE FROM notifications")
    return UUID(str(db.one("SELECT id FROM tickets")))


def opened(shop: StoreFixture, ticket: UUID, actor: UUID) -> TicketOpened:
    return TicketOpened(store_id=shop.id, ticket_id=ticket, number=1, actor_id=actor)


def parked(shop: StoreFixture, actor: UUID) -> RatingParked:
    return RatingParked(
        store_id=shop.id, rating_id=shop.id, question_id=shop.id, reason="quota_exhausted", actor_id=actor
    )


def notify(*events) -> None:
    with transaction() as session:
        publish(session, events)
    drain()


def notified(db: Database) -> list[UUID]:
    return sorted(db.column("SELECT person_id FROM notifications"))


def test_support_is_notified_of_a_new_ticket_and_the_store_is_not(db, shop, ticket):
    staff = [db.support(), db.support()]
    notify(opened(shop, ticket, shop.seller))
    assert notified(db) == sorted(staff)


def test_the_stores_people_with_the_ticket_module_are_notified_of_a_parked_rating(db, shop):
    db.support()
    notify(parked(shop, shop.seller))
    assert notified(db) == sorted([shop.admin, shop.manager])


def test_people_of_other_stores_are_not_notified(db, shop):
    db.shop()
    notify(parked(shop, shop.seller))
    assert notified(db) == sorted([shop.admin, shop.manager])


def test_who_acted_is_not_notified(db, shop):
    notify(parked(shop, shop.admin))
    assert notified(db) == [shop.manager]


def test_who_has_two_roles_is_notified_once(db, shop):
    both = db.person(shop.id, Role.ADMINISTRADOR, Role.GESTIONAR_TICKETS)
    notify(parked(shop, shop.seller))
    assert notified(db) == sorted([shop.admin, shop.manager, both])


def test_who_has_left_is_not_notified(db, shop):
    db.person(shop.id, Role.ADMINISTRADOR, active=False)
    notify(parked(shop, shop.seller))
    assert notified(db) == sorted([shop.admin, shop.manager])


def test_all_who_have_a_part_are_notified_of_what_nobody_did(db, shop):
    notify(QuotaThresholdReached(store_id=shop.id, percent=80, used=80, unit_limit=100))
    assert notified(db) == sorted([shop.admin, shop.manager])


def test_with_nobody_to_notify_the_event_is_done(db, shop, ticket):
    notify(opened(shop, ticket, shop.seller))
    assert notified(db) == []
    assert db.count("outbox") == 0


def test_unread_ones_of_a_ticket_fold_into_one_with_a_count(db, shop, ticket):
    db.support()
    for _ in range(3):
        notify(opened(shop, ticket, shop.seller))
    assert db.column("SELECT count FROM notifications") == [3]


def test_those_of_one_batch_fold_too(db, shop, ticket):
    db.support()
    notify(*[opened(shop, ticket, shop.seller)] * 3)
    assert db.column("SELECT count FROM notifications") == [3]


def test_a_fold_shows_the_latest_event(db, shop, ticket):
    staff = db.support()
    notify(
        *(TicketOpened(store_id=shop.id, ticket_id=ticket, number=n, actor_id=shop.seller) for n in (1, 2))
    )
    notify(TicketOpened(store_id=shop.id, ticket_id=ticket, number=3, actor_id=shop.seller))
    [row] = db.all("SELECT person_id, detail, count FROM notifications")
    assert tuple(row) == (staff, {"number": 3}, 3)


def test_once_read_the_next_one_stands_by_itself(db, shop, ticket, sign_in):
    staff = db.support()
    notify(opened(shop, ticket, shop.seller))
    assert sign_in(staff).post("/v1/notifications/read").json == {"unread_count": 0}
    notify(opened(shop, ticket, shop.seller))
    rows = db.all("SELECT count, read_at IS NULL AS unread FROM notifications ORDER BY created_at")
    assert [tuple(row) for row in rows] == [(1, False), (1, True)]


def test_what_is_about_no_ticket_never_folds(db, shop):
    notify(*[parked(shop, shop.admin)] * 2)
    notify(parked(shop, shop.admin))
    assert db.column("SELECT count FROM notifications") == [1, 1, 1]


def test_each_person_folds_for_themselves(db, shop, ticket, sign_in):
    eager, busy = db.support(), db.support()
    notify(opened(shop, ticket, shop.seller))
    sign_in(eager).post("/v1/notifications/read")
    notify(opened(shop, ticket, shop.seller))
    rows = db.all("SELECT person_id, count FROM notifications")
    assert sorted((row.person_id, row.count) for row in rows) == sorted([(eager, 1), (eager, 1), (busy, 2)])


@pytest.fixture
def no_reopening(db: Database) -> Iterator[None]:
    """For a while the database refuses notifications of reopened tickets."""
    db.execute("ALTER TABLE notifications ADD CONSTRAINT planted CHECK (event <> 'ticket.reopened')")
    yield
    db.execute("ALTER TABLE notifications DROP CONSTRAINT planted")


def test_people_are_notified_of_the_events_beside_a_bad_one(db, shop, ticket, no_reopening):
    db.support()
    bad = TicketReopened(store_id=shop.id, ticket_id=ticket, number=1, actor_id=shop.seller)
    notify(opened(shop, ticket, shop.seller), bad, opened(shop, ticket, shop.seller))
    assert db.column("SELECT count FROM notifications") == [2]
    assert db.column("SELECT attempts FROM outbox") == [1]
