"""The routing table is whole: every event has a consumer, every consumer a route, every queue a worker."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import pytest

from deploy.local.processes.catalogue import ProcessSpec, all_processes, worker
from services.notifier.fan_out.audience import AUDIENCE
from services.notifier.texts import TEXTS
from services.ticket_api.app import create_app
from shared.http.auth.access import allowed
from shared.http.auth.permissions import Permission
from shared.messaging import events
from shared.messaging.celery_app import app as celery
from shared.messaging.events import EVENTS, AnyEvent
from shared.messaging.inbound_events import INBOUND_EVENTS, RECEIVE_UNREADABLE
from shared.messaging.outbox.consumer import CONSUMERS, consumer
from shared.messaging.routes import ROUTES, Queue, Route
from tests.support.configured import configured

INBOUND_TASKS = {*INBOUND_EVENTS, RECEIVE_UNREADABLE}  # what other services send to, and what cannot be read
FAN_OUT = "notifier.fan_out"
HEARTBEAT = "outbox.heartbeat"
# What beat sends.
PERIODIC_TASKS = {HEARTBEAT, "answers.forget", "attachments.expire", "images.sweep", "upkeep.forget_old"}
# Production asks for both; no key is fetched before a token comes, and no database is waited for.
PRODUCTION = {
    "jwt_jwks_url": "https://identity.example/keys",
    "api_database_url": "postgresql+psycopg://api@/none?host=/nowhere",
}


@pytest.fixture(scope="module", autouse=True)
def _everything_a_worker_knows():
    celery.loader.import_default_modules()


def consumers_without_route(routes: Iterable[Route], consumers: Iterable[str]) -> set[str]:
    return set(consumers) - {route.consumer for route in routes}


def routes_without_consumer(routes: Iterable[Route], consumers: Collection[str]) -> list[Route]:
    return [route for route in routes if route.consumer not in consumers]


def consumers_on_two_queues(routes: Iterable[Route]) -> set[str]:
    queues: dict[str, set[Queue]] = {}
    for route in routes:
        queues.setdefault(route.consumer, set()).add(route.queue)
    return {name for name, places in queues.items() if len(places) > 1}


def events_without_consumer(routes: Iterable[Route], known: Iterable[type[AnyEvent]]) -> set[type[AnyEvent]]:
    return set(known) - {route.event for route in routes}


def queues_without_worker(processes: Iterable[ProcessSpec]) -> set[str]:
    served: set[str] = set()
    for process in processes:
        arguments = list(process.arguments)
        if "worker" in arguments and "--queues" in arguments:
            served.update(arguments[arguments.index("--queues") + 1].split(","))
    return {queue.value for queue in Queue} - served


def views_without_rule(views: Mapping[str, Callable[..., Any]]) -> list[str]:
    return [
        name for name, view in views.items() if not isinstance(getattr(view, "permission", None), Permission)
    ]


def test_every_consumer_has_a_route():
    assert consumers_without_route(ROUTES, CONSUMERS) == set()


def test_every_route_has_a_consumer():
    assert routes_without_consumer(ROUTES, CONSUMERS) == []


def test_every_consumer_works_on_one_queue():
    assert consumers_on_two_queues(ROUTES) == set()


def test_every_event_has_a_consumer():
    assert events_without_consumer(ROUTES, EVENTS.values()) == set()


def test_every_routed_event_can_be_read_back():
    assert [route for route in ROUTES if EVENTS.get(route.event.name) is not route.event] == []


def test_no_route_stands_twice():
    assert len(set(ROUTES)) == len(ROUTES)


def test_every_queue_has_a_worker():
    assert queues_without_worker(all_processes()) == set()


def test_every_queue_has_a_heartbeat():
    entries = celery.conf.beat_schedule.values()
    beats = [entry["options"]["queue"] for entry in entries if entry["task"] == HEARTBEAT]
    assert sorted(beats) == sorted(Queue)


def test_celery_knows_the_consumers_and_no_other_work():
    own = {name for name in celery.tasks if not name.startswith("celery.")}
    assert own == {*CONSUMERS, *INBOUND_TASKS, *PERIODIC_TASKS}


def test_the_clock_sends_only_tasks_and_queues_that_there_are():
    for entry in celery.conf.beat_schedule.values():
        assert entry["task"] in celery.tasks
        assert entry["options"]["queue"] in set(Queue)


def test_every_event_that_notifies_has_an_audience_and_texts():
    notified = {route.event for route in ROUTES if route.consumer == FAN_OUT}
    assert notified == set(AUDIENCE)
    assert {event.name for event in notified} == set(TEXTS)


@pytest.mark.parametrize("environment", ["local", "production"])
def test_every_view_declares_who_may_call_it(environment):
    with configured(environment=environment, **PRODUCTION):
        views = create_app().view_functions
    assert len(views) > 10
    assert views_without_rule(views) == []


def test_the_development_sign_in_exists_in_the_local_mode_only():
    assert _development_paths("local") == ["/dev/login", "/dev/users"]
    assert _development_paths("production") == []


def _development_paths(environment: str) -> Sequence[str]:
    with configured(environment=environment, **PRODUCTION):
        rules = create_app().url_map.iter_rules()
    return sorted(rule.rule for rule in rules if rule.rule.startswith("/dev"))


# --- Each check is shown a breach ---


def test_a_planted_consumer_without_route_is_found():
    assert consumers_without_route(ROUTES, [*CONSUMERS, "nobody.routes"]) == {"nobody.routes"}


def test_a_consumer_without_route_or_on_another_queue_cannot_even_be_declared():
    with pytest.raises(ValueError, match=r"nobody\.asks"):
        consumer("nobody.asks", queue=Queue.QUOTA)
    with pytest.raises(ValueError, match=r"quota\.check works on"):
        consumer("quota.check", queue=Queue.TICKETS)


def test_two_consumers_of_one_name_cannot_be_declared():
    with pytest.raises(ValueError, match=r"two consumers are called quota\.check"):
        consumer("quota.check", queue=Queue.QUOTA)(CONSUMERS["quota.check"])


def test_a_planted_route_without_consumer_is_found():
    planted = Route(events.RatingUnitRequested, "nobody.works", Queue.QUOTA)
    assert planted in routes_without_consumer([*ROUTES, planted], CONSUMERS)


def test_a_planted_second_queue_is_found():
    planted = Route(events.RatingUnitRequested, "quota.check", Queue.TICKETS)
    assert consumers_on_two_queues([*ROUTES, planted]) == {"quota.check"}


def test_a_planted_event_without_consumer_is_found():
    routes = [route for route in ROUTES if route.event is not events.RatingParked]
    assert events.RatingParked in events_without_consumer(routes, EVENTS.values())


def test_a_planted_queue_without_worker_is_found():
    some = [queue for queue in Queue if queue is not Queue.QUOTA]
    assert queues_without_worker([worker(queues=some)]) == {"quota"}


def test_a_planted_view_without_rule_is_found():
    views = {"open": allowed(Permission.PUBLIC)(lambda: None), "forgotten": lambda: None}
    assert views_without_rule(views) == ["forgotten"]
