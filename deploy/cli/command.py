"""The base of all commands: it attaches to the running system, and reports every failure in one line."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import click
from sqlalchemy.exc import DBAPIError, ProgrammingError

from deploy.local.options import WrongOption
from deploy.local.processes.running import NotRunning, use_running_settings
from shared.config.settings import InvalidSettings
from shared.db.transactions import is_outage
from shared.errors import AppError

FAILED = 1
"""Exit code: refused, nothing found, or something is wrong."""

UNREACHABLE = 3
"""Exit code: no running system, a wrong setting, or no database. Click uses 2 for wrong usage."""

F = TypeVar("F", bound=Callable[..., Any])


class Failed(click.ClickException):
    """Ends the command with a one-line message."""

    exit_code = FAILED


class Unreachable(Failed):
    """Ends the command because the system cannot be reached."""

    exit_code = UNREACHABLE


class Command(click.Command):
    """A command that works on the running system."""

    def invoke(self, ctx: click.Context) -> Any:
        """Attach to the system and run the command; turn known errors into one-line messages."""
        try:
            use_running_settings()
            return super().invoke(ctx)
        except (NotRunning, WrongOption, InvalidSettings) as error:
            raise Unreachable(str(error)) from None
        except AppError as error:
            raise Unreachable(error.text("en")) from None
        except DBAPIError as error:
            _raise_failure(error)


def _raise_failure(error: DBAPIError) -> NoReturn:
    first_line = str(error.orig).partition("\n")[0]
    if is_outage(error):
        raise Unreachable(f"PostgreSQL does not answer: {first_line}") from None
    if isinstance(error, ProgrammingError):
        raise Unreachable(
            f"The database is not of this release ({first_line}); `botmeni doctor` shows more."
        ) from None
    raise Failed(f"PostgreSQL refused: {first_line}") from None


class Group(click.Group):
    """A group whose commands are instances of `Command`."""

    command_class = Command
    group_class = type


def json_option(command: F) -> F:
    """Add `--json`, which the command gets as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")(command)


def yes_option(command: F) -> F:
    """Add `--yes`, which skips the confirmation, for use in scripts."""
    return click.option("--yes", is_flag=True, help="Do not ask for confirmation.")(command)


def actor_option(command: F) -> F:
    """Add `--as`, the name that the audit log records."""
    return click.option(
        "--as",
        "actor",
        default=_default_actor,
        show_default="user@host",
        help="Who does this, for the audit log.",
    )(command)


def confirm(question: str, *, yes: bool) -> None:
    """Ask for confirmation unless `yes`; raise `Failed` if the answer is no."""
    if not yes and not click.confirm(question, err=True):
        raise Failed("Nothing was changed.")


def _default_actor() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a container's user often has no name; Python 3.11 and 3.12 raise KeyError
        user = "somebody"
    return f"{user}@{socket.gethostname()}"
