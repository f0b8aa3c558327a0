"""Stores with rows in every table, made through the API and the workers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask
from PIL import Image

from services.images.decoding.sandbox import sandbox
from shared.db.models import DeliveryOutcome, EmailDelivery, NotificationSkip, WebhookAttempt, WebhookDelivery
from shared.ids import new_id
from tests.support.clients import jobs
from tests.support.clients.http import Client
from tests.support.factories.database import BEGINNING, Database, StoreFixture

WEBHOOK_URL = "https://hooks.example.com/botmeni"


@dataclass(frozen=True, slots=True)
class Filled:
    """A store, the person of support who worked for it, and ids of what it holds, by kind."""

    shop: StoreFixture
    support: UUID
    ids: dict[str, list[str]]


def fill(app: Flask, db: Database, word: str, support: UUID | None = None) -> Filled:
    """A store in whose texts `word` stands everywhere, with tickets of every kind and status."""
    shop = db.shop(units=6)
    helper = support or db.support()
    admin, support_client = Client(app, shop.admin), Client(app, helper)
    rated = db.questions(shop, 4, text=f"¿Tienen {word}?", answer=f"Sí, tenemos {word}.", product=word)
    free = db.questions(shop, 2, text=f"¿Cuánto cuesta {word}?", answer=f"Pregunta por {word}.")
    ratings = [
        admin.rate_ok(question, verdict, f"No dice nada de {word}")["id"]
        for question, verdict in zip(rated, ("correct", "improvable", "incorrect", "incorrect"), strict=True)
    ]
    for number in range(6):
        key = {"Idempotency-Key": f"{word}-{number}"}
        _must(admin.call("POST", "/v1/tickets", json=_ticket(f"{word} {number}"), headers=key))
    jobs.drain()
    tickets = admin.walk("/v1/tickets")
    opened = [ticket["id"] for ticket in tickets if ticket["status"] == "open"]
    pictures = [_picture(client, word) for client in (admin, support_client, admin, support_client)]
    jobs.drain()
    messages = [_converse(support_client, admin, ticket, word) for ticket in opened[1:]]
    messages.append(_converse(support_client, admin, opened[0], word, pictures))
    _must(
        support_client.post(
            f"/v1/tickets/{opened[-1]}/close", {"cause": "wrong_reasoning", "resolution": word}
        )
    )
    quiet = [{"topic": "closings", "in_app": True, "email": False}]
    _must(admin.call("PUT", "/v1/notification-preferences", json={"items": quiet}))
    jobs.drain()
    _mail(db, shop, opened[0])
    notices = [notice["id"] for notice in admin.walk("/v1/notifications")]
    reply = _must(support_client.post("/v1/canned-replies", {"title": f"Saludo {word}", "body": "Hola."}))
    # Last of all: nothing that happens here is to be sent anywhere.
    webhook = _must(admin.post("/v1/webhooks", {"url": WEBHOOK_URL, "events": ["ticket.opened"]}))["id"]
    called = _called(db, shop, webhook, word)
    sandbox().close()
    ids = {
        "question_id": [str(question) for question in rated + free],
        "rating_id": ratings,
        "ticket_id": [*opened, *(ticket["id"] for ticket in tickets if ticket["id"] not in opened)],
        "attachment_id": pictures,
        "webhook_id": [webhook],
        "delivery_id": [called],
        "message_id": messages,
        "notification_id": notices,
        "reply_id": [reply["id"]],
        "person_id": [str(person) for person in (shop.admin, shop.manager, shop.seller)],
        "store_id": [str(shop.id)],
    }
    return Filled(shop, helper, ids)


def _picture(client: Client, word: str) -> str:
    """The id of an upload."""
    file = io.BytesIO()
    Image.new("RGB", (8, 6), "navy").save(file, "PNG")
    file.seek(0)
    sent = {"file": (file, f"{word}.png", "image/png")}
    attachment: str = _must(client.call("POST", "/v1/attachments", data=sent))["id"]
    return attachment


def _mail(db: Database, shop: StoreFixture, ticket: str) -> None:
    """An e-mail sent and one that its person had turned off; tests have no mail server to make them with."""
    common = {
        "person_id": shop.admin,
        "store_id": shop.id,
        "ticket_id": UUID(ticket),
        "created_at": BEGINNING,
    }
    sent = {"outcome": DeliveryOutcome.SENT, "due_at": BEGINNING, "ended_at": BEGINNING, "attempts": 1}
    item = {"event": "ticket.closed", "at": BEGINNING.isoformat(), "detail": {"number": 1}}
    db.add(EmailDelivery(**common, **sent, events=[item]))
    db.add(NotificationSkip(**common, event="ticket.closed", channel="email"))


def _called(db: Database, shop: StoreFixture, webhook: str, word: str) -> str:
    """The id of a call to a webhook that was answered; tests call nobody."""
    delivery = WebhookDelivery(
        id=new_id(),
        endpoint_id=UUID(webhook),
        store_id=shop.id,
        event="ticket.opened",
        payload=f'{{"told": "{word}"}}',
        outcome=DeliveryOutcome.SENT,
        created_at=BEGINNING,
        due_at=BEGINNING,
        ended_at=BEGINNING,
    )
    db.add(delivery)
    tried = {"number": 1, "started_at": BEGINNING, "duration_ms": 40, "status": 200, "response": word}
    db.add(WebhookAttempt(delivery_id=delivery.id, store_id=shop.id, **tried))
    return str(delivery.id)


def _ticket(body: str) -> dict[str, str]:
    return {"body": f"No se encuentra {body} en el buscador", "verdict": "improvable"}


def _converse(
    support_client: Client, admin: Client, ticket: str, word: str, pictures: Sequence[str] = ()
) -> str:
    """Support answers and notes, the store replies and reads; the id of the reply.

    Of `pictures` the first goes with the reply, the second with the note; the others stay unused.
    """
    path = f"/v1/tickets/{ticket}/messages"
    _must(support_client.post(path, {"body": f"Miramos {word}."}))
    note = {"body": f"{word}: preguntar a datos.", "internal": True, "attachment_ids": pictures[1:2]}
    _must(support_client.post(path, note))
    answer = {"body": f"Gracias por mirar {word}.", "attachment_ids": pictures[:1]}
    reply: str = _must(admin.post(path, answer))["id"]
    _must(admin.post(f"/v1/tickets/{ticket}/read", {}))
    return reply


def _must(response: Any) -> Any:
    assert response.status_code < 300, response.text
    return response.json
