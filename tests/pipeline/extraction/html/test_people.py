import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.html.people import split_names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Mara Ellwood", ["Mara Ellwood"]),
        ("By Mara Ellwood, Tomas Brenk and Ines Okafor", ["Mara Ellwood", "Tomas Brenk", "Ines Okafor"]),
        ("Von Tomas Brenk und Ines Okafor", ["Tomas Brenk", "Ines Okafor"]),
        ("Mara Ellwood (me), Tomas Brenk (tb)", ["Mara Ellwood", "Tomas Brenk"]),
        ("Written by Mara Ellwood in Paris", ["Mara Ellwood"]),
        ("Mara Ellwood | Senior Reporter", ["Mara Ellwood"]),
        ("Mara Ellwood, Ph.D.", ["Mara Ellwood"]),
        ("Staff", []),
        ("3 minutes ago", []),
        ("mara@example.org", []),
        ("https://example.org/mara", []),
    ],
)
def test_a_byline_gives_people_and_nothing_else(line, names):
    assert list(split_names(line)) == names


def test_initials_of_a_desk_pass_only_where_markup_gives_them():
    assert list(split_names("dpa")) == []
    assert list(split_names("dpa", lower=True)) == ["dpa"]


@given(st.text(max_size=300))
def test_names_hold_no_digits_and_no_addresses(line):
    for name in split_names(line):
        assert not any(map(str.isdigit, name))
        assert "@" not in name
