"""From rows to typed values, each field taken from the column of its name.

Looking up every column by its name in every row is slow. So the places of the columns are looked up once for
a statement, and values are taken by place afterwards.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Result
from sqlalchemy.orm import InstrumentedAttribute

from shared.db.models import Base

T = TypeVar("T")
Kind = Callable[..., T]
"""A msgspec struct or a NamedTuple."""


def read_as(kind: Kind[T], result: Result[*tuple[Any, ...]]) -> list[T]:
    """The rows of `result` as values of `kind`.

    Columns that `kind` has no field for are passed over. Raises `KeyError` where a field has no column.
    """
    pick = picker(kind, tuple(result.keys()))
    return [kind(*pick(row)) for row in result]


def columns_of(model: type[Base], kind: Callable[..., Any]) -> list[InstrumentedAttribute[Any]]:
    """The columns of `model` that the fields of `kind` are named after, for a statement read as `kind`."""
    return [getattr(model, name) for name in _fields(kind)]


@functools.lru_cache(maxsize=500)
def picker(
    kind: Callable[..., Any], keys: tuple[str, ...], prefix: str = ""
) -> Callable[[Sequence[Any]], Iterable[Any]]:
    """What takes the fields of `kind`, in their order, out of a row whose columns are called `keys`.

    Each field is read from the column `prefix` + its name. Raises `KeyError` where one has no column.
    """
    fields = _fields(kind)
    places = {name: place for place, name in enumerate(keys)}
    missing = [prefix + name for name in fields if prefix + name not in places]
    if missing:
        raise KeyError(f"{kind!r}: no column {', '.join(missing)}")
    if len(fields) == 1:
        only = places[prefix + fields[0]]
        return lambda row: (row[only],)
    return itemgetter(*(places[prefix + name] for name in fields))


def _fields(kind: Callable[..., Any]) -> tuple[str, ...]:
    return getattr(kind, "__struct_fields__", ()) or getattr(kind, "_fields", ())


def inserted_as(kind: Kind[T], values: Mapping[str, Any]) -> T:
    """A row that is inserted with `values`, as a value of `kind`; a column that they leave out is null."""
    return kind(**{name: values.get(name) for name in _fields(kind)})
