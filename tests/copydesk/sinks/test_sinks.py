"""Every store keeps the same: of each id the highest version, whatever comes again or late."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.feeding.rows import rows
from copydesk.sinks import Event, SinkError, latest, opened
from copydesk.sinks.posting import Poster
from copydesk.sinks.webhook import signature
from tests.stores import Service

duckdb = pytest.importorskip("duckdb")


def article(id: str, version: int = 1, **fields: Any) -> Event:
    return {
        "id": id, "version": version, "title": f"Snow {version}", "text": "It fell.", "word_count": 2,
        "published_at": "2026-01-09T17:00:00Z", "language": {"code": "en"}, "source": {"domain": "gazette.example"},
        "authors": ["Jonas Brandt"], "duplicate": {"kind": "none", "cluster_id": id}, **fields,
    }  # fmt: skip


def test_of_a_batch_the_latest_version_counts() -> None:
    batch = [article("a", 2), article("b"), article("a", 1), {"no": "id"}]
    assert [(one["id"], one["version"]) for one in latest(batch)] == [("a", 2), ("b", 1)]


def in_duckdb(folder: Path) -> tuple[str, str, Callable[[], list[Any]]]:
    def read() -> list[Any]:
        with duckdb.connect(str(folder / "news.duckdb")) as store:
            return list(store.execute("SELECT id, version, title, authors[1] FROM articles ORDER BY id").fetchall())

    return "duckdb", str(folder / "news.duckdb"), read


def in_parquet(folder: Path) -> tuple[str, str, Callable[[], list[Any]]]:
    query = f"""SELECT id, version, title, authors[1] FROM read_parquet('{folder}/news/*/*.parquet')
        QUALIFY row_number() OVER (PARTITION BY id ORDER BY version DESC) = 1 ORDER BY id"""
    return "parquet", str(folder / "news"), lambda: list(duckdb.sql(query).fetchall())


WANTED = [("a", 2, "Snow 2", "Jonas Brandt"), ("b", 1, "Snow 1", "Jonas Brandt")]


def fill(kind: str, target: str) -> None:
    into = opened(kind, target)
    for batch in ([article("a"), article("b")], [article("a", 2)], [article("a"), article("b")], []):
        into.write(batch)
    into.close()


@pytest.mark.parametrize("store", [in_duckdb, in_parquet])
def test_a_file_keeps_the_highest_version(store: Callable[[Path], Any], tmp_path: Path) -> None:
    kind, target, read = store(tmp_path)
    fill(kind, target)
    assert read() == WANTED


def test_a_parquet_batch_that_comes_again_is_the_same_file(tmp_path: Path) -> None:
    into = opened("parquet", str(tmp_path))
    for _ in range(3):
        into.write([article("a"), article("b", published_at=None)])
    assert sorted(file.parent.name for file in tmp_path.glob("*/*.parquet")) == ["day=2026-01-09", "day=unknown"]


def test_postgres_keeps_the_highest_version(postgres: str) -> None:
    import psycopg

    fill("postgres", postgres)
    with psycopg.connect(postgres) as store:
        found = store.execute("SELECT id, version, title, authors[1], event->>'text' FROM articles ORDER BY id")
        assert found.fetchall() == [(*row, "It fell.") for row in WANTED]


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a database")
    for kind, target in (
        ("postgres", f"host={tmp_path} user=nobody"),
        ("duckdb", str(tmp_path / "file")),
        ("opensearch", "no address"),
        ("webhook", "ftp://a.example"),
    ):
        with pytest.raises(SinkError):
            opened(kind, target)


def test_opensearch_keeps_the_highest_version(opensearch: str) -> None:
    import urllib3

    fill("opensearch", f"{opensearch}/news")
    urllib3.request("POST", f"{opensearch}/news/_refresh")
    found = urllib3.request("GET", f"{opensearch}/news/_search?sort=id.keyword").json()["hits"]["hits"]
    kept = [
        (one["_id"], one["_source"]["version"], one["_source"]["title"], one["_source"]["authors"][0]) for one in found
    ]
    assert kept == WANTED


def test_opensearch_is_given_versions_and_minds_no_newer_one(service: Service) -> None:
    into = opened("opensearch", f"{service.address}/news")
    service.answers = [(503, b""), (200, b'{"items": [{"index": {"status": 201}}, {"index": {"status": 409}}]}')]
    into.write([article("a", 2), article("b")])
    path, headers, body = service.posted[-1]
    assert (path, headers["Content-Type"]) == ("/_bulk", "application/x-ndjson")
    about = orjson.loads(body.splitlines()[0])["index"]
    assert about == {"_index": "news", "_id": "a", "version": 2, "version_type": "external_gte"}
    service.answers = [(200, b'{"items": [{"index": {"status": 400, "error": "no"}}]}')]
    with pytest.raises(SinkError, match="1 refused"):
        into.write([article("a")])


def test_a_webhook_is_signed_and_tried_again_and_every_attempt_is_kept(
    service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COPYDESK_WEBHOOK_SECRET", "s")
    service.answers = [(503, b""), (200, b""), (422, b"no room for snow"), (200, b""), (401, b"")]
    into = opened("webhook", service.address, history=tmp_path / "history.jsonl")
    into.write([article("a"), article("b", 2), article("c")])
    assert len(service.posted) == 4
    _, headers, body = service.posted[1]
    at, signed = (part.split("=")[1] for part in headers["Copydesk-Signature"].split(","))
    assert signed == signature(b"s", int(at), body)
    assert headers["Copydesk-Delivery"] == "a.1"
    with pytest.raises(SinkError, match="401"):  # a receiver that refuses us ends the sink
        into.write([article("d")])
    into.close()
    kept = [orjson.loads(line) for line in (tmp_path / "history.jsonl").read_bytes().splitlines()]
    assert [(one["delivery"], one["attempt"], one["outcome"], one["status"]) for one in kept] == [
        ("a.1", 1, "later", 503), ("a.1", 2, "delivered", 200), ("b.2", 1, "refused", 422),
        ("c.1", 1, "delivered", 200), ("d.1", 1, "refused", 401),
    ]  # fmt: skip


def test_a_webhook_follows_no_redirect(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_WEBHOOK_SECRET", "s")
    service.answers = [(302, b"")]
    with pytest.raises(SinkError, match="302"):
        opened("webhook", service.address).write([article("a")])
    assert len(service.posted) == 1


@pytest.mark.parametrize("kind", ["duckdb", "parquet", "warc"])
def test_a_character_that_stores_do_not_like_stops_no_sink(kind: str, tmp_path: Path) -> None:
    target = tmp_path / ("news.duckdb" if kind == "duckdb" else kind)
    into = opened(kind, str(target))
    into.write([article("a", title="Sn\0w", text="It\0fell \u2028 \U0001f328")])
    into.close()


def test_postgres_has_no_place_for_a_nul_and_takes_the_article(postgres: str) -> None:
    import psycopg

    into = opened("postgres", postgres)
    into.write([article("a", title="Sn\0w", entities=[{"text": "Val\0drey"}])])
    with psycopg.connect(postgres) as store:
        found = store.execute("SELECT title, event->'entities'->0->>'text' FROM articles").fetchone()
    assert found == ("Sn\ufffdw", "Val\ufffddrey")
    into.close()


def test_patience_with_a_service_ends(service: Service) -> None:
    service.answers = [(503, b"")] * 5
    with pytest.raises(SinkError, match="503"):
        Poster(patience=0.0).post(service.address, b"", {})


def test_raw_pages_come_out_of_an_archive_as_they_went_in(tmp_path: Path) -> None:
    page = {"content_type": "text/html", "fetched_at": "2026-01-09T19:00:00Z"}
    latin = base64.b64encode("<p>Größe".encode("latin-1")).decode()
    pages = [
        {**page, "url": "https://gazette.example/1", "content": "<p>Größe"},
        {**page, "url": "https://gazette.example/2", "content_base64": latin, "charset": "latin-1", "http_status": 200},
    ]
    into = opened("warc", str(tmp_path))
    into.write(pages)
    into.write(pages)
    [file] = tmp_path.glob("*.warc.gz")
    one, two = (row.page for row in rows(file))
    assert one
    assert two
    assert (one["html"].decode(), one["charset"], one["url"]) == ("<p>Größe", "utf-8", "https://gazette.example/1")
    assert (two["html"].decode("latin-1"), two["charset"].lower()) == ("<p>Größe", "latin-1")
