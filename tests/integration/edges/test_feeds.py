"""Crawlers as they run: a Scrapy pipeline, another crawler's topic, a feed that was stopped."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from kafka import TopicPartition
from typer.testing import CliRunner

from copydesk import clients
from copydesk.cli import app
from copydesk.feeding import bridging
from copydesk.feeding.feeder import Tally
from copydesk.schemas import RawArticle, decode
from copydesk.schemas.topics import topics
from tests.integration.conftest import Broker

pytestmark = pytest.mark.embedded

DOCS = Path(__file__).parents[3] / "docs"


def fed(broker: Broker, count: int) -> list[RawArticle]:
    """The first ``count`` pages on ``news.raw``."""
    with contextlib.closing(clients.consumer(broker.bootstrap, broker.topics.raw.name)) as consumer:
        return [decode(RawArticle, record.value) for _, record in zip(range(count), consumer, strict=False)]


class Stats(dict[str, int]):
    def inc_value(self, name: str) -> None:
        self[name] = self.get(name, 0) + 1


def test_a_message_of_a_schema_registrys_serializer_is_its_json() -> None:
    value = b"\x00\x00\x00\x00\x2a" + b'{"url": "https://gazette.example/1", "html": "<p>Snow."}'
    record = SimpleNamespace(topic="pages", partition=0, offset=7, value=value)
    row = bridging.row_of(record)
    assert (row.where, row.fields()["html"]) == ("pages/0/7", "<p>Snow.")


def test_the_scrapy_project_of_the_docs_hands_in_what_it_crawls(embedded_broker: Broker, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<article><a href="snow.html">Snow</a></article><a href="gone.html">x</a>')
    (tmp_path / "snow.html").write_text("<h1>Snow closes the pass</h1>")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        front = f"http://127.0.0.1:{site.server_port}/index.html"
        crawl = [sys.executable, "-m", "scrapy", "crawl", "gazette", "-a", f"front={front}"]
        done = subprocess.run(
            [*crawl, "-s", f"COPYDESK_BROKER={embedded_broker.bootstrap}"],
            cwd=DOCS / "examples" / "scrapy", capture_output=True, text=True, check=True,
        )  # fmt: skip
        site.shutdown()
    assert "'copydesk/sent': 1" in done.stderr, done.stderr
    assert "ProduceRequest" not in done.stderr  # what Kafka's client does is not logged
    [raw] = fed(embedded_broker, 1)
    assert (raw.url, raw.content) == (front.replace("index", "snow"), "<h1>Snow closes the pass</h1>")


async def test_a_scrapy_pipeline_sends_every_item_and_drops_what_is_no_page(embedded_broker: Broker) -> None:
    from scrapy.exceptions import DropItem

    from copydesk.feeding.scrapy_pipeline import CopydeskPipeline

    stats = Stats()
    crawler = SimpleNamespace(settings={"COPYDESK_BROKER": embedded_broker.bootstrap}, stats=stats)
    pipeline = CopydeskPipeline.from_crawler(crawler)
    item = {"url": "https://gazette.example/1", "html": "<p>Snow."}
    assert await pipeline.process_item(item) is item
    with pytest.raises(DropItem, match=r"\$\.html"):
        await pipeline.process_item({"url": "https://gazette.example/2", "html": 17})
    pipeline.close_spider()
    assert stats == {"copydesk/sent": 1, "copydesk/refused": 1}
    [raw] = fed(embedded_broker, 1)
    assert (raw.url, raw.content, raw.crawler) == ("https://gazette.example/1", "<p>Snow.", "scrapy")


def test_another_crawlers_topic_is_bridged_and_committed(embedded_broker: Broker) -> None:
    firehose = embedded_broker.topics.raw_backfill.name  # stands in for a crawler's own topic
    pages: list[Any] = [
        orjson.dumps({"appid": "a", "crawlid": "1", "url": "https://gazette.example/1", "body": "<p>Snow."}),
        b"json failed to parse",
    ]
    tally, wanted = Tally(), topics(4)
    with (
        contextlib.closing(clients.producer(embedded_broker.bootstrap)) as producer,
        contextlib.closing(
            clients.consumer(embedded_broker.bootstrap, firehose, group=bridging.group(firehose))
        ) as source,
    ):
        for page in pages:
            producer.send(firehose, page, partition=0).get(timeout=60)
        dry = ["feed", "--from-topic", firehose, "--dry-run", "--broker", embedded_broker.bootstrap]
        tried = CliRunner().invoke(app, dry)
        assert decode(RawArticle, tried.stdout.splitlines()[0].encode()).url == "https://gazette.example/1"
        assert "sent 1, refused 1" in tried.stderr
        while tally.sent + tally.refused < 2:
            list(bridging.bridge(source, producer, wanted, "live", tally))
        assert (tally.sent, tally.refused) == (1, 1)
        assert source.committed(TopicPartition(firehose, 0)) == 2
    assert [raw.url for raw in fed(embedded_broker, 1)] == ["https://gazette.example/1"]


def test_a_feed_that_was_stopped_goes_on_where_it_was(embedded_broker: Broker, tmp_path: Path) -> None:
    crawl, checkpoint = tmp_path / "crawl.jsonl", tmp_path / "at.json"
    row = b'{"url": "https://gazette.example/%d", "html": "<p>Snow."}\n'
    arguments = ["feed", str(crawl), "--resume", str(checkpoint), "--broker", embedded_broker.bootstrap]
    crawl.write_bytes(row % 1 + row % 2)
    assert "sent 2" in CliRunner().invoke(app, arguments).output
    crawl.write_bytes(row % 1 + row % 2 + row % 3)
    assert "sent 1" in CliRunner().invoke(app, arguments).output
    urls = sorted(raw.url or "" for raw in fed(embedded_broker, 3))
    assert urls == [f"https://gazette.example/{number}" for number in (1, 2, 3)]
