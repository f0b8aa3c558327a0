"""The table at the end of `make up`: the addresses, and the demo people to sign in as."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.table import Table

from deploy.local.bootstrap.page import page_row
from deploy.local.demo.person import DemoPerson
from deploy.local.options import Options
from deploy.local.processes.environment import FLOWER_USER, Secrets


def summary(options: Options, secrets: Secrets, people: Iterable[DemoPerson]) -> Table:
    """Return the table: the addresses, then each demo person with the name for `POST /dev/login`."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("What", no_wrap=True)
    table.add_column("Where", no_wrap=True, style="cyan")
    table.add_column("Sign in as", no_wrap=True, style="bold")
    table.add_column("", style="dim")
    api = f"http://127.0.0.1:{options.ports.api}"
    table.add_row("Page", *page_row(api))
    table.add_row("API", api, "", "a token from POST /dev/login, see /dev/users")
    table.add_row("API reader", f"{api}/docs", "", "")
    stream = f"http://127.0.0.1:{options.ports.stream}/v1/stream"
    table.add_row("Live stream", stream, "", "server-sent events, with the same token")
    flower = f"http://127.0.0.1:{options.ports.flower}"
    table.add_row("Flower", flower, FLOWER_USER, f"password {secrets.flower_password}")
    mailbox = f"http://127.0.0.1:{options.ports.mailbox}"
    table.add_row("Mailbox", mailbox, "", "every e-mail ends here")
    metrics = ", ".join(str(port) for name, port in options.ports.by_setting().items() if "METRICS" in name)
    table.add_row("Metrics", "http://127.0.0.1:…/metrics", "", f"on ports {metrics}, for Prometheus")
    table.add_row("Logs", str(options.data_dir / "logs"), "", "one file for each process")
    table.add_section()
    for person in people:
        store = f"{person.store}, {person.plan}" if person.store else "Botmeni"
        roles = ", ".join(person.roles) or "—"
        table.add_row(person.name, store, person.email.partition("@")[0], roles)
    return table
