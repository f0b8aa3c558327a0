"""The export: the filtered list as a file a spreadsheet opens, whatever people wrote, however long it is."""

import csv
import io
import re
from typing import Any

import pytest

from services.ticket_api.tickets.lists import export
from shared.db.engine import restricted_engine
from tests.integration.http.problems import problem
from tests.support.clients.http import Client

PATH = "/v1/tickets/export.csv"


def rows(client: Client, delimiter: str = ",", **filters: Any) -> list[dict[str, str]]:
    response = client.get(PATH, delimiter=delimiter, **filters)
    assert response.status_code == 200, response.text
    assert response.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig")), delimiter=delimiter))


def test_a_row_says_in_words_what_the_list_says(db, sign_in, ticket_factory, shop, admin):
    agent = db.support()
    ticket = ticket_factory.rated(
        shop, "¿Traen almohadones?", verdict="improvable", origin="test", assignee_id=agent
    )
    closing = {"status": "closed", "cause": "stale_data", "resolution": "Se actualizó la ficha"}
    done = sign_in(agent).call("PATCH", f"/v1/tickets/{ticket}", json=closing, headers={"If-Match": "*"})
    assert done.status_code == 200, done.text
    [row] = rows(admin)
    assert row | {"Creado (UTC)": "", "Última actividad (UTC)": "", "Cerrado (UTC)": ""} == {
        "Número": "1",
        "Tienda": f"Tienda {shop.id}",
        "Tipo": "De una pregunta",
        "Origen": "Test",
        "Calificación": "Mejorable",
        "Estado": "Cerrado",
        "Motivo de la espera": "",
        "Pregunta o primer mensaje": "¿Traen almohadones?",
        "Creado por": f"Persona {shop.admin}",
        "Asignado a": f"Persona {agent}",
        "Sin leer": "No",
        "Causa": "La respuesta usó datos desactualizados",
        "Mejora aplicada": "Se actualizó la ficha",
        "Creado (UTC)": "",
        "Última actividad (UTC)": "",
        "Cerrado (UTC)": "",
    }
    assert row["Creado (UTC)"] == "2026-03-01 13:00:00"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row["Cerrado (UTC)"])


def test_in_english_for_those_who_read_english(sign_in, ticket_factory, shop):
    ticket_factory.generic(shop, status="parked")
    [row] = rows(sign_in(shop.manager, "en"))
    assert (row["Number"], row["Status"], row["Why it waits"], row["Unread"]) == (
        "1",
        "Waiting",
        "No tickets left",
        "Yes",
    )


def test_it_holds_what_the_filters_let_through_in_their_order(db, ticket_factory, shop, admin, staff):
    for status in ["open", "closed", "open", "answered"]:
        ticket_factory.generic(shop, f"Consulta por talles ({status})", status=status)
    ticket_factory.generic(db.shop(), "De otra tienda")

    def numbers(client: Client, **filters: Any) -> list[str]:
        return [row["Número"] for row in rows(client, **filters)]

    assert numbers(admin) == numbers(admin, sort="number") == ["4", "3", "2", "1"]
    assert numbers(admin, status=["open", "answered"]) == ["4", "3", "1"]
    assert numbers(admin, q="talle", unread="false") == ["4", "3", "2", "1"]
    assert numbers(admin, q="tienda") == []
    assert len(rows(staff)) == 5
    assert numbers(staff, store_id=shop.id, status="closed") == ["2"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_run_stays_text(db, ticket_factory, shop, admin, start):
    written = f"{start}HYPERLINK(1)"
    ticket_factory.generic(shop, written)
    db.execute("UPDATE people SET name = :name", name=written)
    db.execute("UPDATE stores SET name = :name", name=written)
    db.execute("UPDATE tickets SET resolution = :name", name=written)
    [row] = rows(admin)
    for column in ("Pregunta o primer mensaje", "Creado por", "Tienda", "Mejora aplicada"):
        assert row[column] == f"'{written}"


@pytest.mark.parametrize(
    "written", ["x;=1+1;", "x,=1+1,", "x\t=1+1\t", "x\n=1+1", "\n=1+1", 'x, y;"=1+1"', "x|@SUM(1)", "x;＝1"]
)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_no_cell_is_a_formula_whatever_separator_the_file_is_opened_with(
    ticket_factory, shop, admin, written, delimiter
):
    ticket_factory.generic(shop, written)
    file = admin.get(PATH, delimiter=delimiter).data.decode("utf-8-sig")
    for opened_with in (",", ";", "\t", "|"):
        for row in csv.reader(io.StringIO(file), delimiter=opened_with):
            for cell in row:
                assert not [line for line in cell.splitlines() if re.match('"*[=+@＝-]', line)], cell


def test_quotes_commas_and_lines_stay_in_their_cell(ticket_factory, shop, admin):
    written = 'Dice "hola, chau"; y\nsigue acá'
    ticket_factory.generic(shop, written)
    for delimiter in (",", ";"):
        [row] = rows(admin, delimiter=delimiter)
        assert row["Pregunta o primer mensaje"] == written
    assert list(problem(admin.get(PATH, delimiter="|"), 422, "invalid")["errors"]) == ["delimiter"]


def test_it_is_a_file_to_save_that_nobody_keeps(admin):
    response = admin.get(PATH)
    assert response.content_type == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="tickets-\d{4}-\d\d-\d\d.csv"', response.headers["Content-Disposition"]
    )
    assert response.headers["Cache-Control"] == "no-store"


def test_rows_are_read_as_they_are_sent_and_let_go_of_when_nobody_reads_on(
    db, ticket_factory, shop, admin, monkeypatch
):
    """A server's cursor holds the rest: after the first pieces most rows are still in the database."""
    monkeypatch.setattr(export, "ROWS_AT_ONCE", 2)
    for _ in range(7):
        ticket_factory.generic(shop)
    response = admin.call("GET", PATH, buffered=False)
    pieces = response.iter_encoded()
    heading, first = next(pieces), next(pieces)
    assert (heading.count(b"\r\n"), first.count(b"\r\n")) == (1, 2)
    assert db.count("pg_stat_activity", "state = 'idle in transaction' AND datname = current_database()") == 1
    response.close()
    assert restricted_engine().pool.checkedout() == 0  # type: ignore[attr-defined] # the pool in use has it


def test_the_file_is_for_those_with_the_module(sign_in, shop):
    problem(sign_in(shop.seller).get(PATH), 403, "forbidden")
