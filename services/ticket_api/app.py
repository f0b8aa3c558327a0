"""The HTTP application: built by `create_app()`, served by Granian."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_smorest import Api  # type: ignore[import-untyped] # ships no types

from services.notifier.deliveries import endpoints as deliveries
from services.notifier.email import endpoints as email
from services.notifier.email.unsubscribe import endpoints as unsubscribe
from services.notifier.notifications import endpoints as notifications
from services.notifier.preferences import endpoints as preferences
from services.notifier.stream.operation import GET_STREAM
from services.notifier.webhooks import endpoints as webhooks
from services.quota import endpoints as quota
from services.ticket_api import local_sign_in, page
from services.ticket_api.accounts import endpoints as accounts
from services.ticket_api.attachments import endpoints as attachments
from services.ticket_api.conversation import endpoints as conversation
from services.ticket_api.documents import asyncapi
from services.ticket_api.questions import endpoints as questions
from services.ticket_api.ratings import endpoints as ratings
from services.ticket_api.support import endpoints as support
from services.ticket_api.tickets import endpoints as tickets
from shared import tokens
from shared.config.settings import settings
from shared.db import role_check
from shared.http import headers, health, problems
from shared.http.auth import access
from shared.http.openapi import documentation
from shared.http.openapi.json_schema import SchemaPlugin
from shared.http.rate_limits import limits
from shared.http.requests import parsing, request_ids, request_log, slow_bodies
from shared.http.responses import MsgspecProvider
from shared.messaging import subscriptions
from shared.observability import metrics_server, tracing
from shared.observability.logs import configure_logging

ENDPOINTS = (
    accounts,
    email,
    quota,
    questions,
    ratings,
    tickets,
    conversation,
    support,
    notifications,
    preferences,
    unsubscribe,
    attachments,
    webhooks,
    deliveries,
)
"""The endpoints of every service, in the order of the OpenAPI document."""


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
    metrics_server.serve()
    config = settings()
    tokens.key_source()
    subscriptions.check()
    role_check.require_restricted()
    app = Application("botmeni-tickets", static_folder=None)
    # Werkzeug would answer `/v1//me` with a redirect to whatever Host the caller named.
    app.url_map.merge_slashes = False
    app.json = MsgspecProvider(app)
    app.config.update(MAX_CONTENT_LENGTH=config.max_body_bytes, **documentation.OPENAPI)
    api = ProblemApi(app, spec_kwargs={"marshmallow_plugin": SchemaPlugin()})
    request_ids.register(app)
    tracing.check_configuration()
    if tracing.enabled():
        from shared.http.requests import request_spans  # noqa: PLC0415 - off, it costs no memory

        request_spans.register(app)
    request_log.register(app)
    access.identify(app)
    limits.register(app)
    access.refuse_unauthenticated(app)
    parsing.register(app)
    headers.register(app)
    documentation.register(app, api, asyncapi.document, [GET_STREAM])
    health.register(app, api)
    if config.environment == "local":
        local_sign_in.register(app)
    for endpoints in ENDPOINTS:
        api.register_blueprint(endpoints.blueprint)
    page.register(app)
    slow_bodies.register(app)
    return app
