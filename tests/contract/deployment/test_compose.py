"""deploy/docker/compose.yaml: what the specification allows, and what our programs understand."""

from __future__ import annotations

import copy
import re

import pytest
import yaml

from deploy.docker import make_secrets
from tests.contract.deployment.manifests import (
    DOCKER,
    Document,
    against_compose_schema,
    compose,
    missing_settings,
    not_understood,
    ours,
    programs_without_check,
    queues_without_worker,
    unhardened_services,
    unknown_settings,
    unpinned,
    wrong_health_checks,
)


@pytest.fixture
def read() -> Document:
    return copy.deepcopy(compose())


def commands(read: Document) -> list[list[str]]:
    return [service["command"] for service in ours(read).values()]


def mounted(read: Document) -> list[str]:
    """Files and folders of ours that services mount."""
    volumes = [volume for service in read["services"].values() for volume in service.get("volumes", ())]
    return [volume.split(":")[0] for volume in volumes if volume.startswith(".")]


def test_it_is_what_the_specification_allows(read):
    assert against_compose_schema(read) == []


def test_an_unknown_key_is_found(read):
    read["services"]["api"]["restrat"] = "always"
    assert against_compose_schema(read)


def test_every_command_is_one_of_the_image(read):
    assert len(commands(read)) == 12
    assert not_understood(commands(read)) == []


WRONG = [["apy"], ["worker"], ["worker", "qouta"], ["worker", "quota", "--threads", "2"]]


@pytest.mark.parametrize("command", WRONG)
def test_a_wrong_command_is_found(command):
    assert not_understood([command]) == [command]


def test_every_queue_has_a_worker_and_there_is_one_beat(read):
    assert queues_without_worker(commands(read)) == set()
    assert commands(read).count(["beat"]) == 1
    assert read["services"]["relay"]["deploy"]["replicas"] == 2


def test_a_queue_without_worker_is_found(read):
    del read["services"]["worker-images"]
    assert queues_without_worker(commands(read)) == {"images"}


def test_every_variable_is_a_setting_and_what_is_needed_is_given(read):
    for service in ours(read).values():
        assert unknown_settings(service["environment"]) == set()
        assert missing_settings(service["environment"]) == set()


def test_an_unknown_and_a_missing_setting_are_found(read):
    environment = read["services"]["api"]["environment"] | {"DATABASE_ULR": "x"}
    del environment["SECRET_KEY_FILE"]
    assert unknown_settings(environment) == {"DATABASE_ULR"}
    assert missing_settings(environment) == {"SECRET_KEY"}


def test_every_check_is_that_of_its_program(read):
    assert wrong_health_checks(ours(read)) == []
    assert programs_without_check() == set()


def test_a_check_of_another_program_is_found(read):
    read["services"]["relay"]["healthcheck"]["test"][-1] = "api"
    assert wrong_health_checks(ours(read)) == ["relay"]


def test_nothing_of_ours_may_more_than_it_needs(read):
    assert unhardened_services(ours(read)) == []


@pytest.mark.parametrize(("key", "value"), [("read_only", False), ("cap_drop", []), ("security_opt", [])])
def test_a_service_that_may_more_is_found(read, key: str, value: object):
    read["services"]["stream"][key] = value
    assert unhardened_services(ours(read)) == ["stream"]


def test_every_service_starts_again_has_a_limit_and_a_check(read):
    for name, service in read["services"].items():
        assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")
        assert service["deploy"]["resources"]["limits"]["memory"]
        assert service["healthcheck"]


def test_images_are_pinned(read):
    others = [service["image"] for name, service in read["services"].items() if name not in ours(read)]
    assert unpinned(others) == []
    assert unpinned(["redis", "redis:latest", "redis:8.2.2-bookworm"]) == ["redis", "redis:latest"]


def test_only_the_proxy_is_reached_from_outside(read):
    published = {name: service["ports"] for name, service in read["services"].items() if "ports" in service}
    assert published.pop("proxy") == ["80:80", "443:443", "443:443/udp"]
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)
    assert read["networks"]["inside"]["internal"] is True
    assert read["services"]["postgres"]["networks"] == read["services"]["redis"]["networks"] == ["inside"]


def test_redis_keeps_what_it_is_given(read):
    content = " ".join(read["services"]["redis"]["command"])
    assert "--maxmemory-policy noeviction" in content
    assert "--appendonly yes" in content


def test_what_is_mounted_is_there(read):
    assert len(mounted(read)) == 7
    assert not [path for path in mounted(read) if not (DOCKER / path).exists()]


def test_every_secret_is_made_and_every_one_made_is_used(read):
    made = set(make_secrets.contents(dict.fromkeys(make_secrets.RANDOM, "x")))
    files = {secret["file"].removeprefix("secrets/") for secret in read["secrets"].values()}
    assert made == files | {"flower.env"}
    used = {name for service in read["services"].values() for name in service.get("secrets", ())}
    assert used == set(read["secrets"])


def test_secrets_agree_and_are_made_once(tmp_path):
    folder = tmp_path / "secrets"
    assert make_secrets.write(folder)
    secrets = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert secrets["database_owner_password"] in secrets["database_url"]
    assert secrets["database_api_password"] in secrets["api_database_url"]
    assert secrets["redis_password"] in secrets["redis_url"]
    assert len(set(secrets.values())) == len(secrets)
    assert make_secrets.write(folder) == []
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == secrets
    (folder / "redis_url").unlink()
    with pytest.raises(FileExistsError, match="redis_url"):
        make_secrets.write(folder)


def test_prometheus_scrapes_every_program_that_counts(read):
    config = yaml.safe_load((DOCKER / "prometheus.yml").read_text(encoding="utf-8"))
    places = [place for job in config["scrape_configs"] for place in job["dns_sd_configs"]]
    scraped = {name for place in places for name in place["names"]}
    assert {place["port"] for place in places} == {9100}
    assert scraped == set(ours(read)) - {"migrate", "beat", "flower"}
    original = yaml.safe_load((DOCKER.parent / "monitoring" / "prometheus.yml").read_text(encoding="utf-8"))
    assert [job["job_name"] for job in config["scrape_configs"]] == [
        job["job_name"] for job in original["scrape_configs"]
    ]


def test_the_proxy_hands_on_page_api_and_stream_and_hides_the_rest(read):
    content = (DOCKER / "Caddyfile").read_text(encoding="utf-8")
    assert set(re.findall(r"reverse_proxy (\S+)", content)) == {"api:8000", "stream:8000"}
    stream = content[content.index("handle /v1/stream") : content.index("handle {")]
    assert "flush_interval -1" in stream
    assert "encode" not in stream
    assert "respond @operators 404" in content
