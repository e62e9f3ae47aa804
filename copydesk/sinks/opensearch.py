"""Articles in an index of OpenSearch or Elasticsearch, by their bulk interface.

The version of an article is that of its document (``external_gte``): written again it stays, an older one is passed
over.

Reference:
    https://docs.opensearch.org/latest/api-reference/document-apis/bulk/
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from copydesk.sinks import Event, SinkError, latest
from copydesk.sinks.posting import Poster

OLDER = 409  # there is a newer version: what we want


def opened(target: str) -> Index:
    """The index at ``http://host:9200/index``."""
    base, _, name = target.rstrip("/").rpartition("/")
    if not base.startswith(("http://", "https://")) or not name:
        raise SinkError(f"{target!r} is no index: expected http://host:9200/index")
    return Index(base, name)


class Index:
    """See the module."""

    def __init__(self, base: str, name: str) -> None:
        self._address = f"{base}/_bulk"
        self._name = name
        self._poster = Poster()

    def write(self, events: Sequence[Event]) -> None:
        """One bulk request; any document that is refused, but for a newer version, fails the batch."""
        lines = []
        for event in latest(events):
            about = {"_index": self._name, "_id": event["id"], "version": event.get("version", 1)}
            lines += [orjson.dumps({"index": {**about, "version_type": "external_gte"}}), orjson.dumps(event)]
        if not lines:
            return
        body = b"\n".join(lines) + b"\n"
        answer = orjson.loads(self._poster.post(self._address, body, {"Content-Type": "application/x-ndjson"}).data)
        outcomes = [item["index"] for item in answer.get("items", ())]
        refused = [one for one in outcomes if one["status"] >= 300 and one["status"] != OLDER]
        if refused:
            raise SinkError(f"{self._address}: {len(refused)} refused, the first: {refused[0].get('error')}")

    def close(self) -> None:
        """Nothing is open between batches."""
