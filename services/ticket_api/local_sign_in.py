"""Sign-in without a password, for the local mode only: these routes exist nowhere else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask, request
from sqlalchemy import ColumnElement, func, select

from shared.db.models import Person, Store
from shared.db.transactions import transaction
from shared.errors import Invalid
from shared.http.auth.access import allowed
from shared.http.auth.permissions import Permission
from shared.tokens import issue_local_token

_LOGIN: ColumnElement[str] = func.split_part(Person.email, "@", 1)


def _person(user: str) -> UUID | None:
    with transaction() as session:
        named = select(Person.id).where(_LOGIN.in_([user]), Person.active).order_by(Person.id)
        return session.scalars(named).first()


def register(app: Flask) -> None:
    """Serve `/dev/users` and `/dev/login`."""

    @allowed(Permission.PUBLIC)
    def users() -> dict[str, Any]:
        """Who can sign in: the name before the @ of the address is enough."""
        with transaction() as session:
            rows = session.execute(
                select(_LOGIN.label("user"), Person.name, Person.roles, Store.name.label("store"))
                .outerjoin(Store, Store.id == Person.store_id)
                .where(Person.active)
                .order_by(Store.name, "user")
            )
            return {"items": [dict(row) for row in rows.mappings()]}

    @allowed(Permission.PUBLIC)
    def login() -> dict[str, str]:
        """A token for `{"user": …}`."""
        body = request.get_json()
        user = body.get("user") if isinstance(body, dict) else None
        person = _person(user) if isinstance(user, str) and "\0" not in user else None
        if person is None:
            raise Invalid({"user": ["Must be one of those of /dev/users."]})
        return {"token": issue_local_token(person)}

    app.add_url_rule("/dev/users", "dev_users", users)
    app.add_url_rule("/dev/login", "dev_login", login, methods=["POST"])
