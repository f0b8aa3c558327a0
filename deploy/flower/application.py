"""What Flower sees through: an application of Celery that knows the broker and no task.

The workers' own would bring all they work with into the memory of a program that only looks on.
"""

from __future__ import annotations

from celery import Celery
from kombu import Queue as KombuQueue

from shared.broker.choosing import options_for
from shared.routes import Queue
from shared.settings import settings

app = Celery("botmeni", broker=settings().broker)

# Without the door of `shared.broker`: it takes nothing off our queues, and Flower asks for plain names.
app.conf.update(
    accept_content=["json"],
    broker_transport_options=options_for(settings().broker),
    # Shown with their lengths where no worker says which it has.
    task_queues=[KombuQueue(queue.value) for queue in Queue],
    task_default_queue=Queue.INBOUND.value,
)
