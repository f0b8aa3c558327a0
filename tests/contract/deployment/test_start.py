"""Every command of compose.yaml starts, in production, on PostgreSQL with its roles and on Redis."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import conninfo
from sqlalchemy import make_url, text

from deploy.local.engines.embedded import Engines
from deploy.local.engines.postgres_wheel import binary
from deploy.local.engines.scratch import scratch_folder
from deploy.local.host.child import Child
from deploy.local.host.ports import Ports
from deploy.local.options import ROOT
from shared.db import migrations
from tests.contract.deployment.manifests import DOCKER, Document, compose, ours
from tests.support.processes.databases import connect
from tests.support.waiting import until

ISSUER = "http://127.0.0.1:9/jwks.json"
"""Nobody answers there; keys are asked for with the first token, not at the start."""


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that a server's account may enter."""
    with scratch_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def engines(place: Path) -> Iterator[Engines]:
    with Engines(place, redis_append_only=True) as started:
        yield started


@pytest.fixture(scope="module")
def secrets(place: Path, engines: Engines) -> dict[str, str]:
    """What the secrets' files hold, on a server that roles.sql has been run on."""
    folder = place / "secrets"
    folder.mkdir()
    for name in ("database_owner_password", "database_api_password"):
        (folder / name).write_text('it\'s a "password" $(x)', encoding="utf-8")
    url = make_url(engines.database_url)
    server = conninfo.make_conninfo(host=str(url.query["host"]), user=str(url.username), dbname="postgres")
    command = [str(binary("psql")), "-X", "-q", "-f", str(DOCKER / "roles.sql"), server]
    done = subprocess.run(
        command,
        env={"BOTMENI_SECRETS": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return {
        "database_url": url.set(username="botmeni", database="botmeni").render_as_string(hide_password=False),
        "api_database_url": url.set(username="botmeni_api", database="botmeni").render_as_string(
            hide_password=False
        ),
        "redis_url": engines.redis_url,
        "secret_key": "k" * 40,
        "smtp_url": "",
    }


class Containers:
    """Programs started as compose.yaml says, each in an empty folder with a data folder of its own."""

    def __init__(self, place: Path, secrets: dict[str, str]) -> None:
        self._place = place
        self._secrets = secrets
        self.children: dict[str, Child] = {}
        self._environments: dict[str, dict[str, str]] = {}

    def start(self, name: str, service: Document) -> Child:
        """Start a service's command."""
        folder = self._place / name
        folder.mkdir()
        environment = self._environments[name] = self._environment(folder, service["environment"])
        command = [sys.executable, "-m", "deploy.start", *service["command"]]
        child = Child(name, command, log=self._place / f"{name}.log", environment=environment, folder=folder)
        self.children[name] = child
        child.start()
        return child

    def is_well(self, name: str, service: Document) -> bool:
        """What the service's own health check says."""
        asked = [sys.executable, *service["healthcheck"]["test"][2:]]
        done = subprocess.run(asked, env=self._environments[name], cwd=ROOT, capture_output=True, check=False)
        return done.returncode == 0

    def _environment(self, folder: Path, extra: dict[str, str]) -> dict[str, str]:
        """The service's own, secrets' files and ports being this machine's."""
        values = {
            "JWT_JWKS_URL": ISSUER,
            "PUBLIC_URL": "https://tickets.example.com",
            "STORAGE_URL": f"file://{folder}/data/pictures",
        }
        given = {}
        for name, value in extra.items():
            if value.startswith("/run/secrets/"):
                path = folder.parent / "secrets" / value.removeprefix("/run/secrets/")
                path.write_text(self._secrets[path.name] + "\n", encoding="utf-8")
                given[name] = str(path)
            elif name in values:
                given[name] = values[name]
            elif not value.startswith("${"):
                given[name] = value
        ports = Ports.free()
        (folder / "data").mkdir()
        return given | {
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder / "data"),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "GRANIAN_HOST": "127.0.0.1",
            "GRANIAN_PORT": str(ports.api),
            "FLOWER_ADDRESS": "127.0.0.1",
            "FLOWER_PORT": str(ports.flower),
            "FLOWER_BASIC_AUTH": "operator:0123456789ab",
            "METRICS_PORT": str(ports.api_metrics),
            "METRICS_DIR": str(folder / "data" / "metrics"),
            "DATA_DIR": str(folder / "data"),
        }


@pytest.fixture(scope="module")
def containers(place: Path, secrets: dict[str, str]) -> Iterator[Containers]:
    made = Containers(place, secrets)
    yield made
    for child in made.children.values():
        child.stop(30)


@pytest.fixture(scope="module")
def migrated(containers: Containers) -> Containers:
    migration = containers.start("migrate", compose()["services"]["migrate"])
    assert migration.wait(60)
    assert migration.exit_code == 0, migration.output()
    return containers


def test_the_migration_makes_the_schema_as_its_owner_and_row_security_binds_the_api(migrated, secrets):
    memberships = text("SELECT count(*) FROM pg_auth_members WHERE member = 'botmeni_api'::regrole")
    owners = text("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
    with connect(secrets["api_database_url"]).begin() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == migrations.head()
        assert connection.scalars(owners).all() == ["botmeni"]
        assert connection.scalar(memberships) == 0
    with connect(secrets["database_url"]).begin() as connection:
        known = text(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'botmeni%' AND (rolsuper OR rolbypassrls)"
        )
        assert connection.scalars(known).all() == []


@pytest.mark.parametrize("name", sorted(set(ours(compose())) - {"migrate"}))
def test_it_starts_and_its_own_check_finds_it_well(migrated: Containers, name: str):
    service = compose()["services"][name]
    assert migrated.start(name, service).running
    if name == "beat":
        # Its check reads what it writes down every three minutes; the first time at its start.
        until(lambda: list((migrated._place / name / "data").glob("beat-schedule*")))
    until(lambda: migrated.is_well(name, service) or migrated.children[name].exit_code is not None)
    assert migrated.children[name].running, migrated.children[name].output()
    # A read-only file system would have refused it.
    assert [path.name for path in (migrated._place / name).iterdir()] == ["data"]
    if name.startswith("worker"):
        migrated.children[name].stop(30)
    assert migrated.is_well(name, service) is not name.startswith("worker")
