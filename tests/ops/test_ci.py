"""What public CI runs is workflows that are sound and whose commands there are; what people are asked is well put."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
MADE = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))


def steps(workflow: Any) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job.get("steps", ())]


def asked(workflow: Any) -> set[str]:
    """The targets of the Makefile that it runs."""
    commands = [step["run"].split() for step in steps(workflow) if step.get("run", "").startswith("make ")]
    return {word for command in commands for word in command[1:] if "=" not in word}


@pytest.mark.parametrize("schema, files", [
    ("vendor.github-workflows", WORKFLOWS),
    ("custom.github-workflows-require-timeout", WORKFLOWS),
    ("vendor.github-issue-forms", FORMS),
])  # fmt: skip
def test_its_files_are_what_they_should_be(schema: str, files: list[Path]) -> None:
    subprocess.run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)], check=True)


def test_a_change_has_to_pass_targets_of_the_makefile() -> None:
    assert {"lint", "test", "chaos", "compose", "bench-quick", "audit", "sbom"} <= asked(read("ci.yml")) <= MADE


def test_a_release_passes_all_that_a_change_has_to_pass() -> None:
    release = read("release.yml")
    assert "workflow_call" in read("ci.yml")[True]  # YAML's word for "on"
    (passed,) = [name for name, job in release["jobs"].items() if job.get("uses") == "./.github/workflows/ci.yml"]
    for name in release["jobs"].keys() - {passed, *needs(release, passed)}:
        assert passed in needs(release, name), f"{name} does not wait for it"
    assert {"dist", "sbom"} <= asked(release) <= MADE


def needs(workflow: Any, name: str) -> set[str]:
    """The jobs that ``name`` waits for, and those that they wait for."""
    given = workflow["jobs"][name].get("needs", [])
    direct = {given} if isinstance(given, str) else set(given)
    return direct.union(*(needs(workflow, one) for one in direct))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_no_workflow_needs_a_secret_or_has_more_rights_than_it_says(file: Path) -> None:
    assert "secrets." not in file.read_text(encoding="utf-8")
    assert read(file.name)["permissions"] == {"contents": "read"}


def test_what_a_release_publishes_tells_where_it_is_from() -> None:
    jobs = read("release.yml")["jobs"]
    (image,) = [step for step in steps(read("release.yml")) if "build-push-action" in step.get("uses", "")]
    assert (image["with"]["sbom"], image["with"]["provenance"]) == (True, "mode=max")
    used = [step.get("uses", "") for step in jobs["build"]["steps"]]
    assert any(use.startswith("actions/attest-build-provenance@") for use in used)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_nothing_that_others_write_is_put_into_a_command(file: Path) -> None:
    assert [step["run"] for step in steps(read(file.name)) if "${{" in step.get("run", "")] == []


def test_a_report_of_a_wrong_page_has_the_page_and_what_was_expected() -> None:
    (form,) = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in FORMS if file.stem == "extraction"]
    needed = {part["id"] for part in form["body"] if part.get("validations", {}).get("required")}
    assert {"url", "page", "came", "expected"} <= needed
