"""A Scrapy item pipeline that sends every item to ``news.raw``.

    # settings.py
    ITEM_PIPELINES = {"copydesk.feeding.scrapy_pipeline.CopydeskPipeline": 900}
    COPYDESK_BROKER = "127.0.0.1:9092"   # else from the environment

An item is a dict (or anything itemadapter knows) with ``url`` and ``html`` or ``text``: ``yield {"url": response.url,
"html": response.text}`` is enough. One that cannot be sent is dropped with the reason, and counted in Scrapy's stats.

Reference:
    https://docs.scrapy.org/en/latest/topics/item-pipeline.html
"""

from __future__ import annotations

import contextlib
import logging
import threading
from datetime import UTC, datetime
from typing import Any, Self

from itemadapter import ItemAdapter
from kafka.errors import KafkaError
from scrapy.exceptions import DropItem, NotConfigured
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.threads import deferToThread

from copydesk import clients
from copydesk.feeding.feeder import message
from copydesk.feeding.in_flight import InFlight
from copydesk.feeds.row import Row
from copydesk.schemas import ContractError
from copydesk.schemas.topics import topics


class CopydeskPipeline:
    """Sends without blocking Scrapy's reactor; what the broker refuses is counted as it is known."""

    def __init__(self, broker: str, prefix: str, stats: Any) -> None:
        self._topic = topics(1, prefix).raw.name
        self._stats = stats
        self._lock = threading.Lock()  # confirmations come on the producer's own thread
        self._in_flight = InFlight()
        self._waiting = threading.Lock()
        logging.getLogger("kafka").setLevel(logging.WARNING)  # Scrapy shows DEBUG: every page that goes out
        try:
            self._producer = clients.producer(broker)
        except clients.BrokerUnavailable as error:
            raise NotConfigured(f"Copydesk: {error}") from None

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """The pipeline for a crawl, by its settings."""
        settings = crawler.settings
        return cls(
            settings.get("COPYDESK_BROKER", "127.0.0.1:9092"), settings.get("COPYDESK_TOPIC_PREFIX", ""), crawler.stats
        )

    async def process_item(self, item: Any, spider: Any = None) -> Any:
        """Send ``item`` and pass it on; while the broker is behind, items wait here, and Scrapy downloads no faster.

        Raises:
            DropItem: it is no page, and why.
        """
        fields = {"crawler": "scrapy", **ItemAdapter(item).asdict()}
        try:
            key, value, _ = message(Row("item", page=fields), "live", datetime.now(UTC))
            sending = self._producer.send(self._topic, key=key, value=value)
        except (ContractError, KafkaError) as error:
            self._count("refused")
            raise DropItem(f"Copydesk: {error}") from None
        sending.add_callback(lambda _: self._count("sent"))
        sending.add_errback(lambda _: self._count("failed"))
        self._in_flight.add(sending, len(value))
        if self._in_flight.is_full:
            await maybe_deferred_to_future(deferToThread(self._wait))
        return item

    def _wait(self) -> None:
        with self._waiting, contextlib.suppress(KafkaError):  # it is counted as failed
            self._in_flight.wait()

    def close_spider(self, spider: Any = None) -> None:
        """Wait until everything is confirmed."""
        self._producer.flush()
        self._producer.close()

    def _count(self, what: str) -> None:
        with self._lock:
            self._stats.inc_value(f"copydesk/{what}")
