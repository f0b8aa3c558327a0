"""All settings as one object: read from the environment, validated at start, never changed afterwards.

Each field below is a setting; its environment variable is the field's name in capitals. A variable with
`_FILE` appended names a file that holds the value, as container secrets do. `python -m
shared.config.settings` prints `.env.example` from the same table.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_type_hints

from environs import EnvValidationError, FileAwareEnv, validate

from shared.config import rules
from shared.config.rules import setting as _setting

Environment = Literal["production", "local"]
LogFormat = Literal["auto", "json", "console"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting of every process."""

    database_url: str = _setting("PostgreSQL, as postgresql+psycopg://user:password@host/name")
    api_database_url: str = _setting(
        "PostgreSQL as the API's own role, which row security restricts; required in production; empty in the"
        " local mode: DATABASE_URL with that role set",
        "",
    )
    redis_url: str = _setting(
        "Redis, as redis://host:6379/0: Celery's broker, and the channel that wakes the live stream",
        validate=rules.redis_address,
    )
    broker_url: str = _setting(
        "Celery's broker, if it is not REDIS_URL: redis://… or, for RabbitMQ, amqp://user:password@host:5672//;"
        " empty: REDIS_URL",
        "",
        validate=rules.broker_address,
    )

    environment: Environment = _setting(
        "local opens the development sign-in under /dev; anything public is production",
        "production",
        validate=validate.OneOf(["production", "local"]),
    )
    data_dir: Path = _setting("Folder for the local mode's data", Path(".data"))
    log_level: str = _setting(
        "DEBUG, INFO, WARNING or ERROR",
        "INFO",
        validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]),
    )
    log_format: LogFormat = _setting(
        "json, console for reading by eye, or auto: console on a terminal, else json",
        "auto",
        validate=validate.OneOf(["auto", "json", "console"]),
    )

    metrics_port: int = _setting(
        "Port of /metrics for Prometheus; processes of one machine with the same port add up their metrics,"
        " and one of them answers; 0: no metrics",
        0,
        validate=validate.Range(min=0, max=65_535),
    )
    metrics_host: str = _setting(
        "Address /metrics listens on; one that other machines reach needs a network without strangers",
        "127.0.0.1",
    )
    metrics_dir: str = _setting(
        "Folder of the metrics of processes with the same port; empty: `metrics` in DATA_DIR", ""
    )

    otel_exporter_otlp_endpoint: str = _setting(
        "Collector of OpenTelemetry traces (OTLP over HTTP), as http://collector:4318; empty: no traces",
        "",
        validate=rules.collector_address,
    )

    secret_key: str = _setting(
        "Signs list cursors and links in e-mails; at least 32 characters, the same for every process",
        validate=validate.Length(min=32),
    )
    jwt_issuer: str = _setting("The `iss` every token must carry", "https://identity.botmeni.example")
    jwt_audience: str = _setting("The `aud` every token must carry", "botmeni-tickets")
    jwt_algorithm: str = _setting(
        "The one signature algorithm accepted",
        "EdDSA",
        validate=validate.OneOf(["EdDSA", "ES256", "RS256"]),
    )
    jwt_jwks_url: str = _setting("Where the issuer publishes its keys; required outside the local mode", "")
    jwt_leeway_seconds: int = _setting("Clock difference that is tolerated when a token is verified", 30)

    database_pool_size: int = _setting("Connections one process keeps open", 10, validate=rules.positive)
    statement_timeout_ms: int = _setting("Longest a statement may run", 15_000, validate=rules.positive)
    lock_timeout_ms: int = _setting("Longest a statement may wait for a lock", 5_000, validate=rules.positive)

    rate_limit: str = _setting(
        "Requests allowed for a person, or for the address of someone not signed in; empty: any number",
        "600 per minute",
    )
    rate_limit_storage_url: str = _setting(
        "Where requests are counted: memory:// by each process for itself, redis://… by all of them together",
        "memory://",
    )
    proxy_hops: int = _setting(
        "Reverse proxies in front of the API; the caller's address is what the first of them says",
        0,
        validate=rules.not_negative,
    )
    allowed_origins: str = _setting(
        "Origins of web pages that may call the API, as https://app.example.com, separated by commas", ""
    )
    stream_url: str = _setting(
        "Where the page finds the live stream; a path when a proxy puts it behind the API's address",
        "/v1/stream",
    )
    idempotency_hours: int = _setting(
        "How long the answer to a call with an Idempotency-Key is kept, at least", 24, validate=rules.positive
    )

    retention_closed_tickets_days: int = _setting(
        "How long a closed ticket stays, with its conversation, pictures, rating and question; 0: for ever",
        0,
        validate=rules.not_negative,
    )
    retention_notifications_days: int = _setting(
        "How long a notification stays, read or not; 0: for ever", 365, validate=rules.not_negative
    )
    retention_deliveries_days: int = _setting(
        "How long the log of e-mails and webhook calls stays; 0: for ever", 90, validate=rules.not_negative
    )
    retention_dead_jobs_days: int = _setting(
        "How long a dead job stays for an operator; 0: for ever", 0, validate=rules.not_negative
    )
    retention_audit_days: int = _setting(
        "How long the log of what operators did stays; 0: for ever", 1_095, validate=rules.not_negative
    )

    max_body_bytes: int = _setting("Largest request body in bytes", 1_048_576, validate=rules.positive)

    storage_url: str = _setting(
        "Where pictures are kept: file:///folder or s3://bucket/prefix; empty: `pictures` in DATA_DIR",
        "",
        validate=validate.Regexp(r"(file:///.+|s3://[^/]+.*)?$", error="Must be file:///… or s3://…."),
    )
    s3_endpoint: str = _setting("Address of an S3-compatible storage; empty: Amazon's own", "")
    s3_public_endpoint: str = _setting(
        "The same as browsers reach it, for signed addresses; empty: S3_ENDPOINT", ""
    )
    s3_region: str = _setting("Region of the bucket", "us-east-1")
    s3_access_key_id: str = _setting("Key to the bucket; empty: the machine's own role", "")
    s3_secret_access_key: str = _setting("Secret of that key", "")
    storage_timeout_seconds: int = _setting("Longest one call to S3 may take", 10, validate=rules.positive)

    attachment_max_bytes: int = _setting("Largest upload in bytes", 10_485_760, validate=rules.positive)
    attachments_per_message: int = _setting("Most pictures with one message", 8, validate=rules.positive)
    attachment_store_bytes: int = _setting(
        "Most bytes that all pictures of a store may occupy", 5_368_709_120, validate=rules.positive
    )
    attachment_loose_hours: int = _setting(
        "How long an upload is kept that is not attached to anything, or not processed",
        24,
        validate=rules.positive,
    )
    attachment_max_megapixels: int = _setting(
        "Largest picture in millions of pixels", 50, validate=rules.positive
    )
    attachment_max_frames: int = _setting(
        "Frames of an animation that are kept", 200, validate=rules.positive
    )
    attachment_animation_megapixels: int = _setting(
        "Most millions of pixels in all kept frames of an animation together; further frames are dropped",
        25,
        validate=rules.positive,
    )
    decoder_memory_mib: int = _setting("Memory one picture may take, in MiB", 512, validate=rules.positive)
    decoder_cpu_seconds: int = _setting("Processor time one picture may take", 8, validate=rules.positive)
    decoder_wall_seconds: float = _setting("Time one picture may take", 9.0)

    public_url: str = _setting(
        "Where people reach the page; links in e-mails begin with it",
        "http://127.0.0.1:8000",
        validate=validate.Regexp(r"https?://[^/\s]+(/[^\s?#]*)?$", error="Must be http(s)://host…."),
    )
    smtp_url: str = _setting(
        "E-mail server: smtps://user:password@host:465 or smtp://user:password@host:587?starttls=required;"
        " empty: no e-mail is sent",
        "",
        validate=validate.Regexp(
            r"(smtps?://([^@/\s]+@)?[^@/\s?]+(\?starttls=required)?)?$",
            error="Must be smtp(s)://user:password@host:port, for smtp with ?starttls=required if wanted.",
        ),
    )
    smtp_timeout_seconds: float = _setting("Longest the e-mail server may take for one answer", 10.0)
    email_from: str = _setting("Sender of e-mails, as Name <address>", "Botmeni <tickets@botmeni.example>")
    email_reply_to: str = _setting("Where answers to e-mails go; empty: to the sender", "")
    email_grace_seconds: int = _setting(
        "How long an e-mail waits, in case its person reads the notification or the ticket has more news",
        120,
        validate=rules.not_negative,
    )

    webhook_ports: str = _setting(
        "Ports that webhooks may be called at, separated by commas; empty: any",
        "443",
        validate=validate.Regexp(r"(\d{1,5}(\s*,\s*\d{1,5})*)?$", error="Must be ports, as 443, 8443."),
    )
    webhook_timeout_seconds: float = _setting("Longest one call of a webhook may take in all", 15.0)
    webhook_allow_loopback: bool = _setting(
        "Let webhooks call this machine, for trying them out; has an effect in the local mode only", False
    )

    outbox_lease_seconds: int = _setting(
        "A job that is not done this long after it was dispatched is dispatched again", 30
    )
    outbox_batch_size: int = _setting("Most jobs one Celery message carries", 1000, validate=rules.positive)
    outbox_queue_depth: int = _setting(
        "Messages in a queue at which the relay stops dispatching to it and leaves jobs in PostgreSQL",
        8,
        validate=rules.positive,
    )
    outbox_poll_ms: int = _setting(
        "Pause of a relay between two rounds, in milliseconds", 20, validate=rules.positive
    )
    subscriptions: str = _setting(
        "Events that other services get and the queue of each, as ticket.closed=analytics,"
        " ticket.opened=analytics, ticket.closed=crm",
        "",
    )
    subscription_queue_depth: int = _setting(
        "Messages in a subscriber's queue at which the relay stops sending and leaves them in PostgreSQL",
        1_000,
        validate=rules.positive,
    )
    outbox_max_attempts: int = _setting("Failures after which a job is dead", 12, validate=rules.positive)
    outbox_backoff_seconds: float = _setting("Pause after a first failure; it doubles each time", 1.0)
    outbox_backoff_max_seconds: float = _setting("Longest pause after a failure", 900.0)

    @property
    def broker(self) -> str:
        """Address of Celery's broker."""
        return self.broker_url or self.redis_url


