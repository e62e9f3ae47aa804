"""What deduplication says of an article, and how it is written on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from copydesk.schemas import Article, Duplicate
from copydesk.schemas.article import Change, Revision
from copydesk.schemas.cluster import Promotion
from copydesk.schemas.topics import BACKFILL

STAGE = "dedupe"
VERSION = "1"

Lifecycle = Literal["new", "revised", "unchanged", "withdrawn", "unknown", "elsewhere"]
"""``unknown``: of a page that is gone, that no article of this shard was on it.
``elsewhere``: another shard of the language is asked."""


class NothingToWithdraw(Exception):
    """A page is gone, and no shard has an article of its address in the window."""

    def __init__(self, article: Article) -> None:
        super().__init__(f"the page is gone, and no article of {article.url} ({article.id}) is in the window")


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome for one message: which version of which article this is, and whose copy."""

    id: str
    version: int
    lifecycle: Lifecycle
    duplicate: Duplicate
    changes: tuple[Change, ...] = ()
    """Against the article it is a copy of, or the version before it."""
    revision: Revision | None = None
    promotion: Promotion | None = None
    """Why the article became the canonical one of a cluster in which another was."""
    onward: int | None = None
    """The partition of the shard to ask, of an article that is ``elsewhere``; its ``version`` is then 0."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and the records that make it last.

    ``writes`` are (key, value) for the compacted state topic, in order; a value of None is a tombstone. They are empty
    when the message had been decided before.
    """

    decision: Decision
    writes: tuple[tuple[bytes, bytes | None], ...]


def of_archive(origin: str) -> bool:
    """Whether the raw message ``origin`` ("topic/partition/offset") came by the backfill lane."""
    return origin.partition("/")[0].endswith(BACKFILL)


def settle(article: Article, decision: Decision) -> Article:
    """``article`` with the decision on it."""
    provenance = article.provenance.model_copy(update={"stages": {**article.provenance.stages, STAGE: VERSION}})
    return article.model_copy(
        update={
            "version": decision.version,
            "lifecycle": decision.lifecycle,
            "duplicate": decision.duplicate,
            "changes": decision.changes,
            "revision": decision.revision,
            "provenance": provenance,
        }
    )
