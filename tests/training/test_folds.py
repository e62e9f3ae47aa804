"""A site is never on both sides of a fold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.extraction.folds import Row, fold_of, hold_out, opened, rows, site_of

FOLDS = 3
SITES = [f"gazette{number}.example.com" for number in range(9)] + [f"herald{number}.fi" for number in range(9)]


def keep(path: Path, pages: list[Row]) -> None:
    with opened(path, "wb") as file:
        file.writelines(json.dumps(page).encode() + b"\n" for page in pages)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two files in which sites and the lack of them recur, and something else."""
    directory = tmp_path / "gold"
    directory.mkdir()
    keep(directory / "old.dev.jsonl.gz", [{"id": f"o{i}", "url": f"https://www.{s}/a"} for i, s in enumerate(SITES)])
    new = [{"id": f"n{i}", "url": None, "site": site_of({"url": f"https://{s}/"})} for i, s in enumerate(SITES)]
    keep(directory / "new.train.jsonl.xz", [*new, {"id": "nowhere", "url": None}])
    (directory / "README.md").write_text("Pages.", encoding="utf-8")
    return directory


def everything(directory: Path) -> list[Row]:
    return [row for path in sorted(directory.glob("*.jsonl.*")) for row in rows(path)]


@pytest.mark.parametrize("row, site", [
    ({"id": "1", "url": "https://news.gazette.co.uk/a"}, "gazette.co.uk"),
    ({"id": "2", "url": "https://archive.example/20120101/a", "site": "gazette.co.uk"}, "gazette.co.uk"),
    ({"id": "3", "url": None}, "3"),
    ({"id": "4"}, "4"),
])  # fmt: skip
def test_a_page_is_held_out_with_its_site(row: Row, site: str) -> None:
    assert site_of(row) == site


def test_no_site_is_in_both_parts_of_a_fold(gold: Path, tmp_path: Path) -> None:
    pages = everything(gold)
    for fold, rest in enumerate(hold_out(gold, FOLDS, tmp_path / "rest")):
        held = {site_of(page) for page in pages if fold_of(page, FOLDS) == fold}
        assert held
        assert not held & {site_of(page) for page in everything(rest)}


def test_all_other_pages_are_learned_from_as_they_stand(gold: Path, tmp_path: Path) -> None:
    pages = everything(gold)
    for fold, rest in enumerate(hold_out(gold, FOLDS, tmp_path / "rest")):
        assert everything(rest) == [page for page in pages if fold_of(page, FOLDS) != fold]


def test_what_lies_beside_the_pages_is_there_for_each_fold(gold: Path, tmp_path: Path) -> None:
    assert [(rest / "README.md").read_text() for rest in hold_out(gold, FOLDS, tmp_path / "rest")] == ["Pages."] * FOLDS
