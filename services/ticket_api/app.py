"""The HTTP application: built by `create_app()`, served by Granian."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_smorest import Api  # type: ignore[import-untyped] # ships no types

from services.ticket_api import (
    access,
    bodies,
    correlation,
    database_role,
    development,
    documentation,
    headers,
    health,
    limits,
    page,
    parsing,
    problems,
    watching,
)
from services.ticket_api.account import endpoints as account
from services.ticket_api.attachments import endpoints as attachments
from services.ticket_api.conversation import endpoints as conversation
from services.ticket_api.deliveries import endpoints as deliveries
from services.ticket_api.desk import endpoints as desk
from services.ticket_api.json_schema import SchemaPlugin
from services.ticket_api.notifications import endpoints as notifications
from services.ticket_api.preferences import endpoints as preferences
from services.ticket_api.questions import endpoints as questions
from services.ticket_api.ratings import endpoints as ratings
from services.ticket_api.responses import MsgspecProvider
from services.ticket_api.tickets import endpoints as tickets
from services.ticket_api.unsubscribing import endpoints as unsubscribing
from services.ticket_api.webhooks import endpoints as webhooks
from shared import exposition, tokens, tracing
from shared.logs import configure_logging
from shared.settings import settings

FEATURES = (
    account,
    questions,
    ratings,
    tickets,
    conversation,
    desk,
    notifications,
    preferences,
    unsubscribing,
    attachments,
    webhooks,
    deliveries,
)


class ProblemApi(Api):  # type: ignore[misc] # its base ships no types
    """flask-smorest without its own error shape: ours answers every error."""

    ERROR_SCHEMA = documentation.ProblemSchema

    def _register_error_handlers(self) -> None:
        problems.register(self._app)


class Application(Flask):
    """Flask whose views are all plain functions, which it would look at a dozen times for each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func


def create_app() -> Flask:
    """Build the application. Raises `InvalidSettings` before serving anything with a wrong setting."""
    configure_logging()
    exposition.serve()
    config = settings()
    tokens.keys()
    database_role.require_bound()
    app = Application("botmeni-tickets", static_folder=None)
    # Werkzeug would answer `/v1//me` with a redirect to whatever Host the caller named.
    app.url_map.merge_slashes = False
    app.json = MsgspecProvider(app)
    app.config.update(MAX_CONTENT_LENGTH=config.max_body_bytes, **documentation.OPENAPI)
    api = ProblemApi(app, spec_kwargs={"marshmallow_plugin": SchemaPlugin()})
    correlation.register(app)
    tracing.check()
    if tracing.on():
        from services.ticket_api import request_spans  # noqa: PLC0415 - off, it costs no memory

        request_spans.register(app)
    watching.register(app)
    access.identify(app)
    limits.register(app)
    access.refuse_strangers(app)
    parsing.register(app)
    headers.register(app)
    documentation.register(app, api)
    health.register(app, api)
    if config.environment == "local":
        development.register(app)
    for feature in FEATURES:
        api.register_blueprint(feature.blueprint)
    page.register(app)
    bodies.register(app)
    return app
