"""Send a message to Botmeni Tickets by Celery.

    REDIS_URL=redis://host:6379/0 python send_with_celery.py questions.record < question.json

Needs `pip install "celery[redis]"` and nothing else.
"""

import json
import os
import sys

from celery import Celery

app = Celery("our-service", broker=os.environ["REDIS_URL"])


def send(name: str, message: dict) -> None:
    """Hand over `message` under its name; it is stored as soon as a worker has a moment."""
    app.send_task(name, args=[message], queue="inbound", ignore_result=True)


if __name__ == "__main__":
    send(sys.argv[1], json.load(sys.stdin))
