"""The one store filter: a person sees their store's rows, support sees every store's."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Select

from services.ticket_api.callers import Caller
from shared.models import Notification, Question, Rating, Ticket

SelectT = TypeVar("SelectT", bound=Select[*tuple[Any, ...]])

StoreOwned = type[Question] | type[Rating] | type[Ticket] | type[Notification]


def visible(statement: SelectT, model: StoreOwned, caller: Caller) -> SelectT:
    """`statement` cut down to the rows of `model` that `caller` may see."""
    return statement if caller.is_support else statement.where(model.store_id == caller.own_store)
