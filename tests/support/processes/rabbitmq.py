"""A real RabbitMQ of the test's own, where the machine has one; its engine comes in no wheel."""

from __future__ import annotations

import shutil
from pathlib import Path

from kombu import Connection
from kombu.exceptions import OperationalError

from deploy.local.host.child import Child
from deploy.local.host.ports import free_port
from shared.messaging.broker.amqp import OUTAGE_ERRORS

ABSENT = "no rabbitmq-server on this machine (Debian: apt install rabbitmq-server)"

# Debian's command in PATH starts it for one account alone; this is what that one runs.
_OF_DEBIAN = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
_STARTS_WITHIN_SECONDS = 90


def command() -> str | None:
    """The server's program; None where there is none, or not the Erlang port mapper that it needs."""
    found = str(_OF_DEBIAN) if _OF_DEBIAN.exists() else shutil.which("rabbitmq-server")
    return found if shutil.which("epmd") else None


class RabbitServer:
    """One server on 127.0.0.1 with its data in `folder`, beside a port mapper of its own."""

    def __init__(self, folder: Path) -> None:
        """Describe a server; call only where `command` gives something."""
        port, mapper_port = free_port(), free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{port}//"
        mapped = {"ERL_EPMD_PORT": str(mapper_port), "ERL_EPMD_ADDRESS": "127.0.0.1"}
        environment = {
            **mapped,
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_CONFIG_FILE": str(folder / "none"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_USE_LONGNAME": "true",
            "RABBITMQ_NODENAME": f"botmeni-{port}@127.0.0.1",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "logs"),
            "RABBITMQ_LOGS": "-",
        }
        folder.mkdir(parents=True, exist_ok=True)
        mapper = str(shutil.which("epmd"))
        self._mapper = Child("epmd", [mapper], log=folder / "epmd.log", environment=mapped, folder=folder)
        self.process = Child(
            "rabbitmq", [str(command())], log=folder / "rabbitmq.log", environment=environment, folder=folder
        )

    def start(self) -> None:
        """Start, and wait until it answers. Raises `ChildFailed` with the server's log."""
        if not self._mapper.running:
            self._mapper.start()
        self.process.start()
        self.process.wait_until(self._answers, _STARTS_WITHIN_SECONDS)

    def stop(self) -> None:
        """End both; nothing in its folder is needed any more."""
        self.process.kill()
        self._mapper.kill()

    def _answers(self) -> bool:
        try:
            with Connection(self.url, connect_timeout=2) as connection:
                connection.connect()
        except (OperationalError, *OUTAGE_ERRORS):
            return False
        return True
