"""Nothing is lost: killed workers, poison messages."""

from __future__ import annotations

import base64
import contextlib
import gzip
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from ops.ports import free_port
from tests.integration.conftest import Broker
from tests.integration.pages import raw
from tests.integration.streaming import Stream, worker


@pytest.mark.kafka
@pytest.mark.timeout(300)
def test_killed_workers_lose_nothing_and_send_nothing_else_again(
    kafka: Callable[[int], Broker], tmp_path: Path
) -> None:
    broker, pages, kills = kafka(4), 400, 3
    with contextlib.closing(Stream(broker)) as stream:
        stream.send((str(n).encode(), raw(n) if n % 10 else b"poison") for n in range(pages))
        for kill in range(1, kills + 1):
            with worker(broker, tmp_path, COPYDESK_PROCESSES="2") as running:
                stream.read_until(lambda seen, n=kill: len(seen.ledger.ended) > n * pages // (kills + 2), running)
                running.kill()
        with worker(broker, tmp_path) as running:
            seen = stream.read_all(running)
            assert running.stop() == 0
    assert seen.ledger.balanced
    assert seen.different() == []
    assert seen.ledger.totals()[broker.topics.dead_letters.name] == pages // 10


HTML = {"content_type": "text/html"}
POISON: dict[str, tuple[bytes | None, set[str]]] = {
    "not JSON": (b"<html>not JSON</html>", {"ContractError"}),
    "JSON of the wrong shape": (b'{"url": 1, "fetched_at": 17, "content_type": "text/html"}', {"ContractError"}),
    "a JSON list": (b"[1, 2, 3]", {"ContractError"}),
    "a tombstone": (None, {"ContractError"}),
    "bytes that are no UTF-8": (b"\xff\xfe{\x00}", {"ContractError"}),
    "JSON nested 100,000 deep": (b"[" * 100_000, {"ContractError"}),
    "an empty page": (raw(0, content="", **HTML), {"EmptyPage"}),
    "a page of NULs": (raw(0, content="\0" * 1000, **HTML), {"EmptyPage"}),
    "a page of 12 MB": (raw(0, content="<p>" + "word " * 2_400_000, **HTML), {"PageTooLarge"}),
    "a page nested 100,000 deep": (
        raw(0, content="<div>" * 100_000 + "<p>text</p>", **HTML),
        {"PageTooDeep", "EmptyPage", "NotAnArticle"},
    ),
    "a page that is gzip": (
        raw(0, content=None, content_base64=base64.b64encode(gzip.compress(b"<p>text" * 99)).decode(), **HTML),
        {"EmptyPage", "NotAnArticle"},
    ),
}


@pytest.mark.parametrize("kind", ["embedded", "kafka"])
@pytest.mark.timeout(180)
def test_each_poison_is_a_typed_dead_letter_and_the_next_page_is_unharmed(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    broker = request.getfixturevalue("embedded_broker") if kind == "embedded" else request.getfixturevalue("kafka")(1)
    with contextlib.closing(Stream(broker)) as stream, worker(broker, tmp_path) as running:
        origins = {}
        for number, (name, (value, _)) in enumerate(POISON.items()):
            [origins[name]] = stream.send([(b"poison", value)])
            stream.send([(b"good", raw(10 * number + 10))])
            stream.read_all(running)
        seen = stream.seen
    letters = seen.of(broker.topics.dead_letters.name)
    found = {name: letters.get(origin, {}).get("error", {}).get("type") for name, origin in origins.items()}
    assert {name: kind for name, kind in found.items() if kind not in POISON[name][1]} == {}
    assert seen.ledger.balanced
    assert len(seen.of(broker.topics.enriched.name)) == len(POISON)


@pytest.mark.embedded
def test_metrics_say_what_went_through(embedded_broker: Broker, tmp_path: Path) -> None:
    port = free_port()
    with (
        contextlib.closing(Stream(embedded_broker)) as stream,
        worker(embedded_broker, tmp_path, COPYDESK_METRICS_PORT=str(port)) as running,
    ):
        stream.send([(b"a", raw(3)), (b"b", raw(4)), (b"c", b"poison")])
        stream.read_all(running)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as reply:
            shown = reply.read().decode()
    for line in (
        'copydesk_messages_in_total{stage="extract"} 3.0',
        'copydesk_messages_out_total{outcome="extracted",stage="extract"} 2.0',
        'copydesk_messages_out_total{outcome="dead_letter",stage="extract"} 1.0',
        'copydesk_messages_out_total{outcome="enriched",stage="annotate"} 1.0',
        'copydesk_dead_letters_total{error="ContractError",stage="extract"} 1.0',
        'copydesk_stage_seconds_count{stage="annotate"} 1.0',
        'copydesk_fetched_to_done_seconds_count{outcome="enriched"} 1.0',
        'copydesk_in_flight_messages{stage="extract"} 0.0',
    ):
        assert line in shown
