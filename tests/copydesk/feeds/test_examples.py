"""Each example of docs/feeding.md is fed, dry, and its page read."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from copydesk.cli import app
from copydesk.pipeline.extraction import extract
from copydesk.schemas import RawArticle, decode

FEEDS = Path(__file__).parents[3] / "docs" / "examples" / "feeds"
TITLE = "Snow closes the pass above Valdrey"
EXAMPLES = {  # file: (format, how many are refused)
    "copydesk.jsonl": ("copydesk", 1),
    "scrapy-cluster.jsonl": ("scrapy-cluster", 1),
    "news-please.json": ("news-please", 0),
    "zyte.jsonl": ("zyte", 0),
    "scrapfly.jsonl": ("scrapfly", 0),
    "fundus.json": ("fundus", 0),
    "stormcrawler.jsonl": ("stormcrawler", 0),
    "rss-bridge.json": ("json-feed", 0),
    "ninjs.json": ("ninjs", 0),
    "json-ld.json": ("json-ld", 0),
    "gazette.rss": ("rss", 1),
    "newsml-g2.xml": ("newsml", 0),
    "gazette.warc": ("warc", 2),
    "media-cloud.warc": ("media-cloud", 0),
    "field-map.jsonl": ("field-map.yaml", 0),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_recognised_fed_and_read(name: str, tmp_path: Path) -> None:
    format, refused = EXAMPLES[name]
    out = tmp_path / "raw.jsonl"
    chosen = ["--format", str(FEEDS / format)] if format.endswith(".yaml") else []
    fed = CliRunner().invoke(app, ["feed", str(FEEDS / name), *chosen, "--dry-run", "-o", str(out)])
    assert fed.exit_code == 0, fed.output
    assert f"sent 1, refused {refused}" in fed.output
    assert f"1 as {format}" in fed.output
    article = extract(decode(RawArticle, out.read_bytes()))
    assert article.title == TITLE
    assert article.authors == (() if format == "stormcrawler" else ("Jonas Brandt",))  # which tells no author
    assert article.dateline is not None
    assert "spent the night on the road" in article.text
    assert "Home" not in article.text


def test_every_example_is_named() -> None:
    assert {file.name for file in FEEDS.iterdir()} == {*EXAMPLES, "field-map.yaml"}
