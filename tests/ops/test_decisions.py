"""Decisions are numbered once each."""

from pathlib import Path

DECISIONS = sorted((Path(__file__).parents[2] / "docs" / "decisions").glob("*.md"))


def test_each_decision_has_a_number_of_its_own() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_each_decision_opens_with_its_number() -> None:
    assert [int(path.read_text().split(".")[0].removeprefix("# ")) for path in DECISIONS] == [
        int(path.name[:4]) for path in DECISIONS
    ]
