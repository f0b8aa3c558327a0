"""Part of `make check`: an empty database after all migrations is what the models say."""

from __future__ import annotations

import sys

from alembic import command
from alembic.util import CommandError

from deploy.local.engines.postgres import Postgres
from deploy.local.engines.scratch import scratch_folder
from shared.db import migrations


def main() -> int:
    """Migrate a new database there and back and there again, then compare; 1 with the differences."""
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
