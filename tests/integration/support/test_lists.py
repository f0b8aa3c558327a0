"""The lists that support works with: staff, causes, canned replies."""

import pytest

from tests.integration.support.cases import SupportSetup
from tests.support.factories.database import Database


@pytest.fixture
def support(db, sign_in):
    return SupportSetup(db, sign_in)


@pytest.fixture
def marina(db, sign_in):
    return sign_in(db.support())


def test_staff_are_support_s_active_people_by_name(db, sign_in):
    db.shop()
    people = {name: db.support() for name in ("Olivia", "Marina", "Nicolás")}
    for name, person in people.items():
        db.execute("UPDATE people SET name = :name WHERE id = :id", name=name, id=person)
    db.execute("UPDATE people SET active = false WHERE id = :id", id=people["Olivia"])
    assert sign_in(people["Marina"]).read("/v1/staff")["items"] == [
        {"id": str(people["Marina"]), "name": "Marina"},
        {"id": str(people["Nicolás"]), "name": "Nicolás"},
    ]


def named_stores(db: Database, *names: str) -> None:
    for name in names:
        db.execute("UPDATE stores SET name = :name WHERE id = :id", name=name, id=db.shop().id)


def test_stores_are_listed_by_name_page_by_page_and_found_by_a_part_of_it(db, marina):
    named_stores(db, "casa 100%", "Bazar", "almacén", "Casa Azul", "Bazar")
    listed = marina.walk("/v1/stores", limit=2)
    assert [store["name"] for store in listed] == ["almacén", "Bazar", "Bazar", "casa 100%", "Casa Azul"]
    assert len({store["id"] for store in listed}) == 5
    for part, found in (("CASA", ["casa 100%", "Casa Azul"]), ("%", ["casa 100%"]), ("zzz", [])):
        assert [store["name"] for store in marina.walk("/v1/stores", q=part, limit=1)] == found


def test_a_cursor_of_another_list_finds_no_stores(db, marina):
    named_stores(db, "Uno", "Dos")
    marina.post("/v1/canned-replies", {"title": "x", "body": "y"})
    marina.post("/v1/canned-replies", {"title": "x", "body": "y"})
    cursor = marina.read("/v1/canned-replies", limit=1)["next_cursor"]
    assert marina.get("/v1/stores", cursor=cursor).json["code"] == "invalid_cursor"


def test_causes_are_in_the_reader_s_language_and_in_their_order(db, sign_in):
    db.execute("UPDATE causes SET active = false WHERE code = 'other'")
    person = db.support()
    spanish = sign_in(person).read("/v1/causes")["items"]
    english = sign_in(person, "en").read("/v1/causes")["items"]
    assert [cause["code"] for cause in spanish] == [
        "stale_data",
        "wrong_reasoning",
        "tone",
        "missing_store_information",
        "answer_was_right",
    ]
    assert spanish[0] == {
        "code": "stale_data",
        "name": "La respuesta usó datos desactualizados",
        "refunds": True,
    }
    assert english[0]["name"] == "The answer used stale data"
    assert english[3]["refunds"] is False


def test_a_canned_reply_is_stored_changed_and_removed(support):
    text = {"title": "Saludo", "body": "¡Hola! Gracias por escribirnos."}
    made = support.client.post("/v1/canned-replies", text)
    assert made.status_code == 201
    assert made.json.items() >= text.items()
    path = f"/v1/canned-replies/{made.json['id']}"
    changed = support.colleague.call("PATCH", path, json={"title": "Bienvenida"})
    assert (changed.json["title"], changed.json["body"]) == ("Bienvenida", text["body"])
    assert changed.json["updated_by"]["id"] == str(support.nicolas)
    assert support.client.walk("/v1/canned-replies") == [changed.json]
    removed = support.client.call("DELETE", path)
    assert (removed.status_code, removed.data) == (204, b"")
    assert support.client.walk("/v1/canned-replies") == []
    assert support.client.call("DELETE", path).status_code == 404
    assert support.client.call("PATCH", path, json={"title": "Otra"}).status_code == 404


def test_canned_replies_are_paged_latest_first_and_found_by_their_words(marina):
    for number in range(7):
        body = "100 % de descuento" if number == 3 else "Gracias."
        marina.post("/v1/canned-replies", {"title": f"Texto {number}", "body": body})
    titles = [reply["title"] for reply in marina.walk("/v1/canned-replies", limit=3)]
    assert titles == [f"Texto {number}" for number in reversed(range(7))]
    assert [reply["title"] for reply in marina.walk("/v1/canned-replies", q="0 % de")] == ["Texto 3"]
    assert [reply["title"] for reply in marina.walk("/v1/canned-replies", q="TEXTO 5")] == ["Texto 5"]
    assert marina.walk("/v1/canned-replies", q="%") != marina.walk("/v1/canned-replies")


@pytest.mark.parametrize(
    "text",
    [
        {},
        {"title": "x"},
        {"body": "x"},
        {"title": "", "body": "x"},
        {"title": "x" * 201, "body": "x"},
        {"title": "x", "body": "x", "colour": "red"},
    ],
)
def test_a_canned_reply_without_title_or_text_is_refused(marina, text):
    assert marina.post("/v1/canned-replies", text).status_code == 422
    assert marina.walk("/v1/canned-replies") == []


def test_a_change_of_nothing_is_refused(marina):
    made = marina.post("/v1/canned-replies", {"title": "x", "body": "y"}).json
    assert marina.call("PATCH", f"/v1/canned-replies/{made['id']}", json={}).status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/staff"),
        ("GET", "/v1/stores"),
        ("GET", "/v1/causes"),
        ("GET", "/v1/canned-replies"),
        ("POST", "/v1/canned-replies"),
        ("PATCH", "/v1/canned-replies/{id}"),
        ("DELETE", "/v1/canned-replies/{id}"),
    ],
)
def test_none_of_it_is_for_a_store(support, method, path):
    made = support.client.post("/v1/canned-replies", {"title": "x", "body": "y"}).json
    body = {"title": "De la tienda", "body": "z"} if method in {"POST", "PATCH"} else None
    assert support.store.call(method, path.format(**made), json=body).status_code == 403
    assert support.client.walk("/v1/canned-replies") == [made]
