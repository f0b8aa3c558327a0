"""`python -m deploy.local.demo.mailbox` receives e-mails and shows them in a browser.

Its command `show` prints the newest.
"""

from __future__ import annotations

import signal
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import click
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.demo.mailbox.mail_store import MailStore, body_text
from deploy.local.demo.mailbox.page import Handler
from deploy.local.options import Options

_MAX_BYTES = 10_000_000


class SmtpHandler:
    """Stores every e-mail, whatever its recipient."""

    def __init__(self, mails: MailStore) -> None:
        self.mails = mails

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - aiosmtpd's names
        """Store an e-mail and return the SMTP reply."""
        content = envelope.original_content or b""
        return f"250 Kept as {self.mails.add(content).name}"


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Catch e-mails on SMTP_PORT and show them on MAILBOX_PORT, both of 127.0.0.1, until stopped."""
    if context.invoked_subcommand is None:
        options = Options.load()
        serve(MailStore(folder(options)), options.ports.mailbox, options.ports.smtp)


@main.command()
@click.argument("count", type=click.IntRange(min=1), default=1)
def show(count: int) -> None:
    """Print the newest COUNT e-mails, headers and text part."""
    mails = MailStore(folder(Options.load()))
    names = mails.names()[:count]
    if not names:
        click.echo("No e-mails yet.")
    for name in names:
        message = mails.read(name)
        if message is not None:
            text = body_text(message, "plain")
            click.echo(f"{message['Date']}  {message['To']}\n{message['Subject']}\n\n{text}\n")


def folder(options: Options) -> Path:
    """Return the folder of the stored e-mails."""
    return options.data_dir / "mail"


def serve(mails: MailStore, page_port: int, smtp_port: int) -> None:
    """Run the SMTP server and the web page until SIGTERM or SIGINT."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    handler = type("MailboxHandler", (Handler,), {"mails": mails})
    smtp = Controller(SmtpHandler(mails), hostname="127.0.0.1", port=smtp_port, data_size_limit=_MAX_BYTES)
    with ThreadingHTTPServer(("127.0.0.1", page_port), handler) as page:
        page.daemon_threads = True
        threading.Thread(target=page.serve_forever, daemon=True).start()
        smtp.start()
        stopping.wait()
        smtp.stop()
        page.shutdown()


main()
