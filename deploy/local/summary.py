"""The table at the end of `make up`: the addresses, and the demo people to sign in as."""

from __future__ import annotations

from collections.abc import Iterable

import click

from deploy.local.bootstrap.page import page_row
from deploy.local.demo.person import DemoPerson
from deploy.local.options import Options
from deploy.local.processes.environment import FLOWER_USER, Secrets
from deploy.terminal import table


def summary(options: Options, secrets: Secrets, people: Iterable[DemoPerson]) -> str:
    """Return the table: the addresses, then each demo person with the name for `POST /dev/login`."""
    api = f"http://127.0.0.1:{options.ports.api}"
    stream = f"http://127.0.0.1:{options.ports.stream}/v1/stream"
    flower = f"http://127.0.0.1:{options.ports.flower}"
    mailbox = f"http://127.0.0.1:{options.ports.mailbox}"
    metrics = ", ".join(str(port) for name, port in options.ports.by_setting().items() if "METRICS" in name)
    rows = [
        ("Page", *page_row(api)),
        ("API", api, "", "a token from POST /dev/login, see /dev/users"),
        ("API reader", f"{api}/docs", "", ""),
        ("Live stream", stream, "", "server-sent events, with the same token"),
        ("Flower", flower, FLOWER_USER, f"password {secrets.flower_password}"),
        ("Mailbox", mailbox, "", "every e-mail ends here"),
        ("Metrics", "http://127.0.0.1:…/metrics", "", f"on ports {metrics}, for Prometheus"),
        ("Logs", str(options.data_dir / "logs"), "", "one file for each process"),
        ("", "", "", ""),
    ]
    for person in people:
        store = f"{person.store}, {person.plan}" if person.store else "Botmeni"
        roles = ", ".join(person.roles) or "—"
        rows.append((person.name, store, person.email.partition("@")[0], roles))
    styled = (
        (what, click.style(where, fg="cyan"), click.style(name, bold=True), click.style(note, dim=True))
        for what, where, name, note in rows
    )
    return table(styled, ("What", "Where", "Sign in as", " "))
