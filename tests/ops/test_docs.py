"""Pages that a script makes are what the script makes."""

import re
import runpy
from pathlib import Path

import pytest

from docs.map.page import text
from docs.map.picture import svg

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_metrics_is_current() -> None:
    assert (DOCS / "metrics.md").read_text(encoding="utf-8") == runpy.run_path(str(DOCS / "metrics_table.py"))["text"]()


def test_the_page_of_topics_is_current() -> None:
    assert (DOCS / "topics.md").read_text(encoding="utf-8") == runpy.run_path(str(DOCS / "topics_page.py"))["text"]()


PAGES = [*sorted(DOCS.parent.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if re.match(r"https?:|mailto:", target):
            continue
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def anchors(page: Path) -> set[str]:
    """Of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.casefold()).replace(" ", "-") for heading in headings}


def test_the_page_of_scale_is_current() -> None:
    assert (DOCS / "scale.md").read_text(encoding="utf-8") == runpy.run_path(str(DOCS / "scale_page.py"))["text"]()


def test_the_map_is_current() -> None:
    assert (DOCS / "map.svg").read_text(encoding="utf-8") == svg(), "`make docs` draws it again"
    assert (DOCS / "map.md").read_text(encoding="utf-8") == text(), "`make docs` writes it again"
