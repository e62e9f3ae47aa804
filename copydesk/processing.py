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

from copydesk.agents.carrying.dead_letters import named
from copydesk.agents.settings import Settings
from copydesk.feeding.entering import article
from copydesk.feeds import read
from copydesk.feeds.row import Row
from copydesk.pipeline import deduplication, extraction
from copydesk.pipeline.deduplication import NothingToWithdraw, Shard, Sketch, decide_among
from copydesk.schemas import Article, encode

T = TypeVar("T")
R = TypeVar("R")

STAGES = ("extract", "dedupe", "annotate")
AHEAD = 16  # rows in work for each process: enough that none waits for the next


@dataclass(frozen=True)
class Failed:
    """A row that broke, and what is known of it."""

    raw: dict[str, Any]
    """Its own ``id``; without one, ``at``: the file and line."""
    error: dict[str, str]
    """``type`` and ``message``; text, because not every exception finds its way out of a pool process."""

    @classmethod
    def of(cls, raw: dict[str, Any], error: BaseException) -> Failed:
        """The failure that ``error`` makes of a row."""
        return cls(raw, {"type": type(error).__name__, "message": str(error)})

    def encode(self) -> bytes:
        """Its line in the output."""
        return orjson.dumps({"raw": self.raw, "error": self.error})


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
    decided = decide(prepared, settings)
    if "annotate" in stages:
        work = partial(annotate, model=settings.model, longest=settings.annotate_characters)
        decided = in_order(pool, work, decided, seconds, window)
    for result in decided:
        yield result.encode() if isinstance(result, Failed) else encode(result)


def prepare(row: Row, stages: tuple[str, ...], now: datetime) -> Prepared | Failed:
    """The article of a row, extracted if that is asked for, with its sketch if it will be decided on."""
    raw = _raw(row)
    try:
        fields = row.fields()
        if fields.keys() == {"raw", "error"}:  # failed in an earlier run, whose output this is
            return Failed(fields["raw"], fields["error"])
        raw = {"id": str(fields["id"])} if fields.get("id") is not None else raw
        made = extraction.extract(read(row, now)[0]) if "extract" in stages else article(fields)
        return made, deduplication.sketch(made) if "dedupe" in stages else None
    except Exception as error:  # noqa: BLE001 - whatever a row breaks stands in its place in the output
        return Failed.of(raw, error)


def decide(prepared: Iterable[Prepared | Failed], settings: Settings) -> Iterator[Article | Failed]:
    """Each article with the decision on it, if it has a sketch; the shards are those of a worker with ``settings``."""
    shards = [Shard(window=settings.window, max_articles=settings.window_articles) for _ in range(settings.partitions)]
    for number, result in enumerate(prepared):
        if isinstance(result, Failed):
            yield result
            continue
        made, sketch = result
        try:
            yield made if sketch is None else _decided(made, sketch, f"row/{number}", shards, settings)
        except NothingToWithdraw as error:
            yield Failed.of(_raw(made), error)


def _decided(article: Article, sketch: Sketch, origin: str, shards: list[Shard], settings: Settings) -> Article:
    decision = decide_among(origin, sketch, article.language.code, shards, settings.shards_per_language)
    if decision.lifecycle == "unknown":
        raise NothingToWithdraw(article)
    return deduplication.settle(article, decision)


def annotate(article: Article | Failed, model: str | None, longest: int) -> Article | Failed:
    """A new article annotated; a copy, one that is withdrawn, and a failure as they are."""
    if isinstance(article, Failed):
        return article
    known = article.duplicate is not None and article.duplicate.kind != "none"
    if known or article.lifecycle in {"unchanged", "withdrawn"}:
        return article
    from copydesk.agents.carrying.work import annotator  # noqa: PLC0415 - brings spaCy, which the other stages do without

    try:
        return annotator(model).annotate(article, longest)
    except Exception as error:  # noqa: BLE001 - as in prepare
        return Failed.of(_raw(article), error)


def in_order(
    pool: ProcessPool, work: Callable[[T], R], items: Iterable[T], seconds: float, window: int
) -> Iterator[R | Failed]:
    """``work`` of each item, in the order of the items, ``window`` of them in the pool at once."""
    waiting: deque[tuple[T, Future[R | Failed]]] = deque()
    for item in items:
        waiting.append((item, pool.schedule(work, args=(item,), timeout=seconds)))
        while len(waiting) >= window or (waiting and waiting[0][1].done()):
            yield _result(waiting.popleft(), seconds)
    while waiting:
        yield _result(waiting.popleft(), seconds)


def _result(scheduled: tuple[T, Future[R]], seconds: float) -> R | Failed:
    item, future = scheduled
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 - the process was killed, or died, over this item
        return Failed.of(_raw(item), named(error, seconds))


def _raw(item: object) -> dict[str, Any]:
    """What is known of an item before anything was made of it."""
    if isinstance(item, Article):
        return {"id": item.raw.id or item.id}
    return {"at": item.where} if isinstance(item, Row) else {}
