"""Search: Spanish words, whatever their accents and endings, anywhere in a ticket, for those who may read."""

import pytest

from tests.support.clients.jobs import drain
from tests.support.factories.tickets import listed


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("La pregunta", "preguntas"),
        ("Las preguntas", "pregunta"),
        ("Los envíos tardan", "envio"),
        ("El envio tarda", "ENVÍOS"),
        ("La devolución no llegó", "devoluciones"),
        ("las DEVOLUCIONES", "devolucion"),
        ("Mañana a la mañana", "manana"),
        ("¿Y el pingüino?", "pinguino"),
        ("Escrito con decomposicio\u0301n", "decomposición"),
        ("El código es ABC-1234/5", "abc 1234"),
        ("Vean https://tienda.example/ayuda/talles", "ayuda talles"),
        ("Escriban a juana@tienda.example", "juana"),
        ("Sale $25.990", "25.990"),
        ("Faltan las imágenes", "imagen"),
        ("Cancelar la orden", "órdenes cancelaciones"),
        ("La façade à l'été", "facade ete"),
    ],
)
def test_accents_and_endings_make_no_difference(ticket_factory, shop, admin, staff, written, asked):
    ticket = ticket_factory.generic(shop, written)
    ticket_factory.generic(shop, "Otra cosa muy distinta")
    assert listed(admin, q=asked) == listed(staff, q=asked) == [ticket]


def test_a_word_is_found_in_question_answer_messages_and_number(ticket_factory, shop, admin):
    ticket = ticket_factory.rated(shop, "¿Traen almohadones?", "Solo cortinas.", "Falta el catálogo")
    ticket_factory.say(ticket, shop.manager, "Preguntan por alfombras")
    for word in ("almohadón", "cortina", "catalogo", "alfombra", "1", "#1"):
        assert listed(admin, q=word) == [ticket]


def test_all_words_must_be_there_anywhere_in_the_ticket(ticket_factory, shop, admin, staff):
    both = ticket_factory.rated(shop, "¿Traen almohadones?", comment="Falta el catálogo")
    ticket_factory.rated(shop, "¿Traen almohadones?", comment="Está mal")
    ticket_factory.rated(shop, "¿Traen cortinas?", comment="Falta el catálogo")
    for client in (admin, staff):
        assert listed(client, q="catálogo almohadones") == [both]
        assert listed(client, q="catálogo alfombras") == []


@pytest.mark.parametrize(
    "asked", ["de la", "¿?", "'", "\\", "a' | 'b", "%", ":*", "<->", "i:ojo", "!pregunta &"]
)
def test_signs_and_words_without_meaning_find_nothing_and_break_nothing(
    ticket_factory, shop, admin, staff, asked
):
    ticket_factory.generic(shop, "Hola")
    assert listed(admin, q=asked) == listed(staff, q=asked) == []


def test_what_a_note_says_is_found_by_support_alone(ticket_factory, shop, db, admin, staff):
    ticket = ticket_factory.generic(shop, "Consulta por talles")
    ticket_factory.say(ticket, db.support(), "Cliente conflictivo", internal=True)
    assert listed(staff, q="conflictivo") == [ticket]
    assert listed(staff, q="talle conflictivos") == [ticket]
    for asked in ("conflictivo", "talles conflictivo", "i:conflictiv", "i conflictivo"):
        assert listed(admin, q=asked) == []
        counts = admin.read("/v1/tickets/counts", q=asked)["items"]
        assert {item["count"] for item in counts} == {0}
        assert "talles" not in admin.get("/v1/tickets/export.csv", q=asked).text
    assert listed(admin, q="talles") == [ticket]


def test_another_stores_words_are_never_found(db, sign_in, ticket_factory, shop, admin, staff):
    other = db.shop()
    theirs = ticket_factory.rated(other, "¿Traen almohadones?", comment="Falta el catálogo")
    assert listed(admin, q="almohadones") == []
    # Their store's own mark, as documents carry it.
    assert listed(admin, q=f"s:{other.id}") == []
    assert {item["count"] for item in admin.read("/v1/tickets/counts", q="almohadones")["items"]} == {0}
    assert listed(sign_in(other.admin), q="almohadones") == [theirs]
    assert listed(staff, q="almohadones") == listed(staff, q="almohadones", store_id=other.id) == [theirs]
    assert listed(staff, q="almohadones", store_id=shop.id) == []


def test_what_is_written_is_found_at_once(db, sign_in, shop, admin, staff):
    question = db.question(shop, text="¿Traen almohadones?", answer="Solo cortinas.")
    admin.rate_ok(question, comment="Falta el catálogo")
    drain()
    [ticket] = listed(admin, q="almohadon cortina catalogo")
    assert admin.post(f"/v1/tickets/{ticket}/messages", {"body": "Y las alfombras"}).status_code == 201
    assert listed(admin, q="alfombra almohadon") == [ticket]
    note = {"body": "Revisar sinónimos", "internal": True}
    assert staff.post(f"/v1/tickets/{ticket}/messages", note).status_code == 201
    assert listed(staff, q="sinonimo alfombra") == [ticket]
    assert listed(admin, q="sinonimo") == []
    new = admin.post("/v1/tickets", {"body": "Una duda distinta", "verdict": "improvable"}).json["id"]
    assert [str(found) for found in listed(admin, q="dudas")] == [new]


def test_rated_again_the_answer_rated_last_is_what_is_found(db, shop, admin):
    question = db.question(shop, answer="Solo cortinas.")
    admin.rate_ok(question)
    drain()
    [ticket] = listed(admin, q="cortinas")
    db.execute("UPDATE questions SET answer = 'También alfombras.'")
    admin.rate_ok(question, "improvable")
    assert listed(admin, q="alfombras") == [ticket]
    assert listed(admin, q="cortinas") == []


def test_what_is_found_keeps_the_lists_order_and_its_pages(ticket_factory, shop, admin, staff):
    tickets = [ticket_factory.generic(shop, f"Consulta {number} por talles") for number in range(5)]
    ticket_factory.generic(shop, "Otra cosa")
    for client in (admin, staff):
        assert listed(client, q="talle", limit=2) == tickets[::-1]
        assert listed(client, q="talle", limit=2, sort="number") == tickets[::-1]
        assert (
            listed(client, q="talle", limit=2, status="open", unread=str(client is staff).lower())
            == tickets[::-1]
        )


def test_a_conversation_longer_than_a_document_can_hold_is_still_written(db, ticket_factory, shop, admin):
    ticket = ticket_factory.generic(shop, "Empieza por almohadones")
    for number in range(12):
        words = " ".join(f"palabra{number}x{each}" for each in range(1_200))
        assert admin.post(f"/v1/tickets/{ticket}/messages", {"body": words}).status_code == 201
    assert listed(admin, q="almohadones") == [ticket]
