from __future__ import annotations

import contextlib
import subprocess
import sys
from itertools import islice

import orjson
import pytest
from typer.testing import CliRunner

from copydesk import clients, subscribe
from copydesk.cli import app
from copydesk.filters import FilterError
from copydesk.subscribing import UnreadableEvent
from schemas import Article
from tests.integration.conftest import Broker

pytestmark = pytest.mark.embedded

ARTICLE = {
    "word_count": 2, "text": "Snow fell.", "provenance": {"pipeline": "1", "stages": {}}, "duplicate": {
        "kind": "none", "cluster_id": "c", "canonical_id": "c"},
}  # fmt: skip


@pytest.fixture
def broker(embedded_broker: Broker) -> Broker:
    """With six articles, English and German in turn, on one partition of the enriched topic."""
    with contextlib.closing(clients.producer(embedded_broker.bootstrap)) as producer:
        for number in range(6):
            language = {"code": "de" if number % 2 else "en", "confidence": 1}
            value = orjson.dumps({**ARTICLE, "id": str(number), "title": f"Snow {number}", "language": language})
            producer.send(embedded_broker.topics.enriched.name, value, partition=0).get(timeout=30)
    return embedded_broker


def test_events_come_typed_and_filtered(broker: Broker) -> None:
    with subscribe("enriched", broker=broker.bootstrap, where='language = "en"') as events:
        found = list(islice(events, 3))
    assert [event.record.id for event in found] == ["0", "2", "4"]
    assert isinstance(found[0].record, Article)
    assert (found[1].partition, found[1].offset) == (0, 2)


def test_a_group_goes_on_behind_what_it_committed_and_sees_the_rest_again(broker: Broker) -> None:
    with subscribe("enriched", broker=broker.bootstrap, group="desk") as events:
        assert [event.record.id for event in islice(events, 2)] == ["0", "1"]
        events.commit()
        assert next(events).record.id == "2"  # not committed
    with subscribe("enriched", broker=broker.bootstrap, group="desk") as events:
        assert next(events).record.id == "2"


async def test_events_come_to_a_program_that_must_not_wait(broker: Broker) -> None:
    with subscribe("enriched", broker=broker.bootstrap) as events:
        found = []
        async for event in events:
            found.append(event.record.id)
            if len(found) == 6:
                break
    assert found == list("012345")


def test_a_message_that_is_no_event_is_told_and_passed(broker: Broker) -> None:
    with contextlib.closing(clients.producer(broker.bootstrap)) as producer:
        producer.send(broker.topics.duplicates.name, b"{", partition=1).get(timeout=30)
        producer.send(broker.topics.duplicates.name, orjson.dumps({**ARTICLE, "id": "7", "language": {
            "code": "en", "confidence": 1}}), partition=1).get(timeout=30)  # fmt: skip
    with subscribe("duplicates", broker=broker.bootstrap) as events:
        with pytest.raises(UnreadableEvent, match=r"news\.duplicates/1/0"):
            next(events)
        assert next(events).record.id == "7"


def test_what_cannot_be_subscribed_to_is_told_at_once(broker: Broker) -> None:
    with pytest.raises(ValueError, match="no topic 'sports'"):
        subscribe("sports", broker=broker.bootstrap)
    with pytest.raises(FilterError):
        subscribe("enriched", broker=broker.bootstrap, where="language =")
    with pytest.raises(clients.BrokerUnavailable):
        subscribe("enriched", broker="127.0.0.1:1")


@pytest.mark.parametrize(("shape", "start"), [("json", "{"), ("csv", "id,version"), ("ninjs", '{"uri"'), ("line", " ")])
def test_tail_filters_and_prints_what_is_asked_for(broker: Broker, shape: str, start: str) -> None:
    arguments = ["tail", "enriched", "--from-beginning", "--where", '"snow 3" in title', "--limit", "1", "--as", shape]
    result = CliRunner().invoke(app, [*arguments, "--broker", broker.bootstrap])
    assert result.exit_code == 0, result.output
    assert "Snow 3" in result.output
    assert "Snow 2" not in result.output
    assert result.output.lstrip("–").startswith(start)


def test_subscribing_needs_neither_spacy_nor_faust() -> None:
    heavy = ("spacy", "faust", "aiokafka", "numpy", "marisa_trie", "turbohtml", "pebble", "confluent_kafka")
    program = (
        f"import sys; sys.modules.update(dict.fromkeys({heavy!r})); from copydesk import subscribe; import copydesk.cli"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
