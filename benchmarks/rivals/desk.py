"""A worker with a real desk and made articles: everything that its main process does, none of what the pool does.

The pool is stood in for by one that makes an article of a few hundred words, sketches it, and annotates nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from typing import Any

from copydesk.agents import lanes, worker
from copydesk.agents.carrying import work
from copydesk.agents.settings import load
from copydesk.schemas import Article, Language, Provenance, RawReference

WORDS = 40_000  # different ones
LENGTH = 120  # words of an article


class Stand:
    """Does in the process itself what a pool would do elsewhere."""

    def __init__(self, *_: object, **__: object) -> None:
        """Takes what a pool takes."""

    async def run(self, stage: Callable[..., Any], *args: Any) -> Any:
        """An article for a raw message; a real sketch; an article as it came."""
        if stage is work.extract:
            return _article(*args)
        return work.worked(work.decode(Article, args[0]), 0.0, args[0]) if stage is work.annotate else stage(*args)

    def __enter__(self) -> Stand:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""


@cache
def _words() -> list[str]:
    made = random.Random(1)
    return ["".join(made.choices("abcdefghijklmnopqrstuvwxyz", k=made.randint(3, 9))) for _ in range(WORDS)]


def _article(value: bytes, topic: str, partition: int, offset: int) -> Any:
    chosen = random.Random(f"{partition}/{offset}")
    text = " ".join(chosen.choices(_words(), k=LENGTH))
    article = Article(
        id=f"{partition}-{offset}", version=1, raw=RawReference(topic=topic, partition=partition, offset=offset),
        title=text[:40], text=text, language=Language(code="en", confidence=1.0), word_count=LENGTH,
        provenance=Provenance(pipeline="bench", stages={}),
    )  # fmt: skip
    return work.worked(article, 0.0)


if __name__ == "__main__":
    worker.Pool = Stand  # type: ignore[assignment, misc]
    lanes.run(load())
