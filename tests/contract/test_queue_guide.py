"""What `docs/queues.md` shows is what the code reads and sends: services are written from that page alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from services.ticket_api.accounts.importing import StoreSchema
from services.ticket_api.documents import asyncapi
from shared.config.settings import Settings
from shared.json_checks import MAX_DEPTH
from shared.messaging.broker.envelopes import MAX_BYTES, decode_envelope
from shared.messaging.inbound_events import INBOUND_EVENTS
from shared.messaging.public_events import PUBLIC_EVENTS, fields_of

GUIDE = (Path(__file__).parents[2] / "docs" / "queues.md").read_text(encoding="utf-8")
SHOWN = [json.loads(block) for block in re.findall(r"(?ms)^```json\n(.+?)^```", GUIDE)]
MESSAGES = dict(zip([*INBOUND_EVENTS, "ticket.closed"], SHOWN[1:], strict=True))


def code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def section(title: str) -> str:
    """What stands below a heading, up to the next of any level."""
    below = re.split(rf"(?m)^#+ {re.escape(title)}$", GUIDE)[1]
    return re.split(r"(?m)^#+ ", below)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of its tables' rows."""
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]


def test_the_envelope_shown_can_be_opened():
    sent = decode_envelope(json.dumps(SHOWN[0]).encode())
    assert (sent.task, sent.args) == ("questions.record", [{}])


@pytest.mark.parametrize("name", MESSAGES)
def test_each_message_shown_is_of_its_schema(name: str):
    document = asyncapi.document()
    schema = {**document["components"]["messages"][name]["payload"], "components": document["components"]}
    validator = jsonschema_rs.validator_for(schema, validate_formats=True)
    assert [error.message for error in validator.iter_errors(MESSAGES[name])] == []


@pytest.mark.parametrize("name", INBOUND_EVENTS)
def test_each_inbound_field_is_described_and_whether_it_is_required(name: str):
    documented: dict[str, str] = {}
    for names, required, *_ in rows(section(f"`{name}`")):
        documented |= dict.fromkeys(code(names), required)
    fields: dict[str, Any] = asyncapi.INBOUND_SCHEMAS[name]().fields
    assert set(documented) == set(fields) - {"version"}
    assert {field for field, said in documented.items() if said.startswith("required")} == {
        field for field, schema in fields.items() if schema.required
    }


def test_each_field_of_a_store_is_described():
    [store] = [row for row in rows(section("`stores.sync`")) if row[0] == "`store`"]
    assert set(code(store[2])) - {"GET /v1/plans"} == set(StoreSchema().fields)


def test_each_event_and_its_data_are_described():
    documented: dict[str, set[str]] = {}
    for names, _, data in rows(section("Subscribing")):
        documented |= dict.fromkeys(code(names), set(code(data)) - {"null"})
    assert documented == {kind.name: set(fields_of(kind)) - {"store_id"} for kind in PUBLIC_EVENTS}


def test_limits_are_those_of_the_code():
    defaults = {field.name: field.default for field in Settings.__dataclass_fields__.values()}
    assert f"At most {MAX_BYTES // 2**20} MiB an element, {MAX_DEPTH} levels deep" in GUIDE
    assert f"in your list ({defaults['subscription_queue_depth']:,})" in re.sub(r"\s+", " ", GUIDE)
