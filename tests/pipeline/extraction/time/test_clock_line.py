from __future__ import annotations

import pytest

from copydesk.pipeline.extraction.time.clock_line import clock_line, has_clock


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("21:40", 1300),
        ("8:02PM", 1202),
        ("12.05 a.m.", 5),
        ("9 am", 540),
        ("18.20 Uhr", 1100),
        ("22h48", 1368),
        ("14時05分", 845),
        ("21:22 Mirela Kask", 1282),
        ("Updated 07:30", 450),
    ],
)
def test_a_line_with_a_time_tells_it(text: str, minutes: int) -> None:
    assert clock_line(text) == minutes


@pytest.mark.parametrize(
    "text",
    ["Kick-off is at 20:45.", "Hagendorf 2:1 Ostermark", "The gates open 19:30 and close again", "3.5 million", ""],
)
def test_other_lines_are_none(text: str) -> None:
    assert clock_line(text) is None


def test_a_time_can_open_a_line() -> None:
    assert has_clock("14:32 The council meets", first=True)
    assert not has_clock("The council meets at 14:32", first=True)
