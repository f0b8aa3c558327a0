"""What the OpenAPI document says of the live stream. The API does not serve it: a process of its own does."""

from __future__ import annotations

from shared.errors import DatabaseAway, TokenExpired, Unauthorized
from shared.http.openapi.served_elsewhere import ServedElsewhere

PATH = "/v1/stream"

_DESCRIPTION = """\
Server-sent events (HTML standard, section 9.2) of the caller's notifications, until the token
expires. Another process serves this path, in the local mode on a port of its own.

| event | when | data |
| --- | --- | --- |
| `hello` | when the stream begins | nothing |
| `notification` | one was added or changed | `id`, `event`, `ticket_id`, `count`, `detail`, `updated_at` |
| `resync` | too many changes were missed to send each of them | nothing; read your lists again |
| `expired` | the token expires, and the stream ends | nothing; sign in again |

The `id` of an event is the time to continue from. A comment comes after 15 seconds without an event.
"""

_EXAMPLE = """id: 2026-11-22T15:04:05.120000+00:00
event: notification
data: {"id": "019a9f3e-7a3b-7c1d-9e2f-3a4b5c6d7e8f", "event": "ticket.support_replied", "ticket_id": \
"019a9f3e-7a3b-7c1d-9e2f-3a4b5c6d7e90", "count": 1, "detail": {}, "updated_at": "2026-11-22T15:04:05.120000Z"}

"""

GET_STREAM = ServedElsewhere(
    path=PATH,
    process="stream",
    refuses=frozenset({Unauthorized, TokenExpired, DatabaseAway}),
    operation={
        "operationId": "notifications_stream",
        "summary": "My notifications, as they are written.",
        "description": _DESCRIPTION,
        "tags": ["notifications"],
        "parameters": [
            {
                "name": "Last-Event-ID",
                "in": "header",
                "description": "The last id that was received; what was missed since comes first",
                "schema": {"type": "string", "format": "date-time"},
            }
        ],
        "responses": {
            "200": {
                "description": "OK",
                "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _EXAMPLE}},
            }
        },
    },
)
