"""Which errors an endpoint may return, derived from its declaration; its own ones stand in `refuses`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared import errors
from shared.errors import AppError
from shared.http.auth.permissions import Permission
from shared.http.blueprint import REFUSES
from shared.http.rate_limits import limits
from shared.http.requests.parsing import BODIES, TAKES

_OF_KEYS = (errors.InvalidIdempotencyKey, errors.IdempotencyKeyInUse, errors.IdempotencyKeyReused)


def errors_of(
    endpoint: str, view: Callable[..., Any], path: dict[str, Any], operation: dict[str, Any]
) -> frozenset[type[AppError]]:
    """The errors of `operation`, which is `view` under the OpenAPI path item `path`."""
    permission = getattr(view, "permission", Permission.PUBLIC)
    takes: frozenset[str] = getattr(view, TAKES, frozenset())
    signed_in = permission is not Permission.PUBLIC
    by_id = any(parameter.get("in") == "path" for parameter in path.get("parameters", []))
    paged = any(parameter.get("name") == "cursor" for parameter in operation["parameters"])
    table: tuple[tuple[object, tuple[type[AppError], ...]], ...] = (
        (not limits.is_unlimited(endpoint), (errors.RateLimited,)),
        (signed_in, (errors.Unauthorized, errors.TokenExpired)),
        (signed_in or takes, (errors.Invalid, errors.DatabaseAway)),
        (signed_in and permission is not Permission.AUTHENTICATED, (errors.Forbidden,)),
        (by_id, (errors.NotFound,)),
        (paged, (errors.InvalidCursor,)),
        (takes & BODIES, (errors.BodyTooLarge, errors.Busy)),
        ("json" in takes, (errors.NotJson, errors.TooDeep)),
        (getattr(view, "idempotent", False), _OF_KEYS),
    )
    own: frozenset[type[AppError]] = getattr(view, REFUSES, frozenset())
    return own.union(*(kinds for holds, kinds in table if holds))
