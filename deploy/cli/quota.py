"""`botmeni quota` shows the units of a store, and grants it more."""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from deploy.cli import lookup
from deploy.cli.command import Failed, Group, actor_option, confirm, json_option, yes_option
from deploy.cli.output import print_json, print_note, print_rows, print_values
from services.quota.grants import CannotGrant, grant
from shared.clock import now
from shared.db import audit
from shared.db.models import LedgerEntry, Plan, QuotaPeriod, Store
from shared.db.transactions import transaction

_MAX_UNITS = 100_000
_MAX_KEY_LENGTH = 200


@click.group(cls=Group)
def quota() -> None:
    """Units of a store's plan."""


@quota.command("show")
@click.argument("store")
@click.option(
    "--entries", type=click.IntRange(0, 1_000), default=10, show_default=True, help="Of the ledger."
)
@json_option
def show_quota(store: str, entries: int, as_json: bool) -> None:
    """Plan, present period and latest movements of STORE (its id or exact name)."""
    with transaction() as session:
        found = lookup.store(session, store)
        values = _usage(session, found)
        movements = [
            {
                "created_at": entry.created_at,
                "kind": entry.kind.value,
                "units": entry.units,
                "subject_id": entry.subject_id,
            }
            for entry in session.scalars(
                select(LedgerEntry)
                .where(LedgerEntry.store_id == found.id)
                .order_by(LedgerEntry.created_at.desc(), LedgerEntry.id.desc())
                .limit(entries)
            )
        ]
    if as_json:
        print_json({**values, "ledger": movements})
        return
    print_values(values, as_json=False)
    print_rows(
        movements, ("created_at", "kind", "units", "subject_id"), as_json=False, empty="No movements yet."
    )


@quota.command("grant")
@click.argument("store")
@click.argument("units", type=click.IntRange(1, _MAX_UNITS))
@click.option("--key", required=True, help="What it is for, such as an invoice: the same key is given once.")
@click.option("--reason", default="", help="For the audit log.")
@yes_option
@actor_option
@json_option
def grant_units(  # noqa: PLR0913 - one for each option
    store: str, units: int, *, key: str, reason: str, yes: bool, actor: str, as_json: bool
) -> None:
    """Give STORE more UNITS for its present period, once for each key."""
    if not key.strip() or len(key) > _MAX_KEY_LENGTH:
        raise click.UsageError(f"--key must be 1 to {_MAX_KEY_LENGTH} letters.")
    with transaction() as session:
        found = lookup.store(session, store)
    confirm(f"Give {found.name} {units} units?", yes=yes)
    try:
        with transaction() as session:
            given = grant(session, found.id, units, key.strip(), now())
            if given.is_new:
                detail = {"units": units, "key": key.strip(), "reason": reason}
                audit.record(
                    session, actor, "quota.grant", [given.subject_id], store_id=found.id, detail=detail
                )
    except CannotGrant as refusal:
        raise Failed(str(refusal)) from None
    if as_json:
        print_json({"new": given.is_new, "units": units, "unit_limit": given.unit_limit, "used": given.used})
    elif given.is_new:
        print_note(f"{found.name} has {given.unit_limit} units now, {given.used} of them used.")
    else:
        print_note(
            f"Already given under this key: nothing was changed; {given.used} of {given.unit_limit} are used."
        )


def _usage(session: Session, store: Store) -> dict[str, Any]:
    moment = now()
    plan = session.get_one(Plan, store.plan_code)
    period = session.scalars(
        select(QuotaPeriod).where(
            QuotaPeriod.store_id == store.id, QuotaPeriod.starts_at <= moment, QuotaPeriod.ends_at > moment
        )
    ).one_or_none()
    limit = period.unit_limit if period else plan.units_per_period
    used = period.used if period else 0
    return {
        "store_id": store.id,
        "store": store.name,
        "plan": plan.code,
        "tickets_included": plan.tickets_included,
        "unit_limit": limit,
        "used": used,
        "remaining": None if limit is None else limit - used,
        "starts_at": period.starts_at if period else None,
        "resets_at": period.ends_at if period else None,
    }
