"""Receive events of Botmeni Tickets by Celery.

    REDIS_URL=redis://host:6379/0 celery --app receive_with_celery worker --queues analytics \
        --without-gossip --without-mingle

Prints each message as a line of JSON.
"""

import json
import os
import sys

from celery import Celery

QUEUE = "analytics"

app = Celery("our-service", broker=os.environ["REDIS_URL"])
app.conf.update(
    accept_content=["json"],
    task_ignore_result=True,
    # Finished before it is acknowledged: who dies in between gets it again.
    task_acks_late=True,
    # One Redis is shared: what our workers hold is nobody else's, and nobody else's is ours.
    broker_transport_options={
        "unacked_key": f"{QUEUE}.unacked",
        "unacked_index_key": f"{QUEUE}.unacked_index",
        "unacked_mutex_key": f"{QUEUE}.unacked_mutex",
    },
    worker_enable_remote_control=False,
)


@app.task(name="ticket.opened")
def ticket_opened(message: dict) -> None:
    """The task is called as the event is, and its one argument is the message."""
    work(message)


@app.task(name="ticket.closed")
def ticket_closed(message: dict) -> None:
    """Another event of the subscription; one that no task is called after is logged and dropped by Celery."""
    work(message)


def work(message: dict) -> None:
    """What this service does with an event; the same `id` may come twice, and changes nothing then."""
    print(json.dumps(message), file=sys.__stdout__, flush=True)
