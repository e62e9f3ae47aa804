"""The stages without a broker: rows in, events out, in the order of the input."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import orjson
from pebble import ProcessPool

from agents.dead_letters import named
from agents.settings import Settings
from agents.work import annotator
from copydesk.entering import article
from copydesk.records import Row, raw_article
from pipeline import deduplication, extraction
from pipeline.deduplication import Shard, Sketch
from schemas import Article, encode

T = TypeVar("T")
R = TypeVar("R")

STAGES = ("extract", "dedupe", "annotate")
AHEAD = 16  # rows in work for each process: enough that none waits for the next


@dataclass(frozen=True)
class Failed:
    """A row that broke, with what is known of it."""

    raw: dict[str, Any]
    error: BaseException

    def encode(self) -> bytes:
        """Its line in the output."""
        error = {"type": type(self.error).__name__, "message": str(self.error)}
        return orjson.dumps({"raw": self.raw, "error": error})


Prepared = tuple[Article, Sketch | None]


def process(
    rows: Iterable[Row], stages: tuple[str, ...], pool: ProcessPool, settings: Settings, now: datetime
) -> Iterator[bytes]:
    """One line for each row: the event that the stages make of it, or {"raw", "error"} where it failed.

    Args:
        rows: what to work; ``stages`` a subset of STAGES, in their order.
        pool: runs extraction, sketching and annotation; deduplication decides here, in the order of the rows.
        now: stands in for a ``fetched_at`` that is missing.
    """
    seconds, window = settings.page_seconds, AHEAD * settings.processes
    prepared = in_order(pool, partial(prepare, stages=stages, now=now), rows, seconds, window)
    decided = decide(prepared, settings) if "dedupe" in stages else (_article_or_failure(p) for p in prepared)
    if "annotate" in stages:
        decided = in_order(pool, partial(annotate, model=settings.model), decided, seconds, window)
    for result in decided:
        yield result.encode() if isinstance(result, Failed) else encode(result)


def prepare(row: Row, stages: tuple[str, ...], now: datetime) -> Prepared | Failed:
    """The article of a row, extracted if that is asked for, with its sketch if it will be decided on."""
    raw = _raw(row)
    try:
        fields = row.fields()
        raw = {"id": str(fields["id"])} if fields.get("id") is not None else raw
        made = extraction.extract(raw_article(fields, now)) if "extract" in stages else article(fields)
        return made, deduplication.sketch(made) if "dedupe" in stages else None
    except Exception as error:  # noqa: BLE001 - whatever a row breaks stands in its place in the output
        return Failed(raw, error)


def decide(prepared: Iterable[Prepared | Failed], settings: Settings) -> Iterator[Article | Failed]:
    """Each article with the decision on it, in order."""
    shard = Shard(window=settings.window, max_articles=settings.window_articles)
    for number, result in enumerate(prepared):
        if isinstance(result, Failed) or result[1] is None:
            yield _article_or_failure(result)
        else:
            decided = shard.decide(f"row/{number}", result[1])
            yield deduplication.settle(result[0], decided.decision)


def annotate(article: Article | Failed, model: str | None) -> Article | Failed:
    """A new article annotated; a copy, and a failure, as it is."""
    if isinstance(article, Failed):
        return article
    known = article.duplicate is not None and article.duplicate.kind != "none"
    if known or article.lifecycle == "unchanged":
        return article
    try:
        return annotator(model).annotate(article)
    except Exception as error:  # noqa: BLE001 - as in prepare
        return Failed(_raw(article), error)


def in_order(
    pool: ProcessPool, work: Callable[[T], R], items: Iterable[T], seconds: float, window: int
) -> Iterator[R | Failed]:
    """``work`` of each item, in the order of the items, ``window`` of them in the pool at once."""
    waiting: deque[tuple[T, Future[R]]] = deque()
    for item in items:
        waiting.append((item, pool.schedule(work, args=(item,), timeout=seconds)))
        if len(waiting) >= window:
            yield _result(*waiting.popleft(), seconds)
    while waiting:
        yield _result(*waiting.popleft(), seconds)


def _result(item: T, future: Future[R], seconds: float) -> R | Failed:
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 - the process was killed, or died, over this item
        return Failed(_raw(item), named(error, seconds))


def _raw(item: object) -> dict[str, Any]:
    """What is known of an item before anything was made of it."""
    if isinstance(item, Article):
        return {"id": item.raw.id}
    return {"at": item.where} if isinstance(item, Row) else {}


def _article_or_failure(prepared: Prepared | Failed) -> Article | Failed:
    return prepared if isinstance(prepared, Failed) else prepared[0]
