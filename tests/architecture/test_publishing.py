"""Nothing but the outbox sends a Celery task, and nobody delays one through the broker."""

import ast

import pytest

from tests.architecture.source_tree import calls, files, read

OUTBOX = "shared/messaging/outbox/"
SENDS = {"send_task", "apply_async", "delay"}
DELAYS = {"countdown", "eta"}  # Redis delivers these again once the visibility timeout is over


def sends(source: str) -> list[str]:
    """The lines that hand a task to the broker."""
    return [
        f"line {line}: .{name}()"
        for line, name, call in calls(source)
        if name in SENDS and isinstance(call.func, ast.Attribute)
    ]


def delays(source: str) -> list[str]:
    """The lines that ask the broker to wait."""
    return [
        f"line {line}: {keyword.arg}="
        for line, _, call in calls(source)
        for keyword in call.keywords
        if keyword.arg in DELAYS
    ]


def test_only_the_outbox_sends_tasks():
    found = {
        str(path): sends(read(path))
        for path in files(".py", under=("services", "shared", "deploy"))
        if not str(path).startswith(OUTBOX)
    }
    assert not {path: lines for path, lines in found.items() if lines}


def test_every_delay_is_a_due_time_in_the_outbox():
    found = {str(path): delays(read(path)) for path in files(".py", under=("services", "shared", "deploy"))}
    assert not {path: lines for path, lines in found.items() if lines}


@pytest.mark.parametrize("source", ["app.send_task('x')", "task.apply_async((1,))", "open_ticket.delay(1)"])
def test_a_planted_task_is_found(source: str):
    assert sends(source)


@pytest.mark.parametrize("source", ["task.retry(countdown=5)", "app.send_task('x', eta=tomorrow)"])
def test_a_planted_delay_is_found(source: str):
    assert delays(source)
