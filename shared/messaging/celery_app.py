"""The Celery application of all workers, the relay and Flower. It only wakes workers.

Messages carry ids of outbox rows. Losing or doubling a message is harmless, because PostgreSQL holds the
jobs.
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
    task_cls="shared.messaging.outbox.task_display:RedactedTask",
)

app.conf.update(
    # No results are stored: nothing reads them, and they would pile up.
    result_backend=None,
    task_ignore_result=True,
    # Only JSON is accepted, and only queues of the routing table exist: a misspelt one raises at once.
    accept_content=["json"],
    task_serializer="json",
    task_queues=[KombuQueue(queue.value, EXCHANGE, routing_key=queue.value) for queue in Queue],
    task_default_queue=Queue.INBOUND.value,
    task_create_missing_queues=False,
    # A stopping worker returns its messages to the queue. Celery does not resend the message of a child that
    # died: the relay dispatches its rows again when their lease ends, and counts it.
    task_acks_late=True,
    task_reject_on_worker_lost=False,
    task_time_limit=120,
    task_soft_time_limit=90,
    # Workers reserve one message each: a dying worker holds few, and none waits behind a long job.
    worker_prefetch_multiplier=1,
    worker_eta_task_limit=500,
    worker_max_memory_per_child=400_000,
    # A stopping worker finishes its tasks within 20 s; supervisors usually allow 30.
    worker_soft_shutdown_timeout=20,
    worker_enable_soft_shutdown_on_idle=True,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    # Sanitizes messages of other services, which could end a worker.
    broker_transport=transport_for(settings().broker),
    # However long the broker is unreachable, workers go on trying to reconnect.
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_pool_acquire_timeout=5,
    # A failed send raises at once: the relay releases the rows and tries again.
    task_publish_retry=False,
    broker_transport_options=options_for(settings().broker),
    # Flower shows running tasks by these events; arguments of our own tasks are ids only.
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
def _configure_logging(**_: Any) -> None:
    configure_logging()


@worker_init.connect
def _start_tracing_and_metrics(**_: Any) -> None:
    try:
        tracing.check_configuration()
        metrics_server.serve()
        metrics.export_worker_zeros(QUEUE_OF)
    except InvalidSettings as error:
        # Celery would only log the error and continue.
        raise SystemExit(str(error)) from None


@celeryd_after_setup.connect
def _share_memory_with_children(**_: Any) -> None:
    # Creating the engine connects to nothing, but imports PostgreSQL's driver: 7 MiB that children then
    # share.
    engine()
    # A garbage collection in a child would write to every object and so copy the parent's memory pages.
    gc.collect()
    gc.freeze()


@worker_process_init.connect
def _drop_inherited_connections(**_: Any) -> None:
    engine.cache_clear()


@worker_process_shutdown.connect
def _send_last_spans(**_: Any) -> None:
    tracing.flush()


@worker_ready.connect
def _mark_ready(sender: Any, **_: Any) -> None:
    readiness.mark_ready(sender.hostname)
