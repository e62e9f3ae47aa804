from __future__ import annotations

import pytest

from copydesk.pipeline.deduplication.notices import notice_in

from .newsroom import story


@pytest.mark.parametrize(
    "line, found",
    [
        ("Correction: an earlier version misnamed the ferry.", "correction"),
        ("(Corrects spelling of name in paragraph 3)", "correction"),
        ("This article was amended on 3 March to give the right sum.", "correction"),
        ("Editor’s note: This story has been corrected.", "correction"),
        ("訂正 見出しに誤りがありました", "correction"),
        ("This article has been withdrawn by its publisher.", "withdrawal"),
        ("Cet article a été retiré à la demande de l'agence.", "withdrawal"),
        ("Corrections officers met on Monday", None),
        ("The company has withdrawn the article from sale.", None),
    ],
)
def test_a_paragraph_that_speaks_of_the_page_itself_is_known(line: str, found: str | None) -> None:
    assert notice_in(line + "\n" + story(1)) == found


def test_a_correction_may_stand_under_the_text_and_not_in_its_middle() -> None:
    correction = "Correction: the sum was 12."
    assert notice_in(story(1, 9) + "\n" + correction) == "correction"
    assert notice_in(story(1, 9) + "\n" + correction + "\n" + story(2, 9)) is None


def test_a_text_that_quotes_a_withdrawal_is_not_withdrawn() -> None:
    assert notice_in(story(1) + "\nThis article has been withdrawn, it said.") is None
