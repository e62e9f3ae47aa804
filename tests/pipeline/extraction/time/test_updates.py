from __future__ import annotations

import pytest

from copydesk.pipeline.extraction.time.updates import before_update, from_update, update_in


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("4 May 2026", "4 May 2026", ""),
        ("Updated: 5 May 2026", "", "Updated: 5 May 2026"),
        ("Published 4 May 2026, updated 5 May 2026", "Published 4 May 2026, ", "updated 5 May 2026"),
        ("Zuletzt aktualisiert am 5. Mai 2026", "", "aktualisiert am 5. Mai 2026"),
        ("Updated 5 May 2026, published 4 May 2026", "published 4 May 2026", "Updated 5 May 2026, "),
        ("4 May 2026 (updated: 5 May 2026)", "4 May 2026 (", "updated: 5 May 2026)"),
        ("Päivitetty 5.5.2026 | Julkaistu 4.5.2026", "Julkaistu 4.5.2026", "Päivitetty 5.5.2026 | "),
        ("2026年5月4日 公開 2026年5月5日 更新", "2026年5月4日 ", "公開 2026年5月5日 "),
        ("4 maj 2026", "4 maj 2026", ""),
        ("2026年5月4日 10:00 更新", "2026年5月4日 10:00 ", "更新"),
    ],
)
def test_a_printed_time_is_split_where_it_speaks_of_a_change(text: str, before: str, after: str) -> None:
    assert (before_update(text), from_update(text)) == (before, after)


def test_a_time_of_publication_speaks_of_no_change() -> None:
    assert update_in("Published 4 May 2026") is None
