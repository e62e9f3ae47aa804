from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.subscribing.filters import FIELDS, LONGEST, FilterError, matching

EVENT: dict[str, Any] = {
    "id": "a", "title": "Snow closes the pass", "text": "Forty lorries spent the night.", "word_count": 120,
    "canonical_url": "https://gazette.example/snow", "language": {"code": "en"}, "lifecycle": "new",
    "source": {"domain": "gazette.example", "name": "Alpine Gazette"}, "authors": ["Jonas Brandt"],
    "published_at": "2026-01-09T18:00:00+01:00", "keywords": ["snow", "pass"], "duplicate": {"kind": "none"},
    "entities": [{"text": "North Korea", "label": "GPE"}, {"text": "Mireille Favre", "label": "PERSON"}],
    "places": [{"name": "Pyongyang", "country": "KP"}], "quotes": [{"speaker": "Mireille Favre"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        ('language = "en"', True),
        ("language = 'EN'", True),
        ('language != "en"', False),
        ('language = "en" and "North Korea" in entities and country in ("KP", "KR")', True),
        ('"North Korea" in people', False),
        ('"mireille favre" in people and "Mireille Favre" in speakers', True),
        ('source = "gazette.example" and source = "alpine gazette"', True),
        ('"snow" in title', True),
        ('"snow" in entities', False),
        ('text contains "LORRIES"', True),
        ("words > 100 and words <= 120", True),
        ("words < 100 or not (words = 120)", False),
        ('published >= "2026-01-09" and published < "2026-01-10T00:00:00Z"', True),
        ('published < "2026-01-09T17:00:00Z"', False),
        ('published = "2026-01-09T17:00:00Z"', True),
        ('agency = "AP"', False),
        ('agency != "AP"', True),
        ('NOT language = "de" AND ("snow" IN keywords OR "ice" in keywords)', True),
    ],
)
def test_an_expression_means_what_it_says(expression: str, meant: bool) -> None:
    assert matching(expression)(EVENT) is meant
    assert matching(f"not ({expression})")(EVENT) is not meant


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("", "expected"),
        ('colour = "red"', "there is no field 'colour'; there are id, url"),
        ('language = "en', "character 12"),
        ('language "en"', "character 10"),
        ('language < "en"', "takes a number"),
        ('published > "last week"', "ISO 8601"),
        ("published > 7", "ISO 8601"),
        ('title = "a" title = "b"', "character 13"),
        ('__import__("os")', "character 1"),
        ('language = "en"' + " " * LONGEST, "characters"),
        ("(" * 60 + 'language = "en"' + ")" * 60, "nests"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(expression: str, told: str) -> None:
    with pytest.raises(FilterError) as refused:
        matching(expression)
    assert told in str(refused.value)


@given(st.text(st.sampled_from("abc\"'()=<>! andornotin,.1\n\\"), max_size=60))
def test_any_text_is_a_filter_or_refused(expression: str) -> None:
    try:
        test = matching(expression)
    except FilterError:
        return
    assert test(EVENT) in (True, False)


VALUES = st.sampled_from(['"en"', "'2026-01-01'", '"2026-01-09T18:00:00+01:00"', "7", "-1.5", '""', '"x" * 9'])
COMPARED = st.builds(
    "{} {} {}".format, st.sampled_from(sorted(FIELDS)), st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "contains"]),
    VALUES,
)  # fmt: skip
HELD = st.builds("{} in {}".format, VALUES, st.sampled_from(sorted(FIELDS)))
LISTED = st.builds("{} in ({})".format, st.sampled_from(sorted(FIELDS)), st.lists(VALUES, max_size=3).map(", ".join))
EXPRESSIONS = st.recursive(
    COMPARED | HELD | LISTED,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or", "AND NOT"]), inner)
        | st.builds("not {}".format, inner)
    ),
)
SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["text", "label", "name", "country", "speaker", "code", "kind", "domain", "type"]), inner, max_size=3),
)  # fmt: skip


@given(EXPRESSIONS, st.dictionaries(st.sampled_from([*EVENT, "dateline", "agency", "error", "fetched_at"]), SHAPES))
def test_whatever_is_asked_of_whatever_event_is_answered_or_refused(expression: str, event: dict[str, Any]) -> None:
    try:
        test = matching(expression)
    except FilterError:
        return
    assert test(EVENT) in (True, False)
    assert test({**EVENT, **event}) in (True, False)


@pytest.mark.parametrize(
    "expression",
    ["language = 'en' and " * 90 + "words > 1", "id in (" + "'x', " * 390 + "'y')", "not " * 15 + "words > 1",
     "title = '" + "(" * 1_900 + "'"],
)  # fmt: skip
def test_the_longest_expression_is_read_at_once(expression: str) -> None:
    began = time.process_time()
    with contextlib.suppress(FilterError):
        matching(expression)(EVENT)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("field", FIELDS)
def test_an_event_without_a_field_has_no_value_for_it(field: str) -> None:
    assert FIELDS[field]({}) == []
    assert not matching(f'{field} = "2026-01-01"')({})
