"""The Celery application of every worker, the relay and Flower: a waker of workers, nothing more.

Messages carry row ids. Losing or doubling one is harmless, because PostgreSQL holds the jobs.
"""

from __future__ import annotations

import gc
from typing import Any

from celery import Celery
from celery.signals import (
    celeryd_after_setup,
    setup_logging,
    worker_init,
    worker_process_init,
    worker_process_shutdown,
    worker_ready,
)
from kombu import Exchange
from kombu import Queue as KombuQueue

from shared.config.settings import InvalidSettings, settings
from shared.db.engine import engine
from shared.messaging import subscriptions
from shared.messaging.broker.selection import options_for, transport_for
from shared.messaging.routes import CONSUMER_MODULES, QUEUE_OF, Queue
from shared.observability import metrics, metrics_server, readiness, tracing
from shared.observability.logs import configure_logging

EXCHANGE = Exchange("botmeni", "direct")

subscriptions.check()

app = Celery(
    "botmeni",
    broker=settings().broker,
    include=[*CONSUMER_MODULES, "shared.messaging.outbox.heartbeat"],
    task_cls="shared.messaging.outbox.task_display:SeenTask",
)

app.conf.update(
    # The broker keeps nothing we need: no results, no replies that could pile up.
    result_backend=None,
    task_ignore_result=True,
    # Only JSON is read, and only queues of the table exist: a typing error raises at once.
    accept_content=["json"],
    task_serializer="json",
    task_queues=[KombuQueue(queue.value, EXCHANGE, routing_key=queue.value) for queue in Queue],
    task_default_queue=Queue.INBOUND.value,
    task_create_missing_queues=False,
    # A stopping worker hands its messages back. One whose child died is not sent again by Celery: the
    # outbox does that, and counts.
    task_acks_late=True,
    task_reject_on_worker_lost=False,
    task_time_limit=120,
    task_soft_time_limit=90,
    # Little in hand: what a dying worker held is little, and long jobs hold nothing back.
    worker_prefetch_multiplier=1,
    worker_eta_task_limit=500,
    worker_max_memory_per_child=400_000,
    # A worker told to stop finishes what it holds, within a supervisor's usual grace of 30 s.
    worker_soft_shutdown_timeout=20,
    worker_enable_soft_shutdown_on_idle=True,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    # What other services write is looked at before Kombu trips over it.
    broker_transport=transport_for(settings().broker),
    # The broker may be away for as long as it likes; nobody gives up.
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_pool_acquire_timeout=5,
    # The relay keeps its own retry: a failed send leaves the row where it is.
    task_publish_retry=False,
    broker_transport_options=options_for(settings().broker),
    # Flower shows what runs; arguments are ids only.
    worker_send_task_events=True,
    task_send_sent_event=True,
    beat_schedule={
        "forget-answers": {
            "task": "answers.forget",
            "schedule": 3600.0,
            "options": {"queue": Queue.INBOUND.value, "expires": 3600},
        },
        "expire-attachments": {
            "task": "attachments.expire",
            "schedule": 900.0,
            "options": {"queue": Queue.TICKETS.value, "expires": 900},
        },
        "forget-old": {
            "task": "upkeep.forget_old",
            "schedule": 3600.0,
            "options": {"queue": Queue.INBOUND.value, "expires": 3600},
        },
        "sweep-images": {
            "task": "images.sweep",
            "schedule": 3600.0,
            "options": {"queue": Queue.IMAGES.value, "expires": 3600},
        },
    }
    | {
        f"heartbeat-{queue.value}": {
            "task": "outbox.heartbeat",
            "schedule": 15.0,
            "args": (queue.value,),
            "options": {"queue": queue.value, "expires": 15},
        }
        for queue in Queue
    },
    beat_schedule_filename=str(settings().data_dir / "beat-schedule"),
)


@setup_logging.connect
def _use_our_logging(**_: Any) -> None:
    configure_logging()


@worker_init.connect
def _check_and_show_metrics(**_: Any) -> None:
    try:
        tracing.check_configuration()
        metrics_server.serve()
        metrics.export_worker_zeros(QUEUE_OF)
    except InvalidSettings as error:
        # Celery would only log it and go on.
        raise SystemExit(str(error)) from None


@celeryd_after_setup.connect
def _share_memory_with_children(**_: Any) -> None:
    # It connects to nothing, but imports PostgreSQL's driver, 7 MiB that each child would hold for itself.
    engine()
    # A collection in a child writes to every object it looks at, and so copies the parent's pages.
    gc.collect()
    gc.freeze()


@worker_process_init.connect
def _forget_connections_of_the_parent(**_: Any) -> None:
    engine.cache_clear()


@worker_process_shutdown.connect
def _send_last_spans(**_: Any) -> None:
    tracing.flush()


@worker_ready.connect
def _mark_ready(sender: Any, **_: Any) -> None:
    readiness.mark_ready(sender.hostname)
