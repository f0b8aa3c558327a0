"""The HTTP application: built by `create_app()`, served by Granian."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Flask
from flask.json.provider import JSONProvider
from flask_smorest import Api
from shared.logs import configure_logging
from shared.settings import settings

from services.ticket_api import access, development, documentation, health, problems, tokens
from services.ticket_api.account import endpoints as account
from services.ticket_api.notifications import endpoints as notifications
from services.ticket_api.questions import endpoints as questions
from services.ticket_api.ratings import endpoints as ratings
from services.ticket_api.tickets import endpoints as tickets

FEATURES = (account, questions, ratings, tickets, notifications)


class MsgspecProvider(JSONProvider):
    """JSON in and out by msgspec, several times faster than the standard library's."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """Encode to JSON text."""
        return msgspec.json.encode(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """Decode JSON text. Raises `ValueError` when it is none."""
        return msgspec.json.decode(s)


class ProblemApi(Api):
    """flask-smorest without its own error shape: ours answers every error."""

    ERROR_SCHEMA = documentation.ProblemSchema

    def _register_error_handlers(self) -> None:
        problems.register(self._app)


def create_app() -> Flask:
    """Build the application. Raises `InvalidSettings` before serving anything with a wrong setting."""
    configure_logging()
    config = settings()
    tokens.keys()
    app = Flask("botmeni-tickets", static_folder=None)
    app.json = MsgspecProvider(app)
    app.config.update(MAX_CONTENT_LENGTH=config.max_body_bytes, **documentation.OPENAPI)
    api = ProblemApi(app)
    access.register(app)
    documentation.register(app, api)
    health.register(app)
    if config.environment == "local":
        development.register(app)
    for feature in FEATURES:
        api.register_blueprint(feature.blueprint)
    return app
