"""Partitions are raised as docs/operations.md says, and deduplication forgets nothing by it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from copydesk.schemas.topics import topics
from tests.integration.conftest import Broker
from tests.integration.pages import raw
from tests.integration.secured import run
from tests.integration.streaming import Stream, worker

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]

RUSSIAN = (
    "Городской совет в среду отложил голосование о закрытии старой паромной переправы через реку.",
    "Министр сообщил журналистам, что новый мост откроют в следующем году после проверки опор.",
    "Жители посёлка попросили вернуть утренний поезд, который отменили зимой из-за сильного снега.",
    "Музей получил письмо с просьбой вернуть картину, пропавшую из собрания много лет назад.",
    "Учёные измерили толщину ледника и сказали, что за десять лет он стал заметно тоньше.",
)  # which falls to shard 3 of 4, and to 1 of 2


def page(number: int) -> tuple[bytes, bytes]:
    """Page ``number``, every second in Russian; those of a hundred further are copies of it at other addresses."""
    told = number % 100
    text = "\n".join(
        f"{line[:-1]} — {told * 7 + n}." for n, line in enumerate(RUSSIAN[told % 5 :] + RUSSIAN[: told % 5])
    )
    title = {"content": f"Новости города номер {told}\n{text}"} if told % 2 else {}
    value = orjson.loads(raw(told * 10, **title))
    return str(number).encode(), orjson.dumps({**value, "url": f"https://outlet{number // 100}.example/{told}"})


def test_partitions_are_raised_and_copies_of_what_was_before_are_found(
    kafka: Callable[[int], Broker], tmp_path: Path
) -> None:
    broker, grown = kafka(2), topics(4)
    environment, command = broker.environment, ["topics", "grow", "--partitions"]
    with contextlib.closing(Stream(broker)) as stream:
        with worker(broker, tmp_path) as running:
            stream.send(map(page, range(20)))
            before = stream.read_all(running)
            assert "stop them first" in run(environment, *command, "4").stderr
            assert running.stop() == 0
        new = len(before.of(broker.topics.enriched.name))
        assert "not 3" in run(environment, *command, "3").stderr
        done = run(environment, *command, "4")
        assert done.returncode == 0, done.stderr
        assert "20 records of state copied" in done.stdout
        again = run({**environment, "COPYDESK_PARTITIONS": "4"}, *command, "4")
        assert "0 records of state copied" in again.stdout, again.stderr
    wider = replace(broker, topics=topics(4, broker.prefix))
    with contextlib.closing(Stream(wider)) as stream, worker(wider, tmp_path) as running:
        copies = stream.send(map(page, range(100, 120)))
        after = stream.read_all(running)
        found = after.of(broker.topics.duplicates.name)
    assert grown.extracted.partitions == 4
    assert new >= 10
    assert set(copies) <= set(found)
    assert {found[origin]["language"]["code"] for origin in copies} == {"en", "ru"}
    assert not after.different()


def test_partitions_are_not_raised_while_pages_wait(kafka: Callable[[int], Broker]) -> None:
    broker = kafka(2)
    with contextlib.closing(Stream(broker)) as stream:
        stream.send(map(page, range(3)))
    refused = run(broker.environment, "topics", "grow", "--partitions", "4")
    assert f"3 on {broker.topics.raw.name} wait to be worked" in refused.stderr
    assert refused.returncode == 2
