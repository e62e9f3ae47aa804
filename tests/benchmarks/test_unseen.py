"""A fold's program is a copy that reads with what it has learned itself; what ships is left as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.stages import unseen
from benchmarks.stages.gold_pages import write
from benchmarks.stages.unseen import ProgramFailed, copy, learned, run, taught
from training.extraction.folds import Row, rows
from training.manifest import ROOT, digest

WEIGHTS = "pipeline/extraction/html/headline/title_weights.json"
BODY = "".join(
    f"<p>The council said on Monday that pier {n} of the harbour is to be dredged by June.</p>" for n in "123"
)
PAGE = {
    "id": "1", "set": "pages", "url": "https://gazette.example/harbour", "fetched_at": None, "language": "en",
    "html": f"<title>Dredging starts in June</title><article><h1>Harbour to be made deeper</h1>{BODY}</article>",
}  # fmt: skip


def read(program: Path, directory: Path) -> Row:
    write([PAGE], pages := directory / "pages.jsonl.gz")
    run(program, "benchmarks.rivals.reading", "copydesk", pages, directory / "found.jsonl")
    (found,) = rows(directory / "found.jsonl")
    return found


def test_a_copy_has_learned_nothing_and_what_ships_is_still_there(tmp_path: Path) -> None:
    copy(tmp_path / "copy")
    assert WEIGHTS in learned()
    assert not [path for path in learned() if (tmp_path / "copy" / path).exists()]
    assert all((ROOT / path).is_file() for path in learned())


def test_a_copy_reads_with_its_own_weights_and_what_ships_with_those_that_ship(tmp_path: Path) -> None:
    before = {path: digest(ROOT / path) for path in learned()}
    copy(tmp_path / "copy")
    for path in learned():
        (tmp_path / "copy" / path).write_bytes((ROOT / path).read_bytes())
    (tmp_path / "copy" / WEIGHTS).write_text(json.dumps({"title": 9.0}))
    assert read(tmp_path / "copy", tmp_path)["title"] == "Dredging starts in June"
    assert read(ROOT, tmp_path)["title"] == "Harbour to be made deeper"
    assert {path: digest(ROOT / path) for path in learned()} == before


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of which training writes down where it read."""
    for part in unseen.PARTS:
        (tmp_path / "project" / part).mkdir(parents=True)
    (tmp_path / "project/training/extraction").mkdir()
    (tmp_path / "project/pipeline/weights").write_text("what ships")
    manifest = {"pipeline/weights": {"made_by": "training/extraction/html_blocks.py"}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "gold").mkdir()
    monkeypatch.setattr(unseen, "ROOT", tmp_path / "project")
    monkeypatch.setattr(unseen, "MANIFEST", tmp_path / "manifest.json")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "project"


def training(project: Path, source: str) -> None:
    (project / "training/extraction/__main__.py").write_text(source)


def test_a_copy_is_taught_by_the_command_that_trains_what_ships(project: Path, tmp_path: Path) -> None:
    training(project, "import sys, pathlib\npathlib.Path('pipeline/weights').write_text(sys.argv[1])")
    program = taught(tmp_path / "copy", Path("gold"))
    assert (program / "pipeline/weights").read_text() == str(tmp_path / "gold")
    assert (project / "pipeline/weights").read_text() == "what ships"


def test_a_copy_that_cannot_be_taught_says_why(project: Path, tmp_path: Path) -> None:
    training(project, "import no_such_module")
    with pytest.raises(ProgramFailed, match=r"training.extraction .*gold ended with 1:(?s:.*)no_such_module"):
        taught(tmp_path / "copy", Path("gold"))
