"""What `botmeni doctor` finds, by check."""

from __future__ import annotations

from types import SimpleNamespace

from tests.support.clients.command_line import botmeni


def findings() -> dict[str, SimpleNamespace]:
    """Every finding; its exit code must say the same as they do."""
    typed = botmeni("doctor", "--json")
    found = {finding["check"]: SimpleNamespace(**finding) for finding in typed.json}
    assert typed.code == int(any(finding.state == "wrong" for finding in found.values()))
    return found


def wrong(check: str) -> SimpleNamespace:
    """The finding of `check`, which must be wrong and say what to do."""
    found = findings()[check]
    assert found.state == "wrong", found
    assert found.todo
    return found
