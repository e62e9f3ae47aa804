from __future__ import annotations

import asyncio
from typing import Any

import pytest

from copydesk.agents.kafka.outbox import Outbox, Outgoing, RecordTooLarge
from copydesk.agents.settings import Settings


class Producer:
    def __init__(self) -> None:
        self.sent: list[bytes] = []

    async def send(self, topic: str, value: bytes, **_: Any) -> asyncio.Future[Any]:
        self.sent.append(value)
        confirmation = asyncio.get_running_loop().create_future()
        confirmation.set_result(None)
        return confirmation


async def test_a_record_larger_than_its_topic_takes_is_never_sent_for_its_refusal_would_break_what_follows() -> None:
    outbox, producer = Outbox(Settings()), Producer()
    outbox._producer, outbox._limits = producer, {"small": 100}  # type: ignore[assignment]
    header = ("ce_id", b"x" * 50)
    await (await outbox.send([Outgoing("small", b"k", b"fits", [header]), Outgoing("other", None, b"y" * 200, [])]))
    with pytest.raises(RecordTooLarge, match="small takes records of 100 bytes"):
        await (await outbox.send([Outgoing("small", b"k", b"z" * 50, [header])]))
    assert producer.sent == [b"fits", b"y" * 200]
