"""docker-compose.yml, the Dockerfile and the Kubernetes example hold together, as far as can be seen without Docker."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from ops.kafka.broker import MAX_MESSAGE_BYTES

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
STAYING = {name: service for name, service in SERVICES.items() if service["restart"] != "no"}


def test_it_is_a_compose_file() -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    subprocess.run(check, cwd=ROOT, check=True)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_pinned_limited_unprivileged_and_listens_on_loopback_alone(name: str) -> None:
    service = SERVICES[name]
    assert re.search(r":v?\d+\.\d+\.\d+$", service["image"])
    assert service["mem_limit"]
    assert service["cpus"]
    assert service["cap_drop"] == ["ALL"]
    assert service["user"] not in ("root", "0")
    assert service.get("read_only") or name == "kafka"
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
    assert all(other in SERVICES for other in service.get("depends_on", ()))


@pytest.mark.parametrize("name", SERVICES)
def test_no_limit_stands_above_two_cores_and_four_gigabytes_and_a_variable_raises_it(name: str) -> None:
    variable = f"COPYDESK_{name.upper().replace('-', '_')}"
    cores = re.fullmatch(rf"\$\{{{variable}_CPUS:-([\d.]+)}}", SERVICES[name]["cpus"])
    memory = re.fullmatch(rf"\$\{{{variable}_MEMORY:-(\d+)([mg])}}", SERVICES[name]["mem_limit"])
    assert cores
    assert memory
    assert float(cores[1]) <= 2  # Docker starts nothing whose limit is more cores than there are
    assert int(memory[1]) * {"m": 1, "g": 1024}[memory[2]] < 4000


@pytest.mark.parametrize("name", STAYING)
def test_a_service_that_stays_says_whether_it_is_well(name: str) -> None:
    assert STAYING[name]["healthcheck"]["test"][0] == "CMD"


def test_every_file_that_is_mounted_or_copied_is_there() -> None:
    mounts = [mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", ())]
    assert all((ROOT / mount).exists() for mount in mounts if mount.startswith("."))
    assert {mount for mount in mounts if not mount.startswith(".")} == set(COMPOSE["volumes"])
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert all((ROOT / name).exists() and f"!{name}" in let_in for line in copied for name in line.split())


def test_prometheus_scrapes_the_service_and_port_that_the_worker_has() -> None:
    [job, _] = yaml.safe_load((ROOT / "ops/prometheus/prometheus.yml").read_text())["scrape_configs"]
    assert set(job["dns_sd_configs"][0]["names"]) == {"worker", "backfill"}
    assert f"EXPOSE {job['dns_sd_configs'][0]['port']}" in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_kafka_is_the_one_that_the_tests_run_on_and_takes_pages() -> None:
    version = re.search(r"<version>([\d.]+)</version>\s*</dependency>", (ROOT / "ops/kafka/pom.xml").read_text())
    assert version
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{version[1]}"
    assert SERVICES["kafka"]["environment"]["KAFKA_MESSAGE_MAX_BYTES"] == str(MAX_MESSAGE_BYTES)


def test_the_dockerfile_is_clean() -> None:
    subprocess.run([Path(sys.executable).with_name("hadolint"), "Dockerfile"], cwd=ROOT, check=True)


def test_the_image_has_what_the_tests_ran_with() -> None:
    pinned, tested = (
        set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements-image.lock", "requirements.lock")
    )
    assert pinned < tested


def test_the_kubernetes_example_is_what_kubernetes_takes() -> None:
    for one in yaml.safe_load_all((ROOT / "ops/kubernetes/worker.yaml").read_text(encoding="utf-8")):
        kubernetes_validate.validate(one, "1.31", strict=True)


def test_the_kubernetes_example_names_probes_and_limits() -> None:
    deployment, config, scaler = yaml.safe_load_all((ROOT / "ops/kubernetes/worker.yaml").read_text(encoding="utf-8"))
    pod = deployment["spec"]["template"]["spec"]
    [worker] = pod["containers"]
    assert {"startupProbe", "livenessProbe", "readinessProbe"} <= worker.keys()
    assert all(one["resources"]["limits"]["memory"] for one in (*pod["initContainers"], worker))
    assert scaler["spec"]["maxReplicas"] == int(config["data"]["COPYDESK_PARTITIONS"])
