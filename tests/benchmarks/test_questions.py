"""Every question is found by its name, and every name that a page or the Makefile gives is one."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import questions
from benchmarks.__main__ import text
from benchmarks.questions import UnknownQuestion, every, named

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z_-]+):", MAKEFILE, re.MULTILINE))
PAGES = [ROOT / "README.md", ROOT / "benchmarks" / "RESULTS.md", *(ROOT / "docs").glob("*.md")]
TOLD = MAKEFILE + "".join(page.read_text(encoding="utf-8") for page in PAGES)
PLACES = re.findall(r"<!-- (\w+) -->", (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name, module", [
    ("dedupe", "benchmarks.stages.dedupe"),
    ("latency", "benchmarks.streams.latency"),
    ("sinks", "benchmarks.edges.sinks"),
    ("quick", "benchmarks.quick"),
])  # fmt: skip
def test_a_question_is_found_in_whatever_room_it_is(name: str, module: str) -> None:
    assert named(name).module == module


@pytest.mark.parametrize("name", ["stream", "dedupe_growth", "report", "stages", ""])
def test_what_asks_nothing_by_itself_is_no_question(name: str) -> None:
    with pytest.raises(UnknownQuestion):
        named(name)


def test_no_two_questions_have_one_name() -> None:
    assert [name for name, times in Counter(question.name for question in every()).items() if times > 1] == []


def test_every_question_says_what_it_asks_and_is_listed() -> None:
    listed = dict(re.findall(r"make bench-(\w+) +(.+[.?])$", text(), re.MULTILINE))
    assert listed == {question.name: question.asks for question in every()}


def test_every_room_with_questions_is_listed() -> None:
    rooms = {path.parent.name for path in (ROOT / "benchmarks").glob("*/__init__.py")}
    assert rooms - set(questions.ROOMS) == {"rivals"}


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\bbench-([a-z_]+)", TOLD)) | set(PLACES)))
def test_a_name_that_is_told_is_a_question_or_a_target(name: str) -> None:
    assert f"bench-{name}" in TARGETS or named(name)


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python\S* -m (benchmarks\.[a-z_.]+)", TOLD))))
def test_a_module_that_is_told_is_there(module: str) -> None:
    assert (ROOT / Path(*module.split(".")).with_suffix(".py")).is_file()


def test_a_name_that_is_no_question_ends_with_a_line_that_helps() -> None:
    run = [sys.executable, "-m", "benchmarks.report", "nothing"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "no bench is called 'nothing'; `python -m benchmarks` lists them\n")
