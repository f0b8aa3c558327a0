"""Settings are read once, all of them, and every wrong one is named before anything starts."""

import dataclasses

import pytest

from shared.config import settings
from shared.config.settings import InvalidSettings, Settings, load

NEEDED = {
    "DATABASE_URL": "postgresql+psycopg://user@host/name",
    "REDIS_URL": "redis://host:6379/0",
    "SECRET_KEY": "k" * 32,
}


@pytest.fixture(autouse=True)
def _only_what_is_needed(monkeypatch: pytest.MonkeyPatch):
    """An environment with no more settings than a start needs; `.env` of this machine plays no part."""
    monkeypatch.setattr("environs.Env.read_env", lambda *_, **__: None)
    for name in settings.names():
        monkeypatch.delenv(name, raising=False)
    for name, value in NEEDED.items():
        monkeypatch.setenv(name, value)


def error_of_dead_job() -> str:
    with pytest.raises(InvalidSettings) as refused:
        load()
    return str(refused.value)


def test_what_is_needed_and_defaults_are_enough():
    loaded = load()
    assert loaded.redis_url == NEEDED["REDIS_URL"]
    for field in dataclasses.fields(Settings):
        if field.default is not dataclasses.MISSING:
            assert getattr(loaded, field.name) == field.default


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_one_is_named_with_its_meaning(name, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(name)
    meaning = {field.name.upper(): field.metadata["help"] for field in dataclasses.fields(Settings)}[name]
    assert name in error_of_dead_job()
    assert meaning in error_of_dead_job()


def test_every_wrong_one_is_named_not_only_the_first(monkeypatch: pytest.MonkeyPatch):
    wrong = {
        "SECRET_KEY": "short",
        "ENVIRONMENT": "staging",
        "LOG_LEVEL": "LOUD",
        "JWT_ALGORITHM": "none",
        "DATABASE_POOL_SIZE": "0",
        "MAX_BODY_BYTES": "1 MiB",
        "OUTBOX_BATCH_SIZE": "-1",
        "OUTBOX_BACKOFF_SECONDS": "soon",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("REDIS_URL")
    text = error_of_dead_job()
    assert [name for name in [*wrong, "REDIS_URL"] if name not in text] == []
    assert "DATABASE_URL" not in text


@pytest.mark.parametrize("algorithm", ["none", "HS256", "HS512"])
def test_only_algorithms_with_a_private_and_a_public_key_are_accepted(algorithm, monkeypatch):
    monkeypatch.setenv("JWT_ALGORITHM", algorithm)
    assert "JWT_ALGORITHM" in error_of_dead_job()


def test_settings_cannot_be_changed_afterwards():
    with pytest.raises(dataclasses.FrozenInstanceError):
        load().log_level = "DEBUG"  # type: ignore[misc] # what mypy forbids, Python must too


def test_values_have_their_types(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OUTBOX_LEASE_SECONDS", "2")
    monkeypatch.setenv("OUTBOX_BACKOFF_SECONDS", "0.5")
    loaded = load()
    assert (loaded.outbox_lease_seconds, loaded.outbox_backoff_seconds) == (2, 0.5)


def test_a_secret_may_be_in_a_file(monkeypatch, tmp_path):
    path = tmp_path / "secret_key"
    path.write_text("f" * 40 + "\n", encoding="utf-8")
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setenv("SECRET_KEY_FILE", str(path))
    assert load().secret_key == "f" * 40


def test_a_file_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "nothing"))
    assert "SECRET_KEY_FILE" in error_of_dead_job()


def test_the_broker_is_redis_unless_another_is_named(monkeypatch: pytest.MonkeyPatch):
    assert load().broker == NEEDED["REDIS_URL"]
    monkeypatch.setenv("BROKER_URL", "amqp://user:secret@host:5672//")
    loaded = load()
    assert (loaded.broker, loaded.redis_url) == ("amqp://user:secret@host:5672//", NEEDED["REDIS_URL"])


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        (
            "REDIS_URL",
            "amqp://host",
            "Must be redis://… or rediss://…; a broker of another kind is BROKER_URL.",
        ),
        ("BROKER_URL", "sqs://", "Must be redis(s)://… or amqp(s)://user:password@host:port/vhost."),
        ("BROKER_URL", "host:5672", "Must be redis(s)://… or amqp(s)://user:password@host:port/vhost."),
    ],
)
def test_a_broker_of_another_kind_is_refused_by_name(name, value, expected, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, value)
    text = error_of_dead_job()
    assert name in text
    assert expected in text
