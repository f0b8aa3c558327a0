"""`doctor` against engines that are really broken: away, behind, too open, evicting, out of step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import redis
import time_machine
from sqlalchemy import make_url

from deploy.local.engines.postgres import Postgres
from deploy.local.engines.redis_server import RedisServer
from deploy.local.engines.scratch import scratch_folder
from deploy.local.host.ports import free_port
from shared.clock import now
from shared.db import migrations
from tests.support.clients.command_line import botmeni
from tests.support.clients.doctor import findings, wrong
from tests.support.configured import configured
from tests.support.processes.servers import serving


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """A server of the file's own: roles and broken databases stay on it."""
    with (
        scratch_folder() as folder,
        serving(Postgres(folder / "postgres", settings={"fsync": "off"})) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def broker() -> Iterator[RedisServer]:
    with scratch_folder() as folder, serving(RedisServer(folder / "redis", append_only=True)) as made:
        yield made


@pytest.fixture
def settings(broker: RedisServer, database_url: str, tmp_path: Path) -> Iterator[None]:
    with configured(redis_url=broker.url, data_dir=tmp_path):
        yield


def database(server: Postgres, name: str, revision: str | None = "head") -> str:
    url = server.url_of(name)
    plain = make_url(server.url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    if revision:
        migrations.upgrade(url, revision)
    return url


def test_good_engines_are_good(settings: None):
    found = findings()
    for check in ("database", "migrations", "clock", "Redis", "Redis eviction", "Redis persistence"):
        assert found[check].state == "ok", found[check]


def test_a_database_that_is_away(settings: None, tmp_path: Path):
    with configured(database_url=f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/none"):
        typed = botmeni("doctor")
        found = findings()
    assert typed.code == 1
    assert "✗ database: does not let us in" in typed.out
    assert "→ Start PostgreSQL, or correct DATABASE_URL" in typed.out
    assert found["schema, clock, jobs"].state == "skipped"
    # The others are looked at all the same.
    assert found["Redis"].state == "ok"


def test_a_database_that_is_empty(settings: None, server: Postgres):
    with configured(database_url=database(server, "empty", None)):
        assert wrong("migrations").said == "the database is empty"


def test_a_database_behind_in_migration(settings: None, server: Postgres):
    with configured(database_url=database(server, "behind", "0009")):
        found = wrong("migrations")
    assert found.said == f"at 0009, this release needs {migrations.head()}"
    assert "python -m shared.db.migrations" in found.todo


def test_a_database_ahead_of_this_release(settings: None, server: Postgres):
    url = database(server, "ahead")
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with configured(database_url=url):
        assert "does not know" in wrong("migrations").said


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ("LOGIN SUPERUSER", "can step over"),
        ("LOGIN BYPASSRLS", "can step over"),
        ("NOLOGIN", "does not get in"),
        ("LOGIN", ""),
    ],
)
def test_the_role_of_the_api(settings: None, server: Postgres, attributes: str, said: str):
    url = database(server, "roles")
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS doctored")
        connection.execute(f"CREATE ROLE doctored PASSWORD 'x' {attributes}")
        connection.execute("GRANT botmeni_api TO doctored")
    of_role = make_url(url).set(username="doctored").render_as_string(hide_password=False)
    keys = f"http://127.0.0.1:{free_port()}/keys"
    with configured(database_url=url, api_database_url=of_role, environment="production", jwt_jwks_url=keys):
        found = findings()
    assert found["API role"].state == ("wrong" if said else "ok")
    assert said in found["API role"].said
    assert found["token keys"].state == "wrong"
    assert keys in found["token keys"].said


@pytest.mark.parametrize(("hours", "said"), [(1, "behind this host"), (-1, "ahead of this host")])
def test_a_host_whose_clock_is_wrong(settings: None, hours: int, said: str):
    with time_machine.travel(now() + timedelta(hours=hours)):
        found = wrong("clock")
    assert found.said in {f"the database is {seconds} s {said}" for seconds in range(3595, 3606)}
    assert "NTP" in found.todo


def test_a_redis_that_is_away(settings: None):
    with configured(redis_url=f"redis://127.0.0.1:{free_port()}/0"):
        assert "does not let us in" in wrong("Redis").said


def test_a_redis_that_asks_for_a_password(settings: None, broker: RedisServer):
    with redis.Redis.from_url(broker.url) as client:
        client.config_set("requirepass", "secret")
        try:
            assert "does not let us in" in wrong("Redis").said
        finally:
            client.execute_command("AUTH", "secret")
            client.config_set("requirepass", "")


@contextmanager
def set_to(broker: RedisServer, name: str, value: str) -> Iterator[None]:
    """Redis with another value of a setting, until the block ends."""
    with redis.Redis.from_url(broker.url, decode_responses=True) as client:
        before = client.config_get(name)[name]
        client.config_set(name, value)
        try:
            yield
        finally:
            client.config_set(name, before)


@pytest.mark.parametrize("policy", ["allkeys-lru", "volatile-ttl"])
def test_a_redis_that_evicts(settings: None, broker: RedisServer, policy: str):
    with set_to(broker, "maxmemory-policy", policy):
        assert policy in wrong("Redis eviction").said


def test_a_redis_that_forgets_when_it_restarts(settings: None, broker: RedisServer):
    with set_to(broker, "appendonly", "no"):
        assert "appendonly yes" in wrong("Redis persistence").todo


def test_a_redis_that_is_nearly_full(settings: None, broker: RedisServer):
    with redis.Redis.from_url(broker.url) as client:
        used = client.info("memory")["used_memory"]
    with set_to(broker, "maxmemory", str(int(used * 1.2))):
        assert "% of maxmemory is used" in wrong("Redis memory").said
