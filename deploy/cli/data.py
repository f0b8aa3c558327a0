"""`botmeni export` and `botmeni erase`: what is held of a store or a person."""

from __future__ import annotations

from pathlib import Path

import click

from deploy.cli import lookup
from deploy.cli.command import Command, Failed, actor_option, confirm, json_option, yes_option
from deploy.cli.output import print_json, say
from services.privacy.batches import CannotErase, digest
from services.privacy.erase_person import erase_person
from services.privacy.erase_store import erase_store
from services.privacy.export import export as export_holdings
from services.privacy.export import target
from services.privacy.tables import Subject, SubjectKind
from shared.db import audit
from shared.db.transactions import transaction

_KIND = click.argument("kind", type=click.Choice([kind.value for kind in SubjectKind]))


@click.command(cls=Command)
@_KIND
@click.argument("named", metavar="WHO")
@click.argument("to", type=click.Path(path_type=Path))
@actor_option
@json_option
def export(kind: str, named: str, to: Path, actor: str, as_json: bool) -> None:
    """Write all that is held of a store or person to TO: a folder, or a file where TO ends in .zip.

    WHO is an id, a store's exact name, a person's e-mail address or what stands before its @.
    Rows are JSON lines, a file for each table; pictures are files.
    """
    subject = _subject(kind, named)
    try:
        with target(to) as where:
            # Before anything goes out: an export that is cut off has given something out as well.
            with transaction() as session:
                audit.record(session, actor, f"export.{kind}", [digest(subject.id)])
            counts = export_holdings(subject, where)
    except FileExistsError:
        raise Failed(f"{to} exists already; name something new.") from None
    except OSError as error:
        raise Failed(f"{to} cannot be written: {error.strerror}.") from None
    if as_json:
        print_json({"to": str(to), "counts": counts})
    else:
        rows = sum(counts.values()) - counts["pictures"]
        say(f"{rows} rows and {counts['pictures']} pictures of {kind} {subject.id} are in {to}.")


@click.command(cls=Command)
@_KIND
@click.argument("named", metavar="WHO")
@yes_option
@actor_option
@json_option
def erase(kind: str, named: str, yes: bool, actor: str, as_json: bool) -> None:
    """Forget a store or a person for good. Interrupted, it goes on when it is started again with the id.

    WHO is an id, a store's exact name, a person's e-mail address or what stands before its @.
    Erase in the account service first: what that still sends is taken over anew.
    """
    subject = _subject(kind, named)
    confirm(f"Erase {kind} {subject.id} for good?", yes=yes)
    say(f"Erasing {kind} {subject.id}; if this is interrupted, start it again with this id.")
    done: dict[str, int] = {}

    def progress(table: str, rows: int) -> None:
        done[table] = done.get(table, 0) + rows

    try:
        if subject.kind is SubjectKind.STORE:
            erase_store(subject.id, actor, progress)
        else:
            erase_person(subject.id, actor, progress)
    except CannotErase as refusal:
        raise Failed(str(refusal)) from None
    if as_json:
        print_json({"erased": digest(subject.id), "counts": done})
    else:
        say(f"Erased; rows removed or changed: {', '.join(f'{t} {n}' for t, n in done.items())}.")


def _subject(kind: str, named: str) -> Subject:
    with transaction() as session:
        found = lookup.store(session, named) if kind == SubjectKind.STORE else lookup.person(session, named)
        return Subject(SubjectKind(kind), found.id)
