"""What docs/subscribing.md and feeding.md tell people to type does what they say: each is typed, on a real Kafka."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
import urllib3
from kafka import TopicPartition

from copydesk import clients
from copydesk.feeds import FORMATS
from ops.ports import free_port
from tests.integration.conftest import Broker
from tests.stores import Service

pytestmark = pytest.mark.kafka

DOCS = Path(__file__).parents[3] / "docs"
SUBSCRIBING = (DOCS / "subscribing.md").read_text(encoding="utf-8")
TYPED = [
    line.strip()
    for line in SUBSCRIBING.splitlines()
    if line.startswith("    ") and re.match(r"(\w+=\S+ )*(copydesk|curl) ", line.strip())
]
PATIENCE_SECONDS = 180.0

ARTICLE = {
    "schema": "copydesk.article/1", "id": "a", "version": 1, "title": "Snow closes the pass", "word_count": 4,
    "text": "It fell on Valdrey.", "published_at": "2026-01-09T17:00:00Z", "fetched_at": "2026-01-09T19:00:00Z",
    "language": {"code": "de", "confidence": 1}, "source": {"domain": "gazette.example"}, "removed": [],
    "entities": [{"text": "Valdrey", "label": "GPE", "start": 11, "end": 18}],
    "places": [{"name": "Valdrey", "start": 11, "end": 18, "latitude": 46.2, "longitude": 7.3, "score": 1}],
    "duplicate": {"kind": "none", "cluster_id": "a", "canonical_id": "a"},
    "provenance": {"pipeline": "1", "stages": {}},
}  # fmt: skip
COPY = {**ARTICLE, "id": "b", "duplicate": {"kind": "near", "cluster_id": "a", "canonical_id": "a", "containment": 1.0}}
PAGE = {"url": "https://gazette.example/1", "fetched_at": "2026-01-09T19:00:00Z", "content_type": "text/html",
        "content": "<p>Snow."}  # fmt: skip


@dataclass
class Desk:
    """A Kafka with news that keeps coming, and a folder to type in."""

    broker: Broker
    folder: Path

    def news(self) -> None:
        topics = self.broker.topics
        with contextlib.closing(clients.producer(self.broker.bootstrap)) as producer:
            for topic, event in ((topics.enriched, ARTICLE), (topics.duplicates, COPY), (topics.raw, PAGE)):
                producer.send(topic.name, orjson.dumps(event), key=b"a")

    @contextlib.contextmanager
    def typed(self, command: str, **environment: str) -> Iterator[None]:
        """``command`` running in a shell until the block ends; what it prints is in ``printed``."""
        known = {"COPYDESK_BROKER": self.broker.bootstrap, "COPYDESK_TOPIC_PREFIX": self.broker.prefix}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        with (self.folder / "printed").open("wb") as printed:
            process = subprocess.Popen(
                ["bash", "-c", command], cwd=self.folder, stdout=printed, stderr=printed, start_new_session=True,
                env={**os.environ, **known, **environment, "PATH": path, "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        try:
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=60)

    def until(self, done: Callable[[], Any]) -> None:
        """Let news come until ``done``."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not done():
            assert time.monotonic() < deadline, (self.folder / "printed").read_text()[-3000:]
            self.news()

    def holds(self, text: str, file: str = "printed") -> bool:
        found = self.folder / file
        return found.exists() and text in found.read_text()

    def committed(self, group: str, topic: str) -> bool:
        with contextlib.closing(clients.consumer(self.broker.bootstrap, topic, group=group)) as consumer:
            return bool(consumer.committed(TopicPartition(topic, 0)))


@pytest.fixture
def desk(kafka: Callable[[int], Broker], tmp_path: Path) -> Desk:
    return Desk(kafka(1), tmp_path)


@pytest.mark.parametrize(
    ("command", "told", "file"),
    [
        ("copydesk tail enriched --where", "Snow closes the pass", "printed"),
        ("copydesk tail enriched --from-beginning --as csv", "gazette.example,de,Snow closes", "articles.csv"),
        ("copydesk tail duplicates --since", '"kind":"near"', "printed"),
    ],
)
def test_what_is_tailed_is_printed(desk: Desk, command: str, told: str, file: str) -> None:
    [line] = [line for line in TYPED if line.startswith(command)]
    with desk.typed(line):
        desk.until(lambda: desk.holds(told, file))


