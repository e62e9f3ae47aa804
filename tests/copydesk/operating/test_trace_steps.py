from __future__ import annotations

from typing import Any

import orjson
import pytest

from copydesk.operating.tracing import Step, reason

DUPLICATE = {"kind": "none", "cluster_id": "c", "canonical_id": "c"}
ARTICLE: dict[str, Any] = {
    "title": "Snow closes the pass", "word_count": 40, "language": {"code": "en"}, "removed": [1, 2],
    "published_at": "2026-01-09T18:00:00Z", "published": {"evidence": "Jan. 9", "zone": "unknown"},
    "extraction": {"confidence": 0.97}, "version": 1, "provenance": {"model": "m"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ({"content_type": "text/html", "fetched_at": "2026-01-09"}, "fetched 2026-01-09, text/html"),
        (ARTICLE, "“Snow closes the pass”, 40 words, en, published 2026-01-09T18:00:00Z by “Jan. 9”, zone unknown"),
        ({**ARTICLE, "lifecycle": "new", "duplicate": DUPLICATE}, "new, version 1; cluster c"),
        (
            {
                **ARTICLE,
                "lifecycle": "new",
                "changes": ["headline"],
                "duplicate": {**DUPLICATE, "kind": "near", "containment": 0.9, "anchors": 0.8},
            },
            "near copy in cluster c, of c: 90% of the shorter text and 80% of its numbers and names in common,"
            " but for headline",
        ),
        ({**ARTICLE, "lifecycle": "unchanged", "duplicate": DUPLICATE}, "fetched again and unchanged"),
        ({**ARTICLE, "entities": [1], "places": [], "quotes": None, "keywords": []}, "1 entities, 0 places, 0 quotes"),
        (
            {"stage": "extract", "attempts": 2, "error": {"type": "EmptyPage", "message": "page is empty"}},
            "failed in extract after 2 attempts: EmptyPage: page is empty",
        ),
        (17, "a message that is no JSON object"),
    ],
)
def test_a_step_is_told_with_its_reason(event: object, told: str) -> None:
    assert told in reason(Step("t", "t/0/1", 0.0, "t/0/1", orjson.dumps(event)))


def test_a_message_that_is_no_json_is_told_too() -> None:
    assert reason(Step("t", "t/0/1", 0.0, "t/0/1", b"{")) == "1 bytes that are no JSON"
