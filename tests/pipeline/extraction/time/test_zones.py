from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from copydesk.pipeline.extraction.page import Stamp
from copydesk.pipeline.extraction.time.zones import instant

NOON = datetime(2026, 5, 4, 12, 0)


def test_a_zone_that_the_page_names_is_explicit() -> None:
    stamp = Stamp(NOON, "minute", "12:00 EST", timezone(timedelta(hours=-5)))
    found = instant(stamp, "SEOUL", "paper.jp", "ja")
    assert (found.zone, found.at.isoformat()) == ("explicit", "2026-05-04T12:00:00-05:00")


@pytest.mark.parametrize(
    "place, domain, language, at, why",
    [
        ("SEOUL", "paper.example", "en", "2026-05-04T12:00:00+09:00", "dateline SEOUL"),
        ("INNSBRUCK, Austria", None, "en", "2026-05-04T12:00:00+02:00", "dateline INNSBRUCK, Austria"),
        (None, "paper.de", "de", "2026-05-04T12:00:00+02:00", "domain .de"),
        (None, "paper.com", "ja", "2026-05-04T12:00:00+09:00", "language ja"),
    ],
)
def test_a_zone_is_inferred_and_says_from_what(
    place: str | None, domain: str | None, language: str, at: str, why: str
) -> None:
    found = instant(Stamp(NOON, "minute", "12:00"), place, domain, language)
    assert (found.zone, found.at.isoformat()) == ("inferred", at)
    assert found.evidence.endswith(why)


def test_a_zone_nobody_knows_is_not_silently_utc() -> None:
    found = instant(Stamp(NOON, "minute", "12:00"), None, "paper.com", "en")
    assert (found.zone, found.at) == ("unknown", NOON.replace(tzinfo=UTC))


def test_a_day_without_a_clock_stays_the_day_that_is_printed() -> None:
    found = instant(Stamp(datetime(2026, 5, 4), "day", "4. Mai 2026"), "BERLIN", "paper.de", "de")
    assert (found.zone, found.at.isoformat()) == ("unknown", "2026-05-04T00:00:00+00:00")
