"""Part of `make check`: all migrations together create the schema that the models declare."""

from __future__ import annotations

import sys

from alembic import command
from alembic.util import CommandError

from deploy.local.engines.postgres import Postgres
from deploy.local.engines.scratch import scratch_folder
from shared.db import migrations


def main() -> int:
    """Upgrade a new database, downgrade, upgrade again and compare; return 1 and print any differences."""
    with scratch_folder() as folder:
        server = Postgres(folder / "postgres", settings={"fsync": "off"})
        server.start()
        try:
            config = migrations.config(server.url)
            command.upgrade(config, "head")
            command.downgrade(config, "base")
            command.upgrade(config, "head")
            command.check(config)
        except CommandError as difference:
            print(difference)
            return 1
        finally:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
