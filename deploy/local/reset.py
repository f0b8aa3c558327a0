"""`make reset` empties the data folder of the local mode."""

from __future__ import annotations

import shutil
import sys

from deploy.local.host.orphans import end_orphan
from deploy.local.options import Options, WrongOption
from deploy.local.processes.lock import LOCK_NAME, AlreadyRunning, lock_data_dir


def main() -> int:
    """Remove everything but the lock file; return 1 and print why where something stays."""
    try:
        folder = Options.load().data_dir
        with lock_data_dir(folder, "`make reset`"):
            postgres, redis = folder / "postgres", folder / "redis"
            end_orphan(postgres / "postmaster.pid", program="postgres", folder=postgres)
            end_orphan(redis / "redis.pid", program="redis-server", folder=redis)
            for path in folder.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                elif path.name != LOCK_NAME:
                    path.unlink()
    except AlreadyRunning as running:
        print(f"Nothing was removed: {running} runs. End it with Ctrl-C first.")
        return 1
    except PermissionError as error:
        print(f"Not all was removed: {error.filename} belongs to another user; reset as that one.")
        return 1
    except WrongOption as error:
        print(error)
        return 1
    print(f"{folder} is empty.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
