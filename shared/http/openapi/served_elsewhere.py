"""Operations of the OpenAPI document that another process serves, so that no view here declares them."""

from __future__ import annotations

from typing import Any, NamedTuple

from shared.errors import AppError

SERVED_BY = "x-served-by"
"""The extension of the document that names the process; calls of such an operation do not go to the API."""


class ServedElsewhere(NamedTuple):
    """A GET operation of another process: the document completes its errors, headers and access."""

    path: str
    process: str
    refuses: frozenset[type[AppError]]
    operation: dict[str, Any]
