"""Pages that a script makes are what the script makes."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_metrics_is_current() -> None:
    assert (DOCS / "metrics.md").read_text(encoding="utf-8") == runpy.run_path(str(DOCS / "metrics_table.py"))["text"]()


def test_the_page_of_topics_is_current() -> None:
    assert (DOCS / "topics.md").read_text(encoding="utf-8") == runpy.run_path(str(DOCS / "topics_page.py"))["text"]()
