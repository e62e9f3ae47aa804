from __future__ import annotations

import pytest

from copydesk.pipeline.extraction.names.agency import find_agency, named_in, usual_name


@pytest.mark.parametrize(
    "signed, name",
    [
        ("Associated Press", "AP"),
        ("Agence France-Presse", "AFP"),
        ("EUROPA PRESS", "Europa Press"),
        ("新华社", "Xinhua"),
    ],
)
def test_an_agency_is_known_by_its_usual_name(signed: str, name: str) -> None:
    assert usual_name(signed) == name


@pytest.mark.parametrize("line", ["By Ana Lima, Reuters", "Reuters staff in Lima", "Source: Thomson Reuters"])
def test_an_agency_is_found_in_a_line(line: str) -> None:
    assert named_in(line) == "Reuters"


@pytest.mark.parametrize("line", ["By Pa Kofi", "the tt races", "sid and nancy", "An ap for that", ""])
def test_a_word_that_only_looks_like_an_agency_is_none(line: str) -> None:
    assert named_in(line) is None


def test_the_dateline_speaks_before_the_byline() -> None:
    agency = find_agency("Norpress", ["By Ana Lima, Reuters"], [], ["text"])
    assert agency is not None
    assert (agency.name, agency.evidence) == ("Norpress", "dateline: Norpress")


def test_a_story_signed_at_its_end_is_the_agencys() -> None:
    agency = find_agency(None, [], [], ["It rained.", "It rained again. (AP)"])
    assert agency is not None
    assert agency.name == "AP"


def test_a_story_nobody_signs_is_nobodys() -> None:
    assert find_agency(None, ["By Ana Lima"], ["The Daily"], ["It rained (a lot)."]) is None
