"""deploy/kubernetes: what Kubernetes allows, and what our programs understand."""

from __future__ import annotations

import copy
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.contract.deployment.manifests import (
    BASE,
    NO_MANIFESTS,
    OVERLAY,
    Document,
    against_kubernetes_schema,
    dotenv,
    manifests,
    missing_settings,
    not_understood,
    pods,
    queues_without_worker,
    unhardened_pods,
    unknown_settings,
    wrong_probes,
    wrongly_scaled,
)
from tests.support.clients.metrics import asked

NAME = "app.kubernetes.io/name"


@pytest.fixture
def read() -> list[Document]:
    return copy.deepcopy(manifests())


def of_kind(read: list[Document], kind: str) -> dict[str, Document]:
    return {found["metadata"]["name"]: found for found in read if found["kind"] == kind}


def commands(read: list[Document]) -> list[list[str]]:
    return [container["args"] for container in pods(read).values()]


def selected(value: Any) -> Iterator[tuple[str, str]]:
    """Every label that a selector, wherever it stands, asks of our pods."""
    if isinstance(value, list):
        for item in value:
            yield from selected(item)
    elif isinstance(value, dict):
        for item in value.get("matchExpressions", ()):
            yield from ((item["key"], value) for value in item["values"])
        labels = value.get("matchLabels", {})
        yield from ((key, value) for key, value in labels.items() if key.startswith("app."))
        for key, item in value.items():
            if key not in ("matchLabels", "matchExpressions"):
                yield from selected(item)


def labels(read: list[Document]) -> set[tuple[str, str]]:
    found = [*of_kind(read, "Deployment").values(), *of_kind(read, "Job").values()]
    return {pair for document in found for pair in document["spec"]["template"]["metadata"]["labels"].items()}


def test_every_manifest_is_what_kubernetes_allows(read):
    assert against_kubernetes_schema([*read, *manifests(OVERLAY)]) == []


def test_an_unknown_and_a_malformed_field_are_found(read):
    of_kind(read, "Deployment")["api"]["spec"]["template"]["spec"]["containers"][0]["livenessPorbe"] = {}
    of_kind(read, "HorizontalPodAutoscaler")["api"]["spec"]["maxReplicas"] = "many"
    assert len(against_kubernetes_schema(read)) == 2


def test_every_command_is_one_of_the_image_and_every_queue_has_a_worker(read):
    assert len(commands(read)) == 12
    assert not_understood(commands(read)) == []
    assert queues_without_worker(commands(read)) == set()
    assert commands(read).count(["beat"]) == 1


def test_a_wrong_command_and_a_queue_without_worker_are_found(read):
    pods(read)["worker-quota"]["args"][1] = "qouta"
    assert not_understood(commands(read)) == [["worker", "qouta", "--concurrency", "2"]]
    assert queues_without_worker(commands(read)) == {"quota"}


def test_every_port_has_its_probe(read):
    assert wrong_probes(pods(read)) == []


@pytest.mark.parametrize(("name", "port"), [("api", 8001), ("relay", 8000), ("worker-images", 9101)])
def test_a_port_that_nothing_listens_on_is_found(read, name: str, port: int):
    pods(read)[name]["ports"][0]["containerPort"] = port
    assert wrong_probes(pods(read)) == [name]


def test_a_probe_of_no_port_is_found(read):
    pods(read)["stream"]["livenessProbe"]["httpGet"]["port"] = "web"
    assert wrong_probes(pods(read)) == ["stream"]


def test_pods_may_no_more_than_they_need(read):
    assert unhardened_pods(read) == []
    pods(read)["beat"]["securityContext"]["readOnlyRootFilesystem"] = False
    assert unhardened_pods(read) == ["beat"]


def test_settings_are_known_and_what_is_needed_is_given():
    given = {**dotenv(BASE / "settings.properties"), **dotenv(OVERLAY / "settings.properties")}
    secret = dotenv(OVERLAY / "secrets.env.example")
    flower = dotenv(OVERLAY / "flower.env.example")
    assert unknown_settings([*given, *secret, *flower]) == set()
    assert missing_settings([*given, *secret]) == set()
    assert missing_settings(given) == {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "API_DATABASE_URL"}
    assert unknown_settings([*given, "DATABASE_POOL"]) == {"DATABASE_POOL"}
    assert given["STORAGE_URL"].startswith("s3://"), "pods share no folder"


def test_containers_get_their_settings_and_nothing_by_hand(read):
    for name, container in pods(read).items():
        sources = [next(iter(source.values()))["name"] for source in container["envFrom"]]
        assert sources == ["settings", "secrets", *(["flower"] if name == "flower" else [])]
        assert "env" not in container


