"""The AsyncAPI document is what the code makes, is one by AsyncAPI's own schema, and its examples work."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from deploy.local.bootstrap.page import WEB, CannotBuild, require_packages
from services.ticket_api.app import create_app
from services.ticket_api.consumers import receive_question, receive_rating, receive_store
from services.ticket_api.documents import asyncapi
from shared.messaging.events import EVENTS
from shared.messaging.inbound_events import INBOUND_EVENTS
from shared.messaging.public_events import PUBLIC_EVENTS, message_of
from tests.support.clients.jobs import drain
from tests.support.factories.database import Database
from tests.support.references import referenced

FILE = Path(__file__).parents[2] / "docs" / "asyncapi.json"
HINT = "Run `python -m services.ticket_api.documents.asyncapi docs/asyncapi.json`."
OFFICIAL = WEB / "node_modules" / "@asyncapi" / "specs" / "schemas" / "3.0.0.json"
RECEIVE = {
    "questions.record": receive_question,
    "ratings.record": receive_rating,
    "stores.sync": receive_store,
}


@pytest.fixture(scope="module")
def document() -> Any:
    return json.loads(FILE.read_bytes())


@pytest.fixture(scope="module")
def official() -> jsonschema_rs.Draft7Validator:
    """AsyncAPI's own schema of version 3.0.0, which comes with the page's packages."""
    try:
        require_packages()
    except CannotBuild as missing:
        pytest.skip(f"Not checked against AsyncAPI's schema: {missing}")
    return jsonschema_rs.Draft7Validator(json.loads(OFFICIAL.read_bytes()))


def faults(validator: Any, document: Any) -> list[str]:
    return [
        f"{list(error.instance_path)}: {error.message[:200]}" for error in validator.iter_errors(document)
    ]


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from references(inner)


def examples(document: Any) -> dict[str, Any]:
    """The example of each message, by name."""
    return {
        name: message["examples"][0]["payload"]
        for name, message in document["components"]["messages"].items()
    }


def wrong_examples(document: Any) -> list[str]:
    """Examples that their own schema refuses."""
    found = []
    for name, example in examples(document).items():
        payload = document["components"]["messages"][name]["payload"]
        schema = {**payload, "components": document["components"]}
        validator = jsonschema_rs.validator_for(schema, validate_formats=True)
        found += [f"{name}: {error.message}" for error in validator.iter_errors(example)]
    return found


def test_the_file_is_what_the_code_makes():
    assert FILE.read_bytes() == asyncapi.written(), HINT


def test_it_is_served():
    answer = create_app().test_client().get("/asyncapi.json")
    assert answer.status_code == 200
    assert answer.get_json() == asyncapi.document()


def test_it_is_an_asyncapi_3_document(document, official):
    assert document["asyncapi"] == "3.0.0"
    assert faults(official, document) == []


@pytest.mark.parametrize("breach", ["no title", "unknown action", "misspelt"])
def test_a_planted_fault_makes_it_none(document, official, breach):
    broken = copy.deepcopy(document)
    match breach:
        case "no title":
            del broken["info"]["title"]
        case "unknown action":
            broken["operations"]["ticketClosed"]["action"] = "publish"
        case "misspelt":
            broken["chanels"] = broken.pop("channels")
    assert faults(official, broken) != []


def test_every_reference_leads_somewhere(document):
    found = set(references(document))
    assert len(found) > 30
    assert [reference for reference in found if not isinstance(referenced(document, reference), dict)] == []


def test_a_planted_dead_reference_is_found(document):
    with pytest.raises(KeyError):
        referenced(document, "#/components/messages/nothing")


def test_it_describes_every_message_and_no_other(document):
    channels = document["channels"]
    assert set(channels["inbound"]["messages"]) == set(INBOUND_EVENTS) == set(asyncapi.INBOUND_SCHEMAS)
    assert set(channels["subscription"]["messages"]) == {kind.name for kind in PUBLIC_EVENTS}
    used = {operation["messages"][0]["$ref"] for operation in document["operations"].values()}
    assert len(used) == len(document["operations"]) == len(INBOUND_EVENTS) + len(PUBLIC_EVENTS)
    actions = {
        operation["messages"][0]["$ref"].split("/")[2]: operation["action"]
        for operation in document["operations"].values()
    }
    assert actions == {"inbound": "receive", "subscription": "send"}


def test_every_example_is_what_its_schema_asks_for(document):
    assert wrong_examples(document) == []


def test_a_planted_wrong_example_is_found(document):
    broken = copy.deepcopy(document)
    examples(broken)["ratings.record"]["verdict"] = "purple"
    [found] = wrong_examples(broken)
    assert "purple" in found


def test_inbound_examples_are_accepted(document, database_url):
    """Handled as workers handle them: the store first, then its question, then the rating."""
    sent, db = examples(document), Database(database_url)
    db.execute(
        "INSERT INTO plans"
        " (code, name_es, name_en, tickets_included, period_months, benefits_es, benefits_en)"
        " VALUES (:code, 'Plan', 'Plan', true, 1, '{}', '{}')",
        code=sent["stores.sync"]["store"]["plan_code"],
    )
    store, question, rating = sent["stores.sync"], sent["questions.record"], sent["ratings.record"]
    sender = store["people"][0]["id"]
    receive("stores.sync", store)
    receive("questions.record", {**question, "store_id": store["store"]["id"]})
    receive("ratings.record", {**rating, "question_id": question["id"], "person_id": sender})
    assert db.column("SELECT last_error FROM outbox") == []
    assert [db.count(table) for table in ("stores", "people", "questions", "ratings")] == [1, 1, 1, 1]


def receive(name: str, message: Any) -> None:
    RECEIVE[name](message)
    drain()


def test_outbound_examples_are_what_the_code_makes(document):
    """Read into the event they describe, and written by the code that writes messages, they are the same."""
    for name in {kind.name for kind in PUBLIC_EVENTS}:
        example = examples(document)[name]
        outside = {field: example[field] for field in ("store_id", "correlation_id")}
        fields = {**example["data"], **outside}
        event = msgspec.convert(fields, EVENTS[name])
        written = message_of(event, example["id"], example["occurred_at"])  # type: ignore[arg-type] # texts
        assert msgspec.to_builtins(written) == example
