from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.names.dateline import find_dateline

NEAR = date(2026, 5, 15)


@pytest.mark.parametrize(
    "lede, place, agency, day",
    [
        ("SEOUL, June 30 (Yonhap) -- The ministry said", "SEOUL", "Yonhap", date(2025, 6, 30)),
        ("WASHINGTON (AP) — The Senate on Tuesday", "WASHINGTON", "AP", None),
        ("PARIS (AFP) - Le gouvernement a annoncé", "PARIS", "AFP", None),
        ("PARIS, 5 mai (AFP) - Le gouvernement", "PARIS", "AFP", date(2026, 5, 5)),
        ("Berlin (dpa) - Das Freibad öffnet", "Berlin", "dpa", None),
        ("MADRID, 3 (EUROPA PRESS) - El puerto", "MADRID", "Europa Press", date(2026, 5, 3)),
        ("MADRID, 31 (EUROPA PRESS) - El puerto", "MADRID", "Europa Press", date(2026, 3, 31)),
        ("INNSBRUCK, Austria, May 14 (Norpress) -- Carpenters", "INNSBRUCK, Austria", "Norpress", date(2026, 5, 14)),
        ("NEW YORK — Stocks rose", "NEW YORK", None, None),
        ("(Reuters) - Oil rose", None, "Reuters", None),
        ("【ソウル聯合ニュース】政府は", "ソウル", "Yonhap", None),
        ("TALLINN, Dec 31 (Norpress) -- A year ends", "TALLINN", "Norpress", date(2025, 12, 31)),
    ],
)
def test_dateline_is_read_from_the_lede(lede: str, place: str | None, agency: str | None, day: date | None) -> None:
    filed = find_dateline(lede)
    assert filed is not None
    assert (filed.place, filed.agency, filed.on(NEAR)) == (place, agency, day)
    assert lede.startswith(filed.text)


@pytest.mark.parametrize(
    "text",
    [
        "Seoul, a city of ten million, woke to snow.",
        "The plan (which he had backed) - a surprise to many - failed.",
        "Prices rose (by 3 percent) -- more than expected.",
        "It was over — nobody had noticed.",
        "",
    ],
)
def test_ordinary_sentence_has_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


def test_the_day_after_publication_is_still_a_day_of_filing() -> None:
    filed = find_dateline("SYDNEY, May 16 (AAP) -- Rain")
    assert filed is not None
    assert filed.on(NEAR) == date(2026, 5, 16)


@given(st.text(max_size=300))
def test_any_lede_is_read_and_a_dateline_is_its_beginning(lede: str) -> None:
    filed = find_dateline(lede)
    assert filed is None or lede.startswith(filed.text)