def test_jobs_of_each_queue_decide_about_its_workers(read):
    assert wrongly_scaled(read) == set()
    for found in of_kind(read, "ScaledObject").values():
        (trigger,) = found["spec"]["triggers"]
        (metric,) = asked(trigger["metadata"]["query"])
        assert metric.metric == "botmeni_outbox_jobs"
        assert metric.labels == {"consumer", "state"}
        assert float(trigger["metadata"]["threshold"]) > 0
        assert found["spec"]["scaleTargetRef"]["name"] in pods(read)
        assert 1 <= found["spec"]["minReplicaCount"] < found["spec"]["maxReplicaCount"]


def test_a_queue_that_is_not_scaled_and_a_forgotten_consumer_are_found(read):
    scaled = of_kind(read, "ScaledObject")
    read.remove(scaled["worker-deliveries"])
    trigger = scaled["worker-quota"]["spec"]["triggers"][0]["metadata"]
    trigger["query"] = trigger["query"].replace("|quota.refund", "")
    assert wrongly_scaled(read) == {"deliveries", "quota"}


def test_nobody_fixes_a_number_that_is_scaled(read):
    scaled = [*of_kind(read, "HorizontalPodAutoscaler").values(), *of_kind(read, "ScaledObject").values()]
    targets = {found["spec"]["scaleTargetRef"]["name"] for found in scaled}
    fixed = {name for name, found in of_kind(read, "Deployment").items() if "replicas" in found["spec"]}
    assert fixed == {"relay", "beat", "flower"}
    assert targets == set(of_kind(read, "Deployment")) - fixed


def test_selectors_select(read):
    assert set(selected(read)) <= labels(read)
    service = of_kind(read, "Service")
    assert {found["spec"]["selector"][NAME] for found in service.values()} == {"api", "stream", "flower"}
    planted = of_kind(read, "PodDisruptionBudget")["api"]["spec"]["selector"]["matchLabels"]
    planted[NAME] = "apy"
    assert set(selected(read)) - labels(read) == {(NAME, "apy")}


def test_what_is_doubled_outlives_a_node_and_what_is_single_is_replaced(read):
    budgets = set(of_kind(read, "PodDisruptionBudget"))
    deployments = of_kind(read, "Deployment")
    assert budgets == set(deployments) - {"beat", "flower"}
    single = {name for name, found in deployments.items() if found["spec"]["strategy"]["type"] == "Recreate"}
    assert single == {"beat", "flower"}


def test_what_nothing_allows_is_forbidden(read):
    policies = of_kind(read, "NetworkPolicy")
    assert policies["nothing"]["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    (public,) = policies["people"]["spec"]["ingress"]
    assert public["ports"] == [{"protocol": "TCP", "port": 8000}]
    (closed,) = [
        peer["ipBlock"]["except"]
        for rule in policies["deliveries"]["spec"]["egress"]
        for peer in rule.get("to", ())
    ]
    assert {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8"} <= set(closed)


def test_the_ingress_hands_on_to_services_and_never_collects_the_stream(read):
    routes = of_kind(read, "Ingress")
    backends = {
        path["path"]: path["backend"]["service"]["name"]
        for found in routes.values()
        for path in found["spec"]["rules"][0]["http"]["paths"]
    }
    assert backends == {"/": "api", "/v1/stream": "stream"}
    assert routes["stream"]["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-buffering"] == "off"


def test_kustomize_lists_every_file():
    for folder in (BASE, OVERLAY):
        listed = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))["resources"]
        there = {
            str(path.relative_to(folder)) for path in folder.rglob("*.yaml") if path.name not in NO_MANIFESTS
        }
        assert {name for name in listed if name.endswith(".yaml")} == there


@pytest.mark.skipif(
    shutil.which("kubectl") is None, reason="no kubectl on this machine to build the overlay with"
)
def test_kustomize_builds_the_overlay(tmp_path):
    shutil.copytree(BASE.parent, tmp_path / "kubernetes")
    overlay = tmp_path / "kubernetes" / OVERLAY.relative_to(BASE.parent)
    for name in ("secrets.env", "flower.env"):
        shutil.copy(overlay / f"{name}.example", overlay / name)
    command = ["kubectl", "kustomize", str(overlay)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    built = list(yaml.safe_load_all(done.stdout))
    assert against_kubernetes_schema(built) == []
    assert {container["image"] for container in pods(built).values()} == {
        "registry.example.com/botmeni-tickets:0.1.0"
    }
    assert all(
        found["metadata"].get("namespace") == "botmeni-tickets"
        for found in built
        if found["kind"] != "Namespace"
    )
