from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
import typer
from typer.testing import CliRunner, Result

from copydesk.cli.feed import feed
from copydesk.cli.tail import tail
from copydesk.demo import embedded
from copydesk.schemas import RawArticle, decode
from copydesk.schemas.topics import topics

pytestmark = pytest.mark.embedded

app = typer.Typer()
app.command()(feed)
app.command()(tail)

HOSTILE = "https://gazette.example/\x1b[2J"


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    with embedded.broker(topics(4)) as address:
        yield address


def run(broker: str, *arguments: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--broker", broker], input=stdin)


def lines(*rows: dict[str, Any]) -> bytes:
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)


def test_what_was_fed_is_tailed_and_what_is_wrong_is_refused_by_line(broker: str, tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.jsonl"
    good = [{"id": str(n), "url": f"https://gazette.example/{n}", "html": "<p>Snow."} for n in range(3)]
    crawl.write_bytes(
        lines(good[0], {"html": 17}, good[1]) + b"{\n" + lines(good[2], {"url": HOSTILE, "text": "Snow."})
    )
    fed = run(broker, "feed", crawl)
    assert fed.exit_code == 0, fed.output
    assert "sent 4, refused 2" in fed.output
    assert f"refused {crawl}:2: $.html: expected string, found 17" in fed.output
    assert f"refused {crawl}:4: $: expected JSON in UTF-8" in fed.output

    raw = run(broker, "tail", "raw", "--from-beginning", "--limit", "4", "--json")
    articles = [decode(RawArticle, line) for line in raw.stdout_bytes.splitlines()]
    assert {article.url for article in articles} == {HOSTILE, *(row["url"] for row in good)}

    shown = run(broker, "tail", "news.raw", "--from-beginning", "--limit", "4")
    assert all(line.isprintable() for line in shown.output.splitlines())
    assert "https://gazette.example/1" in shown.output


def test_unchecked_lines_go_out_as_they_are_and_in_their_lane(broker: str) -> None:
    fed = run(broker, "feed", "-", "--unchecked", "--lane", "backfill", stdin=b"no JSON\n")
    assert fed.exit_code == 0, fed.output
    seen = run(broker, "tail", "raw.backfill", "--from-beginning", "--limit", "1", "--json")
    assert seen.stdout_bytes == b"no JSON\n"
    assert (
        "(not an event of ours) no JSON"
        in run(broker, "tail", "raw.backfill", "--from-beginning", "--limit", "1").output
    )


def test_a_feed_of_which_nothing_is_taken_fails(broker: str) -> None:
    assert run(broker, "feed", "-", stdin=b"{}\n").exit_code == 1


def test_no_broker_is_said_in_one_line() -> None:
    fed = run("127.0.0.1:1", "feed", "-", stdin=b"{}\n")
    assert fed.exit_code == 2
    assert "no Kafka broker answers at 127.0.0.1:1" in fed.output


def test_an_unknown_topic_is_answered_with_those_there_are(broker: str) -> None:
    seen = run(broker, "tail", "riched")
    assert seen.exit_code == 2
    assert "enriched" in seen.output
