"""Who may call an endpoint: declared at the endpoint, checked before anything else happens."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session

from shared import tokens
from shared.db.transactions import restricted_transaction
from shared.errors import Unauthorized
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission


def allowed(permission: Permission) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let only callers with `permission` call the view, as `view(session, caller, …)`.

    The view runs in one transaction, committed before its result is turned into a response.
    A `PUBLIC` view gets neither session nor caller.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def enter(*args: Any, **kwargs: Any) -> Any:
            if permission is Permission.PUBLIC:
                return view(*args, **kwargs)
            with signed_in(g.person_id) as (session, caller):
                permission.require(caller)
                return view(session, caller, *args, **kwargs)

        enter.permission = permission  # type: ignore[attr-defined] # a mark on a function
        return enter

    return decorate


def iterate_in_transaction(
    person_id: UUID, produce: Callable[[Session, Caller], Iterator[bytes]]
) -> Iterator[bytes]:
    """What `produce(session, caller)` yields, in a transaction that lasts as long as it is read."""
    with signed_in(person_id) as (session, caller):
        yield from produce(session, caller)


def identify(app: Flask) -> None:
    """Authenticate every request of `app` before its body is read or a connection is taken."""
    app.before_request(_identify)


def refuse_unauthenticated(app: Flask) -> None:
    """Refuse requests that needed authentication and had none; registered after `identify`.

    The two are apart so that rate limits, registered between them, count refused requests too.
    """
    app.before_request(_refuse)


def _identify() -> None:
    g.person_id = g.refusal = None
    view = current_app.view_functions.get(request.endpoint or "")
    # A browser's preflight asks without the token; it is answered without the view.
    if view is None or request.method == "OPTIONS" or getattr(view, "permission", None) is Permission.PUBLIC:
        return
    try:
        g.person_id = tokens.authenticate(_bearer_token())
    except Unauthorized as refusal:
        g.refusal = refusal


def _bearer_token() -> str:
    """The token in Authorization (RFC 6750); empty where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _refuse() -> None:
    if g.refusal is not None:
        raise g.refusal


@contextmanager
def signed_in(person_id: UUID) -> Iterator[tuple[Session, Caller]]:
    """A transaction in which row security admits what this person may see, and the person as they are now.

    Raises `Unauthorized` for somebody unknown or inactive.
    """
    sign_in = f"SELECT store_id, name, roles FROM sign_in('{person_id}')"  # noqa: S608 - a UUID
    with restricted_transaction(sign_in) as (session, row):
        if row is None:
            raise Unauthorized
        yield session, Caller(person_id, row.store_id, row.name, frozenset(row.roles))
