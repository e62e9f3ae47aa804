"""What a worker logs as it works and fails: where, and never the text of a page."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import orjson
import pytest

from copydesk.demo import sample
from tests.integration.conftest import Broker
from tests.integration.streaming import Stream, worker

pytestmark = pytest.mark.embedded

REFUSED = b'{"url": 1, "fetched_at": "Zanzibar", "content_type": "Zanzibar", "hints": {"title": ["Zanzibar"]}}'


def test_every_line_is_json_says_where_and_quotes_no_page(embedded_broker: Broker, folder: Path) -> None:
    pages = [(page.key, page.value) for page in list(sample.messages())[:12]]
    with contextlib.closing(Stream(embedded_broker)) as stream, worker(embedded_broker, folder) as running:
        stream.send([*pages, (b"refused", REFUSED)])
        seen = stream.read_all(running)
        assert running.stop() == 0
    log = running.log.read_text(encoding="utf-8")
    lines = [orjson.loads(line) for line in log.splitlines()]
    dead = [line for line in lines if "dead letter" in line["message"]]
    assert "ContractError: $.url: expected" in " ".join(line["message"] for line in dead)
    for line in dead:
        assert line.items() >= {"level": "WARNING", "topic": "news.raw", "stage": "extract"}.items()
        assert {"partition", "offset"} <= line.keys()
    assert "Zanzibar" not in log
    enriched = seen.of(embedded_broker.topics.enriched.name).values()
    said = {sentence for article in enriched for sentence in re.split(r"[.\n]", article["text"]) if len(sentence) > 20}
    assert len(said) > 20
    assert not [sentence for sentence in said if sentence in log]
