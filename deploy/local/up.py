"""`make up` starts the engines, migrates, loads demo data, and runs every process until Ctrl-C."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from contextlib import ExitStack
from functools import partial
from types import FrameType

import click

from deploy.local.bootstrap.run import bootstrap_database
from deploy.local.engines.embedded import Engines
from deploy.local.host.child import ChildFailed
from deploy.local.host.launcher import end_with_parent
from deploy.local.host.ports import free_port_after, is_free
from deploy.local.options import Options, WrongOption
from deploy.local.processes.catalogue import all_processes
from deploy.local.processes.environment import Secrets, environment
from deploy.local.processes.lock import AlreadyRunning, lock_data_dir
from deploy.local.processes.running import published_settings
from deploy.local.processes.supervisor import Supervisor
from deploy.local.summary import summary
from deploy.terminal import step

_READY_SECONDS = 60
# Stopping then takes less than ten seconds, with the shutdown of the engines.
_STOP_SECONDS = 5
_NOT_STARTED = click.style("Not started", fg="red")
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    """Run until a stop signal, then return 0; print what is wrong and return 1 where it cannot run."""
    started = time.monotonic()
    for number in _STOP_SIGNALS:
        signal.signal(number, _interrupt)
    end_with_parent(os.getppid(), signal.SIGTERM)
    try:
        options = Options.load()
        with lock_data_dir(options.data_dir, f"`make up` on http://127.0.0.1:{options.ports.api}"):
            _run(options, started)
    except KeyboardInterrupt:
        click.echo("Stopped.")
        return 0
    except AlreadyRunning as running:
        click.echo(f"{click.style('Already running', fg='yellow')}: {running}. Nothing was changed.")
    except PermissionError as error:
        click.echo(f"{_NOT_STARTED}: {error.filename} belongs to another user; end and reset as that one.")
    except (WrongOption, ChildFailed) as error:
        click.echo(f"{_NOT_STARTED}: {error}")
    return 1


def _run(options: Options, started: float) -> None:
    _check_ports(options)
    logs = options.data_dir / "logs"
    for outdated in (logs, options.data_dir / "metrics"):
        shutil.rmtree(outdated, ignore_errors=True)
    with ExitStack() as stack:
        engines = Engines(
            options.data_dir,
            database_url=options.database_url,
            redis_url=options.redis_url,
            redis_append_only=True,
        )
        stack.callback(engines.stop)
        with step("PostgreSQL and Redis"):
            engines.start()
        settings = environment(
            database_url=engines.database_url,
            redis_url=engines.redis_url,
            data_dir=options.data_dir,
            ports=options.ports,
        )
        with step("Migrations and demo data"):
            people = bootstrap_database(settings, log=logs / "prepare.log")

        stack.enter_context(published_settings(options.data_dir, settings))
        processes = all_processes()
        children = [process.child(settings, log=logs / f"{process.name}.log") for process in processes]
        supervisor = Supervisor(children, engines)
        stack.callback(supervisor.stop, _STOP_SECONDS)
        supervisor.start()
        for process, child in zip(processes, children, strict=True):
            with step(process.title):
                child.wait_until(partial(process.is_ready, settings), _READY_SECONDS)

        click.echo(f"\n{summary(options, Secrets.of(options.data_dir), people)}")
        ready = click.style("Ready", fg="green")
        click.echo(f"\n{ready} in {time.monotonic() - started:.1f} s. Ctrl-C ends it.")
        supervisor.watch(click.echo)


def _check_ports(options: Options) -> None:
    ports = options.ports.by_setting()
    busy = {setting: port for setting, port in ports.items() if not is_free(port)}
    if not busy:
        return
    alternatives: dict[str, int] = {}
    for setting, port in busy.items():
        alternatives[setting] = free_port_after(port, exclude={*ports.values(), *alternatives.values()})
    lines = "\n".join(f"{setting}: another program listens on {port}." for setting, port in busy.items())
    choice = " ".join(f"{setting}={port}" for setting, port in alternatives.items())
    raise WrongOption(f"{lines}\nEnd it, or choose another port, as in `make up {choice}`.")


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    # Ignore further signals: a second Ctrl-C must not interrupt the shutdown.
    for number in _STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
