"""`botmeni stores` lists stores with their plan and what they have used of it."""

from __future__ import annotations

from uuid import UUID

import click
from sqlalchemy import func, select

from deploy.cli.command import Command, json_option
from deploy.cli.output import print_note, print_rows
from deploy.cli.parameters import ID
from shared.clock import now
from shared.db.models import Plan, QuotaPeriod, Store, Ticket, TicketStatus
from shared.db.transactions import transaction

_OPEN = (TicketStatus.OPEN, TicketStatus.IN_PROGRESS, TicketStatus.ANSWERED)
_COLUMNS = ("id", "name", "plan", "used", "limit", "resets_at", "open_tickets", "parked_tickets")


@click.command(cls=Command)
@click.option("--name", help="Whose name contains this.")
@click.option("--plan", help="On this plan (its code).")
@click.option("--after", type=ID, help="Continue after this store id.")
@click.option("--limit", type=click.IntRange(1, 1_000), default=50, show_default=True, help="Most to list.")
@json_option
def stores(name: str | None, plan: str | None, after: UUID | None, limit: int, as_json: bool) -> None:
    """Stores with plan, units used in the present period, and tickets, by id."""
    moment = now()
    page = select(Store).order_by(Store.id).limit(limit)
    if name:
        page = page.where(Store.name.icontains(name, autoescape=True))
    if plan:
        page = page.where(Store.plan_code == plan)
    if after:
        page = page.where(Store.id > after)
    listed = page.subquery()
    period = (
        select(QuotaPeriod.used, QuotaPeriod.unit_limit, QuotaPeriod.ends_at)
        .where(
            QuotaPeriod.store_id == listed.c.id,
            QuotaPeriod.starts_at <= moment,
            QuotaPeriod.ends_at > moment,
        )
        .lateral()
    )
    tickets = select(func.count()).where(Ticket.store_id == listed.c.id)
    statement = (
        select(
            listed.c.id,
            listed.c.name,
            listed.c.plan_code.label("plan"),
            func.coalesce(period.c.used, 0).label("used"),
            # Without a period: the limit that the plan sets once the first unit is requested.
            func.coalesce(period.c.unit_limit, Plan.units_per_period).label("limit"),
            period.c.ends_at.label("resets_at"),
            tickets.where(Ticket.status.in_(_OPEN)).scalar_subquery().label("open_tickets"),
            tickets.where(Ticket.status == TicketStatus.PARKED).scalar_subquery().label("parked_tickets"),
        )
        .join(Plan, Plan.code == listed.c.plan_code)
        .outerjoin(period, onclause=period.c.ends_at.is_not(None))
        .order_by(listed.c.id)
    )
    with transaction() as session:
        found = session.execute(statement).all()
    print_rows((row._asdict() for row in found), _COLUMNS, as_json=as_json, empty="No such stores.")
    if len(found) == limit and not as_json:
        print_note(f"There may be more: --after {found[-1].id}")
