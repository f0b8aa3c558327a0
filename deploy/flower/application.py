"""What Flower sees through: an application of Celery that knows the broker and no task.

The workers' own would bring all they work with into the memory of a program that only looks on.
"""

from __future__ import annotations

from celery import Celery
from kombu import Queue as KombuQueue

from shared.config.settings import settings
from shared.messaging.broker.choosing import options_for
from shared.messaging.routes import Queue

app = Celery("botmeni", broker=settings().broker)

# Without the guards of `shared.messaging.broker`: Flower consumes no queue of ours, and asks for plain names.
app.conf.update(
    accept_content=["json"],
    broker_transport_options=options_for(settings().broker),
    # Shown with their lengths where no worker says which it has.
    task_queues=[KombuQueue(queue.value) for queue in Queue],
    task_default_queue=Queue.INBOUND.value,
)
