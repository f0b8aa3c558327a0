"""What the files of deploy/docker and deploy/kubernetes say, and what is wrong with it.

Every check takes what was read and returns what it found wrong, so that a test can hand it a planted mistake.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import click
import jsonschema  # type: ignore[import-untyped] # ships no types
import kubernetes_validate  # type: ignore[import-untyped] # ships no types
import yaml
from kubernetes_validate import InvalidSchemaError, ValidationError

from deploy.health import CHECKS
from deploy.local.options import ROOT
from deploy.start import main as start
from shared.config import settings
from shared.messaging.routes import QUEUE_OF, Queue

DOCKER = ROOT / "deploy" / "docker"
BASE = ROOT / "deploy" / "kubernetes" / "base"
OVERLAY = ROOT / "deploy" / "kubernetes" / "overlays" / "production"
KUBERNETES = "1.34"

# Of the programs in the image, which read them by themselves.
OTHERS = {
    "GRANIAN_HOST",
    "GRANIAN_PORT",
    "GRANIAN_WORKERS",
    "FLOWER_BASIC_AUTH",
    "FLOWER_PORT",
    "HOME",
    "PATH",
}
PYTHON = {"PYTHONPATH", "PYTHONSAFEPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
# Without a default, and what production asks for besides (shared/config/settings.py says "required").
REQUIRED = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "API_DATABASE_URL", "JWT_JWKS_URL", "PUBLIC_URL"}
# Where each program listens for people; all that count listen for Prometheus on METRICS_PORT too.
HTTP_PORTS = {"api": 8000, "stream": 8000, "flower": 5555}
METRICS_PORT = 9100
COUNTING = ("api", "stream", "relay", "worker")

PROBES = ("startupProbe", "readinessProbe", "livenessProbe")
NO_MANIFESTS = ("kustomization.yaml", "host.yaml")

Document = dict[str, Any]


def compose() -> Document:
    """deploy/docker/compose.yaml, merge keys applied, nothing filled in."""
    read: Document = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))
    return read


def manifests(folder: Path = BASE) -> list[Document]:
    """Every manifest below `folder`; Kustomize's own files and patches are none."""
    paths = sorted(
        path for path in folder.rglob("*.yaml") if path.name not in ("kustomization.yaml", "host.yaml")
    )
    return [found for path in paths for found in yaml.safe_load_all(path.read_text(encoding="utf-8"))]


def dotenv(path: Path) -> dict[str, str]:
    """The values of a file that Kustomize makes a ConfigMap or Secret of."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def pods(documents: Iterable[Document]) -> dict[str, Document]:
    """The one container of each Deployment and Job, by the manifest's name."""
    found: dict[str, Document] = {}
    for document in documents:
        if document["kind"] in ("Deployment", "Job"):
            (container,) = document["spec"]["template"]["spec"]["containers"]
            found[document["metadata"]["name"]] = container
    return found


def ours(read: Document) -> dict[str, Document]:
    """The services of a compose file that run our image."""
    return {
        name: service
        for name, service in read["services"].items()
        if service["image"].startswith("botmeni-tickets:")
    }


def compose_schema() -> Any:
    """The compose specification's own JSON schema, which check-jsonschema carries."""
    folder = resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    return json.loads((folder / "compose-spec.json").read_text(encoding="utf-8"))


def against_compose_schema(read: Document) -> list[str]:
    """What the specification refuses."""
    validator = jsonschema.validators.validator_for(compose_schema())(compose_schema())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(read)]


def against_kubernetes_schema(documents: Iterable[Document]) -> list[str]:
    """What Kubernetes' own schemas refuse, unknown fields included; KEDA's objects have none there."""
    wrong = []
    for document in documents:
        if document["apiVersion"].startswith("keda.sh/"):
            continue
        try:
            kubernetes_validate.validate(document, KUBERNETES, strict=True)
        except (ValidationError, InvalidSchemaError) as error:
            wrong.append(f"{document['kind']} {document['metadata']['name']}: {error.message}")
    return wrong


def not_understood(commands: Iterable[list[str]]) -> list[list[str]]:
    """Commands that `deploy.start` would refuse, parsed by itself."""
    return [command for command in commands if not _is_understood(command)]


def _is_understood(command: list[str]) -> bool:
    program = start.commands.get(command[0])
    if program is None:
        return False
    try:
        program.make_context(command[0], command[1:]).close()
    except click.UsageError:
        return False
    return True


