from __future__ import annotations

from benchmarks.report import placed

PRINTED = '{"rate": 1}\nOne a second.\n'


def test_what_a_bench_prints_takes_the_place_of_what_it_printed_before() -> None:
    results = "# Results\n\n<!-- speed -->\nold\n<!-- /speed -->\n\nThe end.\n"
    once = placed(results, "speed", PRINTED)
    assert once == (
        '# Results\n\n<!-- speed -->\nOne a second.\n\n```json\n{"rate": 1}\n```\n<!-- /speed -->\n\nThe end.\n'
    )
    assert placed(once, "speed", PRINTED) == once


def test_tables_take_their_place_as_they_are() -> None:
    printed = "Judged so.\n\n### pages\n\n| a |\n| - |\n| 1 |\n"
    assert placed("<!-- speed -->\n<!-- /speed -->\n", "speed", printed) == (
        f"<!-- speed -->\n{printed}<!-- /speed -->\n"
    )


def test_a_bench_without_a_place_changes_nothing() -> None:
    assert placed("# Results\n", "speed", PRINTED) == "# Results\n"
