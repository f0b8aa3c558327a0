"""Alerts, dashboard and runbook belong together: every expression parses, every alert is explained."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import yaml

from deploy.cli.program import main as botmeni
from deploy.local.options import ROOT
from tests.support.clients.metrics import MONITORING, alerts, asked, expressions, sections

RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
NOT_AN_ALERT = {"How to look"}


def commands(text: str) -> list[str]:
    """The commands of `botmeni` that a document names."""
    spans = re.findall(r"`(botmeni [^`]+)`", text)
    return [" ".join(span.split()) for span in spans]


def understood(command: str) -> bool:
    """Whether `botmeni` has this command with these options."""
    found: click.Command = botmeni
    words = command.split()[1:]
    while words and isinstance(found, click.Group):
        if words[0] not in found.commands:
            return False
        found = found.commands[words.pop(0)]
    known = {option for parameter in found.params for option in parameter.opts}
    return {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("expression", list(expressions()))
def test_every_expression_parses_and_asks_for_something(expression: str):
    assert asked(expression)


def test_every_alert_has_its_section_and_every_section_its_alert():
    assert sorted(rule["alert"] for rule in alerts()) == sorted(set(sections(RUNBOOK)) - NOT_AN_ALERT)


def test_every_alert_points_to_its_section():
    for rule in alerts():
        assert rule["annotations"]["runbook"] == f"docs/runbook.md#{rule['alert'].lower()}"
        assert rule["labels"]["severity"] in {"critical", "warning"}
        assert rule["annotations"]["summary"]
        assert re.fullmatch(r"\d+m", rule["for"])


def test_prometheus_scrapes_what_make_up_runs():
    config = yaml.safe_load((MONITORING / "prometheus.yml").read_text(encoding="utf-8"))
    targets = {
        target
        for job in config["scrape_configs"]
        for static in job["static_configs"]
        for target in static["targets"]
    }
    defaults = (ROOT / "deploy" / "local" / "options.py").read_text(encoding="utf-8")
    assert targets == {
        f"127.0.0.1:{port}" for port in re.findall(r'env\.int\("\w+_METRICS_PORT", (\d+)', defaults)
    }
    assert [(MONITORING / name).exists() for name in config["rule_files"]] == [True]


def test_the_commands_it_names_exist():
    named = commands(RUNBOOK)
    assert len(named) > 8
    assert not [command for command in named if not understood(command)]


@pytest.mark.parametrize("command", ["botmeni jobs revive", "botmeni jobs list --alive", "botmeni dentist"])
def test_a_planted_command_is_found(command: str):
    assert not understood(command)


@pytest.mark.parametrize("expression", ["sum(", "rate(x[5m)", "x{y=}"])
def test_a_planted_expression_that_does_not_parse_is_found(expression: str):
    with pytest.raises(ValueError, match=r".+"):
        asked(expression)


def test_the_files_are_where_the_runbook_says():
    for name in re.findall(r"\]\(\.\./(deploy/monitoring/[^)]+)\)", RUNBOOK):
        assert Path(ROOT / name).exists()
