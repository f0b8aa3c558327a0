"""`python -m deploy.local.demo.mailbox`: catches e-mails for a browser to show; `show` prints the newest."""

from __future__ import annotations

import signal
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import click
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.demo.mailbox.mail_store import Mailbox, part
from deploy.local.demo.mailbox.page import Handler
from deploy.local.options import Options

_LARGEST_BYTES = 10_000_000


class Catcher:
    """Keeps whatever comes, whoever it is for."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - aiosmtpd's names
        """Take an e-mail once it is on disk."""
        content = envelope.original_content or b""
        return f"250 Kept as {self.mailbox.keep(content).name}"


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Catch e-mails on SMTP_PORT and show them on MAILBOX_PORT, both of 127.0.0.1, until told to stop."""
    if context.invoked_subcommand is None:
        options = Options.load()
        serve(Mailbox(folder(options)), options.ports.mailbox, options.ports.smtp)


@main.command()
@click.argument("count", type=click.IntRange(min=1), default=1)
def show(count: int) -> None:
    """Print the newest COUNT e-mails, headers and text part."""
    mailbox = Mailbox(folder(Options.load()))
    names = mailbox.names()[:count]
    if not names:
        click.echo("No e-mails yet.")
    for name in names:
        message = mailbox.read(name)
        if message is not None:
            click.echo(
                f"{message['Date']}  {message['To']}\n{message['Subject']}\n\n{part(message, 'plain')}\n"
            )


def folder(options: Options) -> Path:
    """Where e-mails are kept."""
    return options.data_dir / "mail"


def serve(mailbox: Mailbox, page_port: int, smtp_port: int) -> None:
    """Catch and show until SIGTERM or SIGINT."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    handler = type("MailboxHandler", (Handler,), {"mailbox": mailbox})
    catcher = Controller(
        Catcher(mailbox), hostname="127.0.0.1", port=smtp_port, data_size_limit=_LARGEST_BYTES
    )
    with ThreadingHTTPServer(("127.0.0.1", page_port), handler) as page:
        page.daemon_threads = True
        threading.Thread(target=page.serve_forever, daemon=True).start()
        catcher.start()
        stopping.wait()
        catcher.stop()
        page.shutdown()


main()
