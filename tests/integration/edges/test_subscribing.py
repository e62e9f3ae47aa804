from __future__ import annotations

import asyncio
import contextlib
import pkgutil
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import packages_distributions, requires
from itertools import islice

import orjson
import pytest
from packaging.requirements import Requirement
from typer.testing import CliRunner

import copydesk
from copydesk import clients, subscribe
from copydesk.cli import app
from copydesk.schemas import Article
from copydesk.subscribing.filters import FilterError
from copydesk.subscribing.subscription import UnreadableEvent
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
            producer.send(embedded_broker.topics.enriched.name, value, partition=0).get(timeout=60)
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
        producer.send(broker.topics.duplicates.name, b"{", partition=1).get(timeout=60)
        producer.send(broker.topics.duplicates.name, orjson.dumps({**ARTICLE, "id": "7", "language": {
            "code": "en", "confidence": 1}}), partition=1).get(timeout=60)  # fmt: skip
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


async def test_a_program_may_stop_waiting_and_go_on_later(broker: Broker) -> None:
    with subscribe("duplicates", broker=broker.bootstrap) as events:
        for _ in range(2):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await anext(aiter(events))
        value = orjson.dumps({**ARTICLE, "id": "7", "language": {"code": "en", "confidence": 1}})
        with contextlib.closing(clients.producer(broker.bootstrap)) as producer:
            producer.send(broker.topics.duplicates.name, value).get(timeout=60)
        assert (await anext(aiter(events))).record.id == "7"


def test_the_broker_is_taken_from_the_environment(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_BROKER", broker.bootstrap)
    with subscribe() as events:
        assert next(events).record.id == "0"


def test_a_time_to_begin_at_goes_with_no_group_and_names_its_zone() -> None:
    for wrong in ({"group": "desk", "since": datetime(2026, 1, 9, tzinfo=UTC)}, {"since": datetime(2026, 1, 9)}):
        with pytest.raises(ValueError, match="since="):
            subscribe("enriched", **wrong)  # type: ignore[arg-type]


def test_a_time_that_is_none_is_told(broker: Broker) -> None:
    arguments = ["tail", "enriched", "--broker", broker.bootstrap, "--since", "yesterday"]
    assert "Invalid value" in CliRunner().invoke(app, arguments).output


def test_a_message_that_is_no_event_does_not_end_a_table(broker: Broker) -> None:
    with contextlib.closing(clients.producer(broker.bootstrap)) as producer:
        for value in (b"{", None, b'{"source": 7}', b'{"id": "7"}'):
            producer.send(broker.topics.duplicates.name, value, key=b"a", partition=0)
    arguments = ["tail", "duplicates", "--from-beginning", "--as", "csv", "--limit", "4", "--broker", broker.bootstrap]
    result = CliRunner().invoke(app, arguments)
    assert result.stdout.splitlines()[1:] == ["7,,,,,,,,,"]
    assert result.stderr.count("no event of that kind") == 3


def test_feeding_and_subscribing_need_nothing_but_the_light_install() -> None:
    """With every library gone that ``pip install copydesk`` does not bring."""
    brought = {name.replace("_", "-") for name in brought_by("copydesk")}
    gone = {
        module
        for module, owners in packages_distributions().items()
        if not {owner.lower().replace("_", "-") for owner in owners} & brought
    }
    assert {"spacy", "faust", "aiokafka", "numpy", "aiohttp", "lxml", "confluent_kafka"} <= gone
    heavy = {"copydesk.feeding.scrapy_pipeline"}
    modules = {"copydesk.subscribing.subscription", "copydesk.feeding.feeder", "copydesk.feeding.bridging"} | {
        f"copydesk.{part}.{found.name}"
        for part in ("cli", "feeds", "views")
        for found in pkgutil.iter_modules([f"{copydesk.__path__[0]}/{part}"])
    }
    program = f"""if True:
        import sys
        class Gone:
            def find_spec(self, name, path, target=None):
                if name.partition(".")[0] in {gone}:
                    raise ModuleNotFoundError(name, name=name)
        sys.meta_path.insert(0, Gone())
        import {", ".join(sorted(modules - heavy))}
        from copydesk import subscribe
        print(subscribe.__name__)"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout == "subscribe\n", done.stderr


def brought_by(distribution: str) -> set[str]:
    """The names of ``distribution`` and of all that it needs, without extras but those it asks for."""
    found: set[str] = set()
    asked = [(distribution, "")]
    while asked:
        name, extra = asked.pop()
        if name in found and not extra:
            continue
        found.add(name)
        for line in requires(name) or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                asked += [(needed.name, ""), *((needed.name, one) for one in needed.extras)]
    return {name.lower() for name in found}
