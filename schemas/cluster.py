"""The upsert that says which article of a cluster is the one to read, when it is not the one told before."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from copydesk.schemas.article import Agency, RawReference, Source
from copydesk.schemas.record import Instant, Record

CLUSTER_SCHEMA: Final = "copydesk.cluster/1"

Promotion = Literal["agency", "earlier", "longer", "withdrawn"]
"""Why another article is the one to read: it is the agency's own, was published earlier, is longer (in this order of
weight), or the one before was withdrawn."""


class Cluster(Record):
    """A cluster and the better original that turned up for it; the last record of a ``cluster_id`` holds.

    The canonical article itself is on ``news.duplicates`` (it came as a copy) or ``news.enriched`` (it was the first,
    or a new version). No id of an article sent before changes.
    """

    schema_: Annotated[Literal["copydesk.cluster/1"], Field(alias="schema")] = CLUSTER_SCHEMA
    cluster_id: str
    canonical_id: str
    because: Promotion
    raw: RawReference = RawReference()
    canonical_url: str | None = None
    source: Source = Source()
    title: str | None = None
    agency: Agency | None = None
    published_at: Instant | None = None
