"""Has a new start's database prepared by a process that ends, and its libraries' memory with it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from deploy.local.demo.person import DemoPerson
from deploy.local.host.child import Child, ChildFailed
from deploy.local.options import ROOT, WrongOption


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of it: the active demo people in file order, or what is wrong with a setting."""

    people: Sequence[DemoPerson] = ()
    wrong: str = ""


def prepare(environment: Mapping[str, str], *, log: Path) -> Sequence[DemoPerson]:
    """Migrate the database `environment` names, load the demo data; the people to sign in as.

    Raises `WrongOption` where an engine does not let us in, `ChildFailed` with the last lines of `log` where
    anything else goes wrong.
    """
    child = Child(
        "prepare",
        [sys.executable, "-m", "deploy.local.bootstrap.database"],
        log=log,
        environment=environment,
        folder=ROOT,
    )
    child.start()
    try:
        child.wait(None)
    finally:
        child.kill()
    if child.exit_code:
        raise ChildFailed(f"Preparing the database ended with code {child.exit_code}.\n{child.output()}")
    done = msgspec.json.decode(child.output(lines=1), type=Prepared)
    if done.wrong:
        raise WrongOption(done.wrong)
    return done.people