class InvalidSettings(Exception):
    """Settings are missing or malformed; the text names each and what was expected."""


def names() -> Iterator[str]:
    """Environment variables of all settings, in the order of the table."""
    return (field.name.upper() for field in dataclasses.fields(Settings))


def load() -> Settings:
    """Read all settings from the environment and the project's `.env`; the environment has priority.

    Raises `InvalidSettings`, which names every wrong setting, not only the first.
    """
    env = FileAwareEnv(eager=False, strip_whitespace=True)
    env.read_env(Path(__file__).parents[2] / ".env", recurse=False)
    readers: dict[type, Callable[..., Any]] = {int: env.int, float: env.float, bool: env.bool, Path: env.path}
    hints = get_type_hints(Settings)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(Settings):
        read = readers.get(hints[field.name], env.str)
        default = {} if field.default is dataclasses.MISSING else {"default": field.default}
        try:
            values[field.name] = read(field.name.upper(), **default, **field.metadata["rules"])
        except ValueError as error:  # an unreadable file; other errors are collected
            raise InvalidSettings(f"Wrong settings:\n{error}") from None
    try:
        env.seal()
    except EnvValidationError as error:
        help_of = {field.name.upper(): field.metadata["help"] for field in dataclasses.fields(Settings)}
        raise InvalidSettings(rules.format_errors(error, help_of)) from None
    return Settings(**values)


@functools.cache
def settings() -> Settings:
    """The settings of this process."""
    return load()


def example() -> str:
    """The text of `.env.example`: every setting with its meaning and default."""
    blocks = []
    for field in dataclasses.fields(Settings):
        given = "" if field.default is dataclasses.MISSING else str(field.default)
        blocks.append(f"# {field.metadata['help']}\n# {field.name.upper()}={given}\n")
    return "\n".join(blocks)


if __name__ == "__main__":
    print(example(), end="")
