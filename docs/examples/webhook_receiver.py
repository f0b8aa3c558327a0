"""Receives a store's webhooks: checks the signature, keeps each event once, and answers at once.

    pip install standardwebhooks
    WEBHOOK_SECRET=whsec_… python webhook_receiver.py [--port 8090] [--file events.db]

Each new event is printed as one line of JSON. Behind it any work of your own may take as long as it needs.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

MOST_BYTES = 100_000
SCHEMA = "CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, body TEXT NOT NULL)"


class Receiver(HTTPServer):
    """One secret, and a file that remembers which ids have come."""

    def __init__(self, port: int, secret: str, file: str) -> None:
        """Raises `ValueError` or `binascii.Error` for what is no secret."""
        super().__init__(("127.0.0.1", port), Call)
        self.webhook = Webhook(secret)
        self.events = sqlite3.connect(file)
        self.events.execute(SCHEMA)

    def keep(self, delivery: str, body: str) -> bool:
        """Whether it is new; once this returns it is on disk."""
        with self.events:
            added = self.events.execute("INSERT OR IGNORE INTO events VALUES (?, ?)", (delivery, body))
        return added.rowcount == 1


class Call(BaseHTTPRequestHandler):
    """One call: nothing of it is read as JSON before its signature is checked."""

    server: Receiver
    timeout = 10

    def do_POST(self) -> None:
        """204 for what is kept, now or before; 400 for what nobody with the secret has sent."""
        length = int(self.headers.get("content-length") or 0)
        if length > MOST_BYTES:
            self.answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        body = self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            event = self.server.webhook.verify(body, headers)
        except WebhookVerificationError as refusal:
            self.log_message("refused: %s", refusal)
            self.answer(HTTPStatus.BAD_REQUEST)
            return
        delivery = headers["webhook-id"]
        if self.server.keep(delivery, body.decode()):
            print(json.dumps({"id": delivery, **event}, ensure_ascii=False), flush=True)
        self.answer(HTTPStatus.NO_CONTENT)

    def answer(self, status: HTTPStatus) -> None:
        """A status and nothing else."""
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()


def main() -> None:
    """Listen until stopped."""
    parser = argparse.ArgumentParser(description="Receive Botmeni's webhooks.")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--file", default="events.db", help="where events are kept")
    chosen = parser.parse_args()
    Receiver(chosen.port, os.environ["WEBHOOK_SECRET"], chosen.file).serve_forever()


if __name__ == "__main__":
    main()
