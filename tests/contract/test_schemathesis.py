"""Schemathesis sends what the document allows and what it forbids; nothing it looks at may be otherwise.

All its checks are on, in all its phases (examples, boundary values, generated calls, chains of calls),
bounded so that the whole takes well under a minute; the seed is fixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from schemathesis.engine import events, from_schema

from services.notifier.stream.operation import GET_STREAM
from shared.http.idempotency.idempotent import HEADER
from tests.support.clients.http import token_of
from tests.support.factories.filled_store import Filled
from tests.support.processes.running import Processes

EXAMPLES_PER_CALL = 4
LEAST_CALLS = {"store": 1000, "support": 1000, "nobody": 200}
LEAST_SUCCESSES = {"store": 60, "support": 60, "nobody": 2}

# What is of the right form may be refused all the same, where more than its form decides: a cursor that
# this list never gave out, a body that names things which are not there, a file that is no picture, an
# address that nobody may call.
_ACCEPTED = ["2xx", "401", "403", "404", "409", "412"]
DECIDED_LATER = [
    "desk_manage",
    "desk_act_on_many",
    "conversation_mark_read",
    "conversation_close",
    "preferences_put_preferences",
    "attachments_upload",
    "unsubscribing_ask",
    "unsubscribing_leave",
    "webhooks_create_webhook",
    "webhooks_change_webhook",
]
# RFC 6585 has a status of its own for a missing If-Match; what is not there or not open is said first.
_MISSING_HEADER = ["401", "403", "404", "409", "428"]


def _configuration(document: Any, filled: Filled, headers: dict[str, str]) -> schemathesis.Config:
    """Everything on; but who is not signed in is refused whatever the values: their bounds do not matter."""
    ids = {"assignee_id": [str(filled.support)], **filled.ids}
    in_paths = {parameter for path in document["paths"] for parameter in ids if f"{{{parameter}}}" in path}
    paged = [
        operation["operationId"]
        for path in document["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
        if any(parameter.get("name") == "cursor" for parameter in operation.get("parameters", []))
    ]
    return schemathesis.Config.from_dict(
        {
            "seed": 20261122,
            "headers": headers,
            "workers": 1,
            "continue-on-failure": True,
            "phases": {"coverage": {"enabled": bool(headers), "unexpected-methods": ["DELETE", "PATCH"]}},
            "generation": {
                "max-examples": EXAMPLES_PER_CALL,
                "deterministic": True,
                "no-shrink": True,
                # Refused in every text, since PostgreSQL keeps none; tests of bad input try it.
                "allow-x00": False,
                "database": "none",
            },
            "checks": {"enabled": True, "missing_required_header": {"expected-statuses": _MISSING_HEADER}},
            "dictionaries": {name: {"values": values} for name, values in ids.items()},
            "parameters": {
                **{f"path.{name}": {"dictionary": name, "probability": 0.8} for name in sorted(in_paths)},
                "body.assignee_id": {"dictionary": "assignee_id", "probability": 0.8},
                "body.ticket_ids[*]": {"dictionary": "ticket_id", "probability": 0.8},
            },
            "operations": [
                {
                    "include-operation-id": names,
                    "checks": {"positive_data_acceptance": {"expected-statuses": [*_ACCEPTED, status]}},
                }
                for names, status in ((paged, "400"), (DECIDED_LATER, "422"))
            ],
        }
    )


@schemathesis.hook("before_call")
def _use_once(_: Any, case: schemathesis.Case[Any], kwargs: dict[str, Any]) -> None:
    """Good calls each get a key of their own and name no upload: both are refused the second time."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if HEADER in case.headers:
        case.headers[HEADER] = str(uuid4())
    if isinstance(case.body, dict) and "attachment_ids" in case.body:
        case.body["attachment_ids"] = []


def _failures(event: events.ScenarioFinished) -> Iterator[tuple[str, str]]:
    for checks in event.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                description = f"{failure.title}: {failure.message}\n{check.failure_info.code_sample}"
                yield f"{event.recorder.label} · {check.name}", description


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("who", ["store", "support", "nobody"])
def test_nothing_it_sends_is_answered_otherwise_than_documented(
    served: Processes, filled: Filled, document: Any, who: str
):
    people = {"store": filled.shop.admin, "support": filled.support}
    headers = {"Authorization": f"Bearer {token_of(served.api_url, people[who])}"} if who in people else {}
    schema = schemathesis.openapi.from_url(
        f"{served.api_url}/openapi.json", config=_configuration(document, filled, headers)
    ).exclude(path=GET_STREAM.path)

    failures: dict[str, str] = {}
    errors: list[str] = []
    statuses: Counter[int] = Counter()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            for name, description in _failures(event):
                failures.setdefault(name, description)
            answers = (call.response for call in event.recorder.interactions.values())
            statuses.update(answer.status_code for answer in answers if answer is not None)
        elif isinstance(event, events.NonFatalError):
            errors.append(f"{event.label}: {event.value}")
        elif isinstance(event, events.FatalError):
            raise event.exception

    assert not errors
    assert not failures, "\n\n".join(f"{name}\n{description}" for name, description in failures.items())
    assert statuses.total() > LEAST_CALLS[who], "it stopped early"
    assert sum(statuses[status] for status in (200, 201, 202, 204)) >= LEAST_SUCCESSES[who], statuses