def queues_without_worker(commands: Iterable[list[str]]) -> set[str]:
    """Queues of the routing table that no `worker` command names."""
    served = {word for command in commands if command[0] == "worker" for word in command[1:]}
    return {queue.value for queue in Queue} - served


def unknown_settings(names: Iterable[str]) -> set[str]:
    """Environment variables that neither our settings nor the image's other programs know."""
    known = set(settings.names())
    return {name for name in names if name.removesuffix("_FILE") not in known | OTHERS | PYTHON}


def missing_settings(names: Iterable[str]) -> set[str]:
    """Settings a start in production needs that are not given, neither themselves nor as a file."""
    return REQUIRED - {name.removesuffix("_FILE") for name in names}


def wrong_health_checks(services: Mapping[str, Document]) -> list[str]:
    """Services of a compose file whose check is not that of the program they run."""
    return [
        name
        for name, service in services.items()
        if service["command"][0] != "migrate"
        and service["healthcheck"]["test"] != ["CMD", "python", "-m", "deploy.health", service["command"][0]]
    ]


def wrong_probes(containers: Mapping[str, Document]) -> list[str]:
    """Containers without a probe of their program's own port, or with a port nothing listens on."""
    return [name for name, container in containers.items() if not _is_probed(container)]


def _is_probed(container: Document) -> bool:
    program = container["args"][0]
    if program == "migrate":
        return True
    ports = {port["name"]: port["containerPort"] for port in container.get("ports", ())}
    expected = {"http": HTTP_PORTS[program]} if program in HTTP_PORTS else {}
    if ports != expected | ({"metrics": METRICS_PORT} if program in COUNTING else {}):
        return False
    probes = [container[kind] for kind in PROBES if kind in container]
    if program == "beat":
        return [probe["exec"]["command"][-2:] for probe in probes] == [["deploy.health", "beat"]]
    return bool(probes) and all(probe["httpGet"]["port"] in ports for probe in probes)


def unhardened_services(services: Mapping[str, Document]) -> list[str]:
    """Services of ours in a compose file that may write, gain rights, or take all of the machine."""
    return [
        name
        for name, service in services.items()
        if not service["read_only"]
        or service["cap_drop"] != ["ALL"]
        or "no-new-privileges:true" not in service["security_opt"]
        or not {"cpus", "memory", "pids"} <= set(service["deploy"]["resources"]["limits"])
    ]


def unhardened_pods(documents: Iterable[Document]) -> list[str]:
    """The same of Kubernetes' pods."""
    wrong = []
    for document in documents:
        if document["kind"] not in ("Deployment", "Job"):
            continue
        pod = document["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        context = container["securityContext"]
        if not (
            pod["securityContext"]["runAsNonRoot"]
            and not pod["automountServiceAccountToken"]
            and context["readOnlyRootFilesystem"]
            and not context["allowPrivilegeEscalation"]
            and context["capabilities"] == {"drop": ["ALL"]}
            and {"requests", "limits"} <= set(container["resources"])
        ):
            wrong.append(document["metadata"]["name"])
    return wrong


def wrongly_scaled(documents: Iterable[Document]) -> set[str]:
    """Queues whose ScaledObject is missing or does not ask for exactly the consumers working on them."""
    asked = {}
    for document in documents:
        if document["kind"] == "ScaledObject":
            (trigger,) = document["spec"]["triggers"]
            consumers = re.search(r'consumer=~"([^"]+)"', trigger["metadata"]["query"])
            queue = document["spec"]["scaleTargetRef"]["name"].removeprefix("worker-")
            asked[queue] = set(consumers[1].split("|")) if consumers else set()
    meant = {queue.value: {name for name, of in QUEUE_OF.items() if of is queue} for queue in Queue}
    return {queue for queue in meant | asked if asked.get(queue) != meant.get(queue)}


def unpinned(images: Iterable[str]) -> list[str]:
    """Images without a tag that says a version."""
    return [image for image in images if not re.search(r":v?\d+(\.\d+)+[\w.-]*$", image)]


def programs_without_check() -> set[str]:
    """Programs of `deploy.start` that `deploy.health` does not know; the migration ends by itself."""
    return set(start.commands) - set(CHECKS) - {"migrate"}
