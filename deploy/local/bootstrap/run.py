"""Runs `deploy.local.bootstrap.database` in a child process, whose end frees the memory of its libraries."""

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
class BootstrapResult:
    """The output of the child process: the active demo people in file order, or the error in a setting."""

    people: Sequence[DemoPerson] = ()
    error: str = ""


def bootstrap_database(environment: Mapping[str, str], *, log: Path) -> Sequence[DemoPerson]:
    """Migrate the database that `environment` names, load the demo data, and return the people to sign in as.

    Raises `WrongOption` if an engine refuses the connection, and `ChildFailed` with the last lines of `log`
    for any other failure.
    """
    child = Child(
        "bootstrap",
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
    result = msgspec.json.decode(child.output(lines=1), type=BootstrapResult)
    if result.error:
        raise WrongOption(result.error)
    return result.people
