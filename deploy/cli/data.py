"""`botmeni export` and `botmeni erase`: the data of a store or a person."""

from __future__ import annotations

from pathlib import Path

import click

from deploy.cli import lookup
from deploy.cli.command import Command, Failed, actor_option, confirm, json_option, yes_option
from deploy.cli.output import print_json, print_note
from services.privacy.batches import CannotErase, pseudonym_of
from services.privacy.erase_person import erase_person
from services.privacy.erase_store import erase_store
from services.privacy.export import export as export_subject
from services.privacy.export import open_target
from services.privacy.inventory import Subject, SubjectKind
from shared.db import audit
from shared.db.transactions import transaction

_KIND = click.argument("kind", type=click.Choice([kind.value for kind in SubjectKind]))


@click.command(cls=Command)
@_KIND
@click.argument("reference", metavar="WHO")
@click.argument("destination", metavar="TO", type=click.Path(path_type=Path))
@actor_option
@json_option
def export(kind: str, reference: str, destination: Path, actor: str, as_json: bool) -> None:
    """Write all data of a store or person to TO: a folder, or a file if TO ends in .zip.

    WHO is an id, a store's exact name, a person's e-mail address or the part before its @.
    Rows are JSON lines, a file for each table; pictures are files.
    """
    subject = _find_subject(kind, reference)
    try:
        with open_target(destination) as target:
            # Before anything goes out: an export that is cut off has given something out as well.
            with transaction() as session:
                audit.record(session, actor, f"export.{kind}", [pseudonym_of(subject.id)])
            counts = export_subject(subject, target)
    except FileExistsError:
        raise Failed(f"{destination} exists already; name something new.") from None
    except OSError as error:
        raise Failed(f"{destination} cannot be written: {error.strerror}.") from None
    if as_json:
        print_json({"to": str(destination), "counts": counts})
    else:
        rows = sum(counts.values()) - counts["pictures"]
        print_note(
            f"{rows} rows and {counts['pictures']} pictures of {kind} {subject.id} are in {destination}."
        )


@click.command(cls=Command)
@_KIND
@click.argument("reference", metavar="WHO")
@yes_option
@actor_option
@json_option
def erase(kind: str, reference: str, yes: bool, actor: str, as_json: bool) -> None:
    """Delete a store or a person for good. If interrupted, start it again with the id to continue.

    WHO is an id, a store's exact name, a person's e-mail address or the part before its @.
    Erase in the account service first: what it sends afterwards is imported again.
    """
    subject = _find_subject(kind, reference)
    confirm(f"Erase {kind} {subject.id} for good?", yes=yes)
    print_note(f"Erasing {kind} {subject.id}; if this is interrupted, start it again with this id.")
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
        print_json({"erased": pseudonym_of(subject.id), "counts": done})
    else:
        print_note(f"Erased; rows removed or changed: {', '.join(f'{t} {n}' for t, n in done.items())}.")


def _find_subject(kind: str, reference: str) -> Subject:
    with transaction() as session:
        found = (
            lookup.store(session, reference)
            if kind == SubjectKind.STORE
            else lookup.person(session, reference)
        )
        return Subject(SubjectKind(kind), found.id)
