"""Who may call an endpoint: declared at the endpoint, checked before anything else happens."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g, request
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.ticket_api.callers import Caller, Rule
from shared import tokens
from shared.database import transaction
from shared.errors import Forbidden, Unauthorized


def allowed(rule: Rule) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let only those whom `rule` admits call the view, as `view(session, caller, …)`.

    The view runs in one transaction, committed before its result is turned into a response.
    A `PUBLIC` view gets neither session nor caller.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def enter(*args: Any, **kwargs: Any) -> Any:
            if rule is Rule.PUBLIC:
                return view(*args, **kwargs)
            with transaction(restricted=True) as session:
                caller = signed_in(session, g.person_id)
                if not rule.admits(caller):
                    raise Forbidden(needed=rule.value)
                return view(session, caller, *args, **kwargs)

        enter.access_rule = rule  # type: ignore[attr-defined] # a mark on a function
        return enter

    return decorate


def stream(person_id: UUID, produce: Callable[[Session, Caller], Iterator[bytes]]) -> Iterator[bytes]:
    """What `produce(session, caller)` yields, in a transaction of its own as long as somebody reads."""
    with transaction(restricted=True) as session:
        yield from produce(session, signed_in(session, person_id))


def identify(app: Flask) -> None:
    """Learn of every request of `app` who makes it, before its body is read or a connection is taken."""
    app.before_request(_identify)


def refuse_strangers(app: Flask) -> None:
    """Refuse those who had to prove who they are and could not; stands after `identify`.

    Apart from it, so that what stands between counts them too.
    """
    app.before_request(_refuse)


def _identify() -> None:
    g.person_id = g.refusal = None
    view = current_app.view_functions.get(request.endpoint or "")
    # A browser's preflight asks without the token; it is answered without the view.
    if view is None or request.method == "OPTIONS" or getattr(view, "access_rule", None) is Rule.PUBLIC:
        return
    try:
        g.person_id = tokens.person_of(_bearer_token())
    except Unauthorized as refusal:
        g.refusal = refusal


def _bearer_token() -> str:
    """What stands in Authorization (RFC 6750), empty where it is something else."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _refuse() -> None:
    if g.refusal is not None:
        raise g.refusal


# Reads who the person is now, and opens row security for their store in this transaction alone.
_SIGN_IN = text("SELECT store_id, name, roles FROM sign_in(:person)")


def signed_in(session: Session, person_id: UUID) -> Caller:
    """The person as they are now, with row security opened for them. Raises `Unauthorized`."""
    # By the connection: the session's own way is made for entities, and costs every request as much again.
    row = session.connection().execute(_SIGN_IN, {"person": person_id}).one_or_none()
    if row is None:
        raise Unauthorized
    return Caller(person_id, row.store_id, row.name, frozenset(row.roles))
