"""The Celery application of Flower: it has the broker and no tasks.

The application of the workers would load all their libraries into a program that only monitors.
"""

from __future__ import annotations

from celery import Celery
from kombu import Queue as KombuQueue

from shared.config.settings import settings
from shared.messaging.broker.selection import options_for
from shared.messaging.routes import Queue

app = Celery("botmeni", broker=settings().broker)

# Without the checks of `shared.messaging.broker`: Flower consumes no queue of ours and needs plain names.
app.conf.update(
    accept_content=["json"],
    broker_transport_options=options_for(settings().broker),
    # Flower shows the lengths of these queues also while no worker reports its queues.
    task_queues=[KombuQueue(queue.value) for queue in Queue],
    task_default_queue=Queue.INBOUND.value,
)
