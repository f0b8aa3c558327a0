"""What a real scrape holds, and what PromQL expressions ask for."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import promql_parser
import requests
import yaml
from prometheus_client.parser import text_string_to_metric_families
from promql_parser import AggModifierType, AggregateExpr, Expr, MatchOp, VectorSelector

from deploy.local.options import ROOT

MONITORING = ROOT / "deploy" / "monitoring"
_INTERVAL = "$__rate_interval"

# Prometheus adds these to everything it scrapes.
GIVEN: dict[str, set[str]] = {"job": set(), "instance": set()}

Labels = dict[str, set[str]]
Scrape = dict[str, Labels]


class Asked(NamedTuple):
    """A metric an expression selects: the labels it names, and the values it asks for exactly."""

    metric: str
    labels: set[str]
    values: dict[str, str]


def alerts() -> list[dict[str, Any]]:
    """The rules of alerts.yml."""
    groups = yaml.safe_load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def dashboard() -> dict[str, Any]:
    """The Grafana dashboard."""
    read: dict[str, Any] = json.loads(
        (MONITORING / "grafana" / "botmeni-tickets.json").read_text(encoding="utf-8")
    )
    return read


def expressions() -> Iterator[str]:
    """Every expression of alerts and dashboard, Grafana's variable filled in."""
    for rule in alerts():
        yield rule["expr"]
    for panel in dashboard()["panels"]:
        for target in panel["targets"]:
            yield target["expr"].replace(_INTERVAL, "5m")


def asked(expression: str) -> list[Asked]:
    """What `expression` selects; labels it groups by are asked of every metric below. Raises `ValueError`."""
    return list(_asked(promql_parser.parse(expression), set()))


def _asked(node: Expr, grouped: set[str]) -> Iterator[Asked]:
    if isinstance(node, AggregateExpr) and node.modifier:
        assert node.modifier.type == AggModifierType.By, "only `by` is read"
        grouped = grouped | set(node.modifier.labels)
    if isinstance(node, VectorSelector):
        matchers = node.matchers.matchers
        exact = {found.name: found.value for found in matchers if found.op == MatchOp.Equal}
        yield Asked(str(node.name), grouped | {found.name for found in matchers}, exact)
    for child in _children(node):
        yield from _asked(child, grouped)


def _children(node: Expr) -> Iterator[Expr]:
    for name in ("lhs", "rhs", "expr", "vector_selector"):
        if isinstance(child := getattr(node, name, None), Expr):
            yield child
    yield from (child for child in getattr(node, "args", ()) if isinstance(child, Expr))


def scrape(port: int | str) -> Scrape:
    """The samples at `port`: by name, the values of each label."""
    answer = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10)
    answer.raise_for_status()
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            labels = found[sample.name]
            for name, value in sample.labels.items():
                labels[name].add(value)
    return {name: dict(labels) for name, labels in found.items()}


def value(port: int | str, metric: str, **labels: str) -> float:
    """One sample at `port`. Raises `LookupError` where it is not there."""
    text = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == metric and labels.items() <= sample.labels.items():
                return sample.value
    raise LookupError(f"{metric} {labels}")


def missing(selector: Asked, scraped: Scrape) -> list[str]:
    """What `selector` asks for and `scraped` does not hold."""
    if selector.metric == "up":
        return []
    labels = scraped.get(selector.metric)
    if labels is None:
        return [selector.metric]
    known = labels | GIVEN
    lacking = [f"{selector.metric}{{{name}}}" for name in selector.labels if name not in known]
    return lacking + [
        f'{selector.metric}{{{name}="{exact}"}}'
        for name, exact in selector.values.items()
        if name in labels and exact not in labels[name]
    ]


def sections(markdown: str) -> list[str]:
    """The second-level headings of a document."""
    return re.findall(r"(?m)^## (.+)$", markdown)
