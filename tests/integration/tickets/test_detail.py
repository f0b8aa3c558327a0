"""One ticket: the question that led to it first, names in the reader's language, its version as ETag."""

import pytest


def test_the_question_stands_first_with_the_answer_that_was_rated(db, ticket_factory, shop, admin):
    ticket = ticket_factory.rated(
        shop, "¿Traen almohadones?", "Solo cortinas.", "Falta el catálogo", origin="test"
    )
    db.execute("UPDATE questions SET answer = 'Otra respuesta'")
    body = admin.read(f"/v1/tickets/{ticket}")
    assert next(iter(body)) == "question"
    assert body["question"]["text"] == "¿Traen almohadones?"
    assert body["question"]["rating"]["rated_answer"] == "Solo cortinas."
    assert body["question"]["rating"]["comment"] == "Falta el catálogo"
    assert (body["origin"], body["excerpt"]) == ("test", "¿Traen almohadones?")


def test_a_generic_ticket_begins_with_what_was_written(ticket_factory, shop, admin):
    body = admin.read(f"/v1/tickets/{ticket_factory.generic(shop, 'Una duda')}")
    assert (body["question"], body["origin"], body["excerpt"]) == (None, None, "Una duda")


@pytest.mark.parametrize(
    ("language", "name"),
    [(None, "La respuesta usó datos desactualizados"), ("en", "The answer used stale data")],
)
def test_why_it_was_closed_is_shown_in_the_readers_language(sign_in, ticket_factory, shop, language, name):
    ticket = ticket_factory.generic(shop, status="closed", cause="stale_data", resolution="Se corrigió")
    body = sign_in(shop.admin, language).read(f"/v1/tickets/{ticket}")
    assert (body["cause"], body["cause_name"], body["resolution"]) == ("stale_data", name, "Se corrigió")
    assert body["closed_at"] is not None


def test_the_etag_is_what_support_changes_it_by(ticket_factory, shop, staff):
    ticket = ticket_factory.generic(shop)
    response = staff.get(f"/v1/tickets/{ticket}")
    etag = response.headers["ETag"]
    assert etag == f'"{response.json["version"]}"'
    change = {"json": {"status": "in_progress"}, "headers": {"If-Match": etag}}
    assert staff.call("PATCH", f"/v1/tickets/{ticket}", **change).status_code == 200
    assert staff.call("PATCH", f"/v1/tickets/{ticket}", **change).status_code == 412
    assert staff.get(f"/v1/tickets/{ticket}").headers["ETag"] != etag


def test_an_item_names_store_opener_and_assignee(db, ticket_factory, shop, admin, staff):
    agent = db.support()
    ticket_factory.generic(shop, assignee_id=agent)
    for client in (admin, staff):
        [item] = client.walk("/v1/tickets")
        assert item["store"] == {"id": str(shop.id), "name": f"Tienda {shop.id}"}
        assert item["opened_by"] == {"id": str(shop.admin), "name": f"Persona {shop.admin}"}
        assert item["assignee"] == {"id": str(agent), "name": f"Persona {agent}"}


def test_the_list_and_the_detail_say_the_same(ticket_factory, shop, admin):
    ticket_factory.rated(shop, comment="Está mal")
    [item] = admin.walk("/v1/tickets")
    body = admin.read(f"/v1/tickets/{item['id']}")
    assert {name: body[name] for name in item} == item
