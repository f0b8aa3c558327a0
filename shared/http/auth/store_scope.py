"""The one store filter: a person sees their store's rows, support sees every store's.

In two forms: with the caller's store in it, and for statements made once, with the store as `:store_id`.
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, bindparam

from shared.db.models import Message, Notification, Question, Rating, Ticket, TimelineEntry
from shared.http.auth.callers import Caller

SelectT = TypeVar("SelectT", bound=Select[*tuple[Any, ...]])

StoreOwned = (
    type[Question] | type[Rating] | type[Ticket] | type[Notification] | type[Message] | type[TimelineEntry]
)


def visible(statement: SelectT, model: StoreOwned, caller: Caller) -> SelectT:
    """`statement` cut down to the rows of `model` that `caller` may see."""
    return statement if caller.is_support else statement.where(model.store_id == caller.own_store)


def visible_to(support: bool, statement: SelectT, model: StoreOwned) -> SelectT:
    """`statement` cut down to the rows that support sees, or to those of the store bound as `:store_id`."""
    return statement if support else statement.where(model.store_id == bindparam("store_id"))


def store_bind_values(caller: Caller) -> dict[str, UUID]:
    """The values of `caller` that a statement made by `visible_to` binds."""
    return {} if caller.is_support else {"store_id": caller.own_store}
