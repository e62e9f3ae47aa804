from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.data_lines import data_lines
from copydesk.pipeline.extraction.refusing import phrases
from copydesk.pipeline.extraction.refusing.decision import LISTINGS, WALLS
from copydesk.pipeline.extraction.refusing.phrases import OFFERS, told_by

ROWS = [(table, row.split("\t")) for table in (phrases.WALLS, OFFERS) for row in data_lines(phrases.__file__, table)]


def test_every_row_has_a_kind_that_is_known_and_no_empty_term():
    for table, (kind, language, points, terms) in ROWS:
        assert kind in (("offer",) if table == OFFERS else (*WALLS, *LISTINGS))
        assert 2 <= len(language) <= 3
        assert points in {"1", "2", "3"}
        assert all(term.strip() for part in terms.split(" & ") for term in part.split("|"))


def test_every_row_is_found_by_the_index_in_a_line_made_of_its_terms():
    for table, (kind, _, points, terms) in ROWS:
        line = " ".join(part.split("|")[0].strip() for part in terms.split(" & "))
        assert dict(told_by(line, table)).get(kind, 0) >= int(points), line


@pytest.mark.parametrize("line", ["The robotics team met", "Seitenweise Papier", "Unser Mitglied", ""])
def test_a_term_begins_a_word(line):
    assert told_by(line) == ()


@given(st.text(max_size=300))
def test_any_line_can_be_asked(line):
    assert all(points > 0 for _, points in told_by(line))
