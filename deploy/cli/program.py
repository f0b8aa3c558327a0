"""The group of all commands of `botmeni`; each command has its own file."""

from __future__ import annotations

import click

from deploy.cli.audit import audit
from deploy.cli.command import Group
from deploy.cli.data import erase, export
from deploy.cli.doctor.command import doctor
from deploy.cli.jobs import jobs
from deploy.cli.quota import quota
from deploy.cli.stores import stores
from deploy.cli.token import token


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def main() -> None:
    """Operate Botmeni Tickets: the system that DATABASE_URL names, or the `make up` of this folder.

    Exit codes: 0 done; 1 refused, not found, or something is wrong; 2 wrong usage; 3 no running system,
    a wrong setting, or the database away.
    """


for command in (jobs, stores, quota, token, export, erase, audit, doctor):
    main.add_command(command)
