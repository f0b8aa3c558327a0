"""Support's side: manage tickets, one or many, and the lists that support works with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.support import bulk, canned_replies, queries, rules, stores
from services.ticket_api.support.schemas import (
    BulkResultsSchema,
    BulkSchema,
    CannedReplyArguments,
    CannedReplyPageSchema,
    CannedReplySchema,
    CausesSchema,
    ChangeCannedReplySchema,
    ManagedSchema,
    ManageSchema,
    StaffSchema,
    StoreArguments,
    StorePageSchema,
    WriteCannedReplySchema,
)
from services.ticket_api.support.views import BulkResultView, CannedReplyView, CauseView, ManagedView
from shared.clock import now
from shared.errors import IfMatchRequired, StaleVersion, TicketIsClosed, TicketNotClosed, TicketNotOpen
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.idempotency.idempotent import idempotent
from shared.http.pagination import Page
from shared.http.problems import locale
from shared.http.requests.preconditions import IfMatchSchema, etag, require_match
from shared.http.views import ListView, PersonView, StoreView
from shared.messaging.outbox.unit_of_work import unit_of_work

blueprint = Blueprint("support", __name__, url_prefix="/v1", description="Soporte", tag="desk")


@blueprint.patch("/tickets/<uuid:ticket_id>")
@blueprint.takes(ManageSchema)
@blueprint.takes(IfMatchSchema, location="headers")
@allowed(Permission.SUPPORT)
@blueprint.answers(
    200,
    ManagedSchema,
    refuses=(TicketIsClosed, TicketNotClosed, TicketNotOpen, StaleVersion, IfMatchRequired),
)
def manage(
    session: Session, caller: Caller, payload: dict[str, Any], headers: dict[str, Any], ticket_id: UUID
) -> tuple[ManagedView, dict[str, str]]:
    """Change status, assignee, cause or resolution of the version that If-Match names."""
    ticket = rules.lock_managed(session, caller, ticket_id)
    require_match(headers["if_match"], ticket.version)
    with unit_of_work(session) as work:
        rules.manage(work, caller, ticket, payload, now())
    return rules.view(session, ticket), {"ETag": etag(ticket.version)}


@blueprint.post("/tickets/bulk")
@blueprint.takes(BulkSchema)
@allowed(Permission.SUPPORT)
@idempotent
@blueprint.answers(200, BulkResultsSchema)
def act_on_many(session: Session, caller: Caller, payload: dict[str, Any]) -> ListView[BulkResultView]:
    """Close or assign up to 200 tickets; each succeeds or fails by itself."""
    with unit_of_work(session) as work:
        return ListView(bulk.act(work, caller, payload, now(), locale()))


@blueprint.get("/staff")
@allowed(Permission.SUPPORT)
@blueprint.answers(200, StaffSchema)
def staff(session: Session, _caller: Caller) -> ListView[PersonView]:
    """Support's people, whom tickets can be assigned to."""
    return ListView(queries.staff(session))


@blueprint.get("/stores")
@blueprint.takes(StoreArguments, location="query")
@allowed(Permission.SUPPORT)
@blueprint.answers(200, StorePageSchema)
def list_stores(session: Session, _caller: Caller, arguments: dict[str, Any]) -> Page[StoreView]:
    """Every store, by name: whose tickets can be listed by themselves."""
    return stores.page(session, arguments)


@blueprint.get("/causes")
@allowed(Permission.SUPPORT)
@blueprint.answers(200, CausesSchema)
def causes(session: Session, _caller: Caller) -> ListView[CauseView]:
    """The causes a ticket can be closed with."""
    return ListView(rules.causes(session, locale()))


@blueprint.get("/canned-replies")
@blueprint.takes(CannedReplyArguments, location="query")
@allowed(Permission.SUPPORT)
@blueprint.answers(200, CannedReplyPageSchema)
def list_canned_replies(
    session: Session, _caller: Caller, arguments: dict[str, Any]
) -> Page[CannedReplyView]:
    """Support's texts, latest written first."""
    return canned_replies.page(session, arguments)


@blueprint.post("/canned-replies")
@blueprint.takes(WriteCannedReplySchema)
@allowed(Permission.SUPPORT)
@idempotent
@blueprint.answers(201, CannedReplySchema)
def create_canned_reply(session: Session, caller: Caller, payload: dict[str, Any]) -> CannedReplyView:
    """Keep a text to use again."""
    return canned_replies.create(session, caller, payload, now())


@blueprint.patch("/canned-replies/<uuid:reply_id>")
@blueprint.takes(ChangeCannedReplySchema)
@allowed(Permission.SUPPORT)
@blueprint.answers(200, CannedReplySchema)
def change_canned_reply(
    session: Session, caller: Caller, payload: dict[str, Any], reply_id: UUID
) -> CannedReplyView:
    """Change a text."""
    return canned_replies.change(session, caller, reply_id, payload, now())


@blueprint.delete("/canned-replies/<uuid:reply_id>")
@allowed(Permission.SUPPORT)
@blueprint.answers(204)
def remove_canned_reply(session: Session, _caller: Caller, reply_id: UUID) -> None:
    """Keep a text no longer."""
    canned_replies.remove(session, reply_id)
