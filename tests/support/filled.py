"""Stores that hold something of everything, made through the API and the workers as people would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask

from tests.support import jobs
from tests.support.client import Client
from tests.support.world import Shop, World


@dataclass(frozen=True, slots=True)
class Filled:
    """A store, the person of support who worked for it, and ids of what it holds, by kind."""

    shop: Shop
    support: UUID
    ids: dict[str, list[str]]


def fill(app: Flask, world: World, word: str, support: UUID | None = None) -> Filled:
    """A store in whose texts `word` stands everywhere, with tickets of every kind and status."""
    shop = world.shop(units=6)
    helper = support or world.support()
    admin, desk = Client(app, shop.admin), Client(app, helper)
    rated = world.questions(shop, 4, text=f"¿Tienen {word}?", answer=f"Sí, tenemos {word}.", product=word)
    free = world.questions(shop, 2, text=f"¿Cuánto cuesta {word}?", answer=f"Pregunta por {word}.")
    ratings = [
        admin.rated(question, verdict, f"No dice nada de {word}")["id"]
        for question, verdict in zip(rated, ("correct", "improvable", "incorrect", "incorrect"), strict=True)
    ]
    for number in range(6):
        _must(admin.post("/v1/tickets", _ticket(f"{word} {number}")))
    jobs.drain()
    tickets = admin.walk("/v1/tickets")
    opened = [ticket["id"] for ticket in tickets if ticket["status"] == "open"]
    messages = [_converse(desk, admin, ticket, word) for ticket in opened]
    _must(desk.post(f"/v1/tickets/{opened[-1]}/close", {"cause": "wrong_reasoning", "resolution": word}))
    jobs.drain()
    notices = [notice["id"] for notice in admin.walk("/v1/notifications")]
    reply = _must(desk.post("/v1/canned-replies", {"title": f"Saludo {word}", "body": "Hola."}))
    ids = {
        "question_id": [str(question) for question in rated + free],
        "rating_id": ratings,
        "ticket_id": [ticket["id"] for ticket in tickets],
        "message_id": messages,
        "notification_id": notices,
        "reply_id": [reply["id"]],
        "person_id": [str(person) for person in (shop.admin, shop.manager, shop.seller)],
        "store_id": [str(shop.id)],
    }
    return Filled(shop, helper, ids)


def _ticket(body: str) -> dict[str, str]:
    return {"body": f"No se encuentra {body} en el buscador", "verdict": "improvable"}


def _converse(desk: Client, admin: Client, ticket: str, word: str) -> str:
    """Support answers and notes, the store replies and reads; the id of the reply."""
    path = f"/v1/tickets/{ticket}/messages"
    _must(desk.post(path, {"body": f"Miramos {word}."}))
    _must(desk.post(path, {"body": f"{word}: preguntar a datos.", "internal": True}))
    reply: str = _must(admin.post(path, {"body": f"Gracias por mirar {word}."}))["id"]
    _must(admin.post(f"/v1/tickets/{ticket}/read", {}))
    return reply


def _must(response: Any) -> Any:
    assert response.status_code < 300, response.text
    return response.json
