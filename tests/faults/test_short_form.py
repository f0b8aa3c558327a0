"""`make faults` in short, on one system: what must hold does, and whatever is broken is seen and named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.faults.checks.checker import violations
from tests.faults.checks.facts import Facts
from tests.faults.trial.history import History, Operation
from tests.faults.trial.system import TrialSystem, running_system
from tests.faults.trial.trial import Trial, run

pytestmark = pytest.mark.faults

SEED = 7
OPERATIONS = 240
FAULTS = 5


@pytest.fixture(scope="module")
def trial_system() -> Iterator[TrialSystem]:
    with running_system() as made:
        yield made


@pytest.fixture(scope="module")
def trial(trial_system: TrialSystem) -> Trial:
    return run(trial_system, SEED, OPERATIONS, FAULTS)


def broken(history: History, facts: Facts) -> set[str]:
    return {found.invariant for found in violations(history, facts)}


def test_with_faults_every_invariant_holds(trial_system: TrialSystem, trial: Trial):
    facts = trial.facts(trial_system)
    assert trial.problems == []
    assert violations(trial.history, facts) == []
    # It had something to look at.
    assert len(trial.done) + len(trial.skipped) == FAULTS
    assert all((facts.tickets, facts.messages, facts.notifications, facts.objects, facts.ledger))
    assert len(trial.history) >= OPERATIONS


PLANTED = {
    "a message lost": ("DELETE FROM messages WHERE {one:messages}", "every acknowledged write exists once"),
    "a rating changed": (
        "UPDATE ratings SET verdict = 'correct', comment = '' WHERE {one:ratings}",
        "every acknowledged write exists once",
    ),
    "a message doubled": (
        (
            "INSERT INTO messages"
            " (id, ticket_id, store_id, position, author_id, from_support, body, created_at)"
            " SELECT new_uuid(), ticket_id, store_id, 999, author_id, from_support, body, created_at"
            " FROM messages WHERE {one:messages}"
        ),
        "every acknowledged write exists once",
    ),
    "an upload lost": (
        "DELETE FROM attachments WHERE {one:attachments}",
        "every acknowledged write exists once",
    ),
    "a number skipped": (
        "UPDATE tickets SET number = 9999 WHERE {one:tickets}",
        "ticket numbers count up without a gap",
    ),
    "a rating still pending": (
        "UPDATE ratings SET outcome = 'pending', parked_reason = NULL WHERE {one:ratings}",
        "every rating has its outcome",
    ),
    "a ticket still pending": (
        "UPDATE tickets SET status = 'pending', closed_at = NULL, parked_reason = NULL WHERE {one:tickets}",
        "every rating has its outcome",
    ),
    "a counter off by one": (
        "UPDATE quota_periods SET used = used + 1 WHERE {one:quota_periods}",
        "ledger = counter = tickets",
    ),
    "a ledger line lost": (
        "DELETE FROM quota_ledger WHERE id = (SELECT id FROM quota_ledger WHERE kind = 'consume' LIMIT 1)",
        "ledger = counter = tickets",
    ),
    "a notification doubled": (
        "UPDATE notifications SET count = count + 1 WHERE {one:notifications}",
        "every entitled person notified once",
    ),
    "a notification lost": (
        "DELETE FROM notifications WHERE {one:notifications}",
        "every entitled person notified once",
    ),
    "a stream that missed a change": (
        "UPDATE notifications SET updated_at = updated_at + interval '1 ms'",
        "streams missed nothing",
    ),
    "a job left": (
        "INSERT INTO outbox (consumer, event, payload) VALUES ('quota.check', 'rating.recorded', '{}')",
        "outbox empty",
    ),
    "a job dead": (
        (
            "INSERT INTO outbox (consumer, event, payload, dead_at)"
            " VALUES ('quota.check', 'rating.recorded', '{}', now())"
        ),
        "no row dead but those poisoned on purpose",
    ),
    "a picture nobody made": (
        "UPDATE attachments SET status = 'pending' WHERE {one:attachments}",
        "storage holds exactly what rows name",
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_planted_in_the_database_is_named(trial_system: TrialSystem, trial: Trial, planted: str):
    statement, invariant = PLANTED[planted]
    tables = ("messages", "ratings", "attachments", "tickets", "quota_periods", "notifications")
    for table in tables:
        statement = statement.replace(f"{{one:{table}}}", f"ctid = (SELECT min(ctid) FROM {table})")
    with trial_system.connection() as connection:
        # Without foreign keys: what is broken here is what they cannot hold.
        connection.execute("SET LOCAL session_replication_role = replica")
        done = connection.execute(statement)
        assert done.rowcount
        facts = trial.facts_by(connection, trial_system)
        connection.rollback()
    assert invariant in broken(trial.history, facts)


def test_more_units_than_the_limit_are_named(trial_system: TrialSystem, trial: Trial):
    """The database refuses such a row, so it is planted in what was read."""
    facts = trial.facts(trial_system)
    over = [row._replace(unit_limit=row.used - 1) for row in facts.periods if row.used]
    assert "never over the limit" in broken(trial.history, replace(facts, periods=over))


def test_objects_without_a_row_and_rows_without_an_object_are_named(trial_system: TrialSystem, trial: Trial):
    facts = trial.facts(trial_system)
    invariant = "storage holds exactly what rows name"
    for objects in ({*facts.objects, "original/half-written#1"}, set(sorted(facts.objects)[1:])):
        assert broken(trial.history, replace(facts, objects=objects)) == {invariant}


def test_an_email_to_somebody_else_and_one_under_an_id_of_its_own_are_named(
    trial_system: TrialSystem, trial: Trial
):
    facts = trial.facts(trial_system)
    for mail in (("otra@example.org", "<new@botmeni.example>"),):
        assert broken(trial.history, replace(facts, mails=[*facts.mails, mail])) == {
            "every e-mail sent, under one Message-ID"
        }


def test_a_change_the_stream_did_not_send_is_named(trial_system: TrialSystem, trial: Trial):
    facts = trial.facts(trial_system)
    received = {person: dict(list(changes.items())[1:]) for person, changes in facts.received.items()}
    assert broken(trial.history, replace(facts, received=received)) == {"streams missed nothing"}


def test_an_operation_that_nobody_answered_is_named(trial_system: TrialSystem, trial: Trial):
    history = History()
    history.operations = [
        *trial.history.operations,
        Operation(0, 9_999, "look", "somebody", "a store", "a ticket", "a mark"),
    ]
    assert broken(history, trial.facts(trial_system)) == {"every operation is answered"}
