"""What all commands share: they find the running system first, and fail with one clear line."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar
from uuid import UUID

import click
from sqlalchemy.exc import DBAPIError, ProgrammingError

from deploy.local.options import WrongOption
from deploy.local.processes.running import NotRunning, attach
from shared.config.settings import InvalidSettings
from shared.db.transactions import is_outage
from shared.errors import AppError

FAILED = 1
"""Exit code: refused, nothing found, or something is wrong."""

UNREACHABLE = 3
"""Exit code: no running system, a wrong setting, or the database away. 2 is click's, for wrong usage."""

F = TypeVar("F", bound=Callable[..., Any])


class Failed(click.ClickException):
    """Ends the command with one line."""

    exit_code = FAILED


class Unreachable(Failed):
    """The same, where nothing could even be tried."""

    exit_code = UNREACHABLE


class Command(click.Command):
    """A command that works on the system."""

    def invoke(self, ctx: click.Context) -> Any:
        """Find the system, run, and say in one line what went wrong."""
        try:
            attach()
            return super().invoke(ctx)
        except (NotRunning, WrongOption, InvalidSettings) as error:
            raise Unreachable(str(error)) from None
        except AppError as error:
            raise Unreachable(error.text("en")) from None
        except DBAPIError as error:
            _explain(error)


def _explain(error: DBAPIError) -> NoReturn:
    said = str(error.orig).partition("\n")[0]
    if is_outage(error):
        raise Unreachable(f"PostgreSQL does not answer: {said}") from None
    if isinstance(error, ProgrammingError):
        raise Unreachable(
            f"The database is not of this release ({said}); `botmeni doctor` tells more."
        ) from None
    raise Failed(f"PostgreSQL refused: {said}") from None


class Group(click.Group):
    """A group whose commands are `Command`s."""

    command_class = Command
    group_class = type


def json_option(command: F) -> F:
    """Adds `--json`, given to the command as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")(command)


def yes_option(command: F) -> F:
    """Adds `--yes`, for programs that cannot be asked."""
    return click.option("--yes", is_flag=True, help="Do not ask for confirmation.")(command)


def actor_option(command: F) -> F:
    """Adds `--as`, the name the audit log shows."""
    return click.option(
        "--as",
        "actor",
        default=_whoever_types,
        show_default="user@host",
        help="Who does this; stands in the audit log.",
    )(command)


def confirm(question: str, *, yes: bool) -> None:
    """Ask, unless `--yes` was given; whoever says no ends the command with `FAILED`."""
    if not yes and not click.confirm(question, err=True):
        raise Failed("Nothing was changed.")


def _whoever_types() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a container's user often has no name; KeyError is Python 3.11 and 3.12
        user = "somebody"
    return f"{user}@{socket.gethostname()}"


class Identifier(click.ParamType[UUID]):
    """A UUID."""

    name = "id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> UUID:
        """The UUID; fails with what was expected."""
        try:
            return value if isinstance(value, UUID) else UUID(value)
        except ValueError:
            self.fail(f"{value!r} is no id; ids look like 0198c0de-0000-7000-8000-000000000001.", param, ctx)


ID = Identifier()