def test_the_program_of_the_page_prints_articles(desk: Desk) -> None:
    [program] = re.findall(r"```python\n(from copydesk import subscribe\n.*?)```", SUBSCRIBING, re.DOTALL)
    (desk.folder / "desk.py").write_text(program.replace('"my-desk"', f'"{desk.broker.prefix}desk"'))
    with desk.typed("python desk.py"):
        desk.until(lambda: desk.holds("2026-01-09 17:00:00+00:00 Snow closes the pass"))
    assert desk.committed(f"{desk.broker.prefix}desk", desk.broker.topics.enriched.name)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_events_and_feeds_come_over_http(desk: Desk) -> None:
    port = str(free_port())
    serve, *asked = [line.replace("8000", port) for line in TYPED if "8000" in line and "copydesk sink" not in line]
    assert len(asked) == 3
    desk.news()
    with desk.typed(serve):
        desk.until(lambda: desk.holds("Running on"))
        for number, curl in enumerate(asked):
            there = Desk(desk.broker, desk.folder / str(number))
            there.folder.mkdir()
            with there.typed(curl):
                there.until(lambda there=there: there.holds("Snow closes the pass"))


@pytest.fixture
def stores(
    request: pytest.FixtureRequest, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], tuple[str, Callable[[Path], int]]]:
    """For a kind of sink: the command with what stands in for its addresses, and what counts what it kept."""

    def files(pattern: str) -> Callable[[Path], int]:
        return lambda folder: len(list(folder.glob(pattern)))

    def rows(folder: Path) -> int:
        import duckdb

        with duckdb.connect(str(folder / "news.duckdb")) as kept:
            return len(kept.execute("SELECT id FROM articles").fetchall())

    def of(kind: str) -> tuple[str, Callable[[Path], int]]:
        [line] = [line for line in TYPED if f"copydesk sink {kind} " in line]
        if kind == "postgres":
            import psycopg

            address = request.getfixturevalue("postgres")
            host = re.search(r"host=(\S+)", address)
            assert host
            line = line.replace("db.example", host[1]).replace("=news", "=copydesk").replace("…", "x")
            monkeypatch.setenv("PGDATABASE", "postgres")
            return line, lambda _: psycopg.connect(address).execute("SELECT id FROM articles").rowcount
        if kind == "opensearch":
            address = request.getfixturevalue("opensearch")

            def documents(_: Path) -> int:
                urllib3.request("POST", f"{address}/news/_refresh")
                return int(urllib3.request("GET", f"{address}/news/_count").json()["count"])

            return line.replace("http://127.0.0.1:9200", address), documents
        if kind == "webhook":
            line = line.replace("https://desk.example", service.address).replace("…", "x")
            return line, lambda folder: len(service.posted) and len((folder / "deliveries.jsonl").read_bytes())
        counts = {"duckdb": rows, "parquet": files("archive/*/*.parquet"), "warc": files("pages/*.warc.gz")}
        return line, counts[kind]

    return of


@pytest.mark.parametrize("kind", ["duckdb", "parquet", "postgres", "opensearch", "webhook", "warc"])
def test_a_store_keeps_what_comes(
    desk: Desk, stores: Callable[[str], tuple[str, Callable[[Path], int]]], kind: str
) -> None:
    command, kept = stores(kind)
    topic = desk.broker.topics.raw if kind == "warc" else desk.broker.topics.enriched
    with desk.typed(command):
        desk.until(lambda: desk.committed(f"copydesk-sink-{kind}", topic.name))
    assert kept(desk.folder) > 0


def test_schemas_are_registered(desk: Desk, service: Service) -> None:
    [command] = re.findall(r"`(copydesk schema --register .*?)`", SUBSCRIBING, re.DOTALL)
    service.answers = [(200, b'{"id": 1}')] * 20
    with desk.typed(command.replace("http://127.0.0.1:8081", service.address)):
        desk.until(lambda: desk.holds("news.enriched-value is schema 1"))


def test_the_folder_of_examples_is_fed_dry(desk: Desk) -> None:
    page = (DOCS / "feeding.md").read_text(encoding="utf-8")
    [command] = [line.strip() for line in page.splitlines() if line.startswith("    copydesk feed docs/")]
    with desk.typed(command.replace("docs/", f"{DOCS}/")):
        desk.until(lambda: desk.holds("sent "))
    told = (desk.folder / "printed").read_text()
    assert all(name in told for name in ["rss", "newsml", "warc", "media-cloud", *FORMATS])


def test_every_command_of_the_page_is_typed_here() -> None:
    assert len(TYPED) == 3 + 4 + 6
