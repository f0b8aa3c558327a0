"""The stores that support works for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from services.ticket_api.support import queries
from shared.http import pagination
from shared.http.views import StoreView

SCOPE = "stores"


def page(session: Session, arguments: Mapping[str, Any]) -> pagination.Page[StoreView]:
    """A page of stores by name, those whose name holds `q` where it is given. Raises `InvalidCursor`."""
    limit: int = arguments["limit"]
    after = pagination.decode(arguments["cursor"], SCOPE)
    rows = queries.stores(session, arguments.get("q"), after.id if after else None, limit + 1)
    # A position's moment sorts nothing here: the query asks the store itself where it stands.
    found = pagination.page(rows, limit, SCOPE, by="created_at")
    return pagination.Page([StoreView(row.id, row.name) for row in found.items], found.next_cursor)
