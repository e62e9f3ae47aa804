import pytest

from copydesk.pipeline.extraction.rights import rights_in


def test_a_notice_in_parentheses_is_taken_without_what_stands_round_it() -> None:
    caption = "The minister at the gate. (For Use Only in Freedonia. No Redistribution) (Norpress)"
    assert rights_in([caption, caption]) == ("For Use Only in Freedonia. No Redistribution",)


@pytest.mark.parametrize(
    "line", ["© 2026 Harbour Post. All rights reserved.", "Tous droits réservés.", "無断転載を禁じます"]
)
def test_a_line_that_is_a_notice_is_taken_whole(line: str) -> None:
    assert rights_in([line]) == (line,)


def test_an_article_about_rights_is_no_notice() -> None:
    assert rights_in(["The court held that photographs may not be reproduced without consent. " * 10]) == ()
