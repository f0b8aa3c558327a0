"""Receive events of Botmeni Tickets with nothing but a Redis client, as a service in any language can.

    REDIS_URL=redis://host:6379/0 python receive_with_redis.py analytics

Prints each message as a line of JSON. A message is moved to `analytics.taken` while it is worked on, and
removed from there when that is done: who dies in between finds it there when started again. One process per
queue; for more, give each a list of its own to move to.
"""

import base64
import json
import os
import sys

import redis


def message_in(envelope: bytes) -> dict:
    """The message that an element of the list holds: the first positional argument of the Celery task."""
    [arguments, _named, _embedded] = json.loads(base64.b64decode(json.loads(envelope)["body"]))
    return arguments[0]


def work(message: dict) -> None:
    """What this service does with an event; the same `id` may come twice, and changes nothing then."""
    print(json.dumps(message), flush=True)


def receive(client: redis.Redis, queue: str) -> None:
    """Work on what an earlier run left unfinished, then on whatever comes, oldest first."""
    taken = f"{queue}.taken"
    for envelope in reversed(client.lrange(taken, 0, -1)):
        work(message_in(envelope))
        client.lrem(taken, 1, envelope)
    while True:
        envelope = client.blmove(queue, taken, timeout=5, src="RIGHT", dest="LEFT")
        if envelope is not None:
            work(message_in(envelope))
            client.lrem(taken, 1, envelope)


if __name__ == "__main__":
    with redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=10) as connected:
        receive(connected, sys.argv[1])
