"""Dead letters are counted, sent back after a fix, and leave the count."""

from __future__ import annotations

import contextlib
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from copydesk.cli import app
from tests.integration.conftest import Broker
from tests.integration.streaming import Stream, worker

pytestmark = pytest.mark.embedded

BROKEN = (b"broken", b"{")
EMPTY = (
    b"https://gazette.example/empty",
    orjson.dumps(
        {
            "url": "https://gazette.example/empty",
            "fetched_at": "2026-05-04T12:00:00Z",
            "content_type": "text/html",
            "content": "<p>",
        }
    ),
)
PAGE = "<h1>Harbour closed</h1>" + "".join(
    f"<p>The harbour of Port Selwyn was closed on Tuesday for the {n}th time, its mayor said, until it is calm.</p>"
    for n in range(6)
)


def test_dead_letters_are_counted_sent_back_and_given_up(embedded_broker: Broker, folder: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, [*arguments, "--broker", embedded_broker.bootstrap])
        assert result.exit_code == 0, result.output
        return result.output

    with contextlib.closing(Stream(embedded_broker)) as stream, worker(embedded_broker, folder) as running:
        stream.send([BROKEN, EMPTY, EMPTY])
        stream.read_all(running)
        counted = run("dead-letters")
        assert "2  extract  EmptyPage" in counted
        assert "1  extract  ContractError" in counted
        assert "2 would be sent back" in run("replay", "--error", "EmptyPage", "--dry-run")
        assert "sent back 1, 0 stay" in run("replay", "--error", "ContractError", "--attempts", "1")
        stream.read_until(lambda _: "1  extract  ContractError" in run("dead-letters"), running)  # it failed again
        assert "sent back 0, 1 stay" in run("replay", "--error", "ContractError", "--attempts", "1")
        assert "3  in all" in run("dead-letters")
        whole = [orjson.loads(line) for line in run("dead-letters", "--whole", "--error", "EmptyPage").splitlines()]
        assert [letter["value"].encode() for letter in whole] == [EMPTY[1], EMPTY[1]]
        assert "discarded 1" in run("replay", "--error", "EmptyPage", "--limit", "1", "--discard")
        assert "2  in all" in run("dead-letters")
        repaired = {**orjson.loads(whole[0]["value"]), "content": PAGE}
        fixed = stream.send([(EMPTY[0], orjson.dumps(repaired))])
        stream.read_all(running)
        assert (embedded_broker.topics.enriched.name, fixed[0]) in stream.seen.events
