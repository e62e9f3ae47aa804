from __future__ import annotations

import subprocess
import sys

import pytest

from copydesk.pipeline.annotation.keywords import keywords


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("The ferry left. After that ferry another ferry left the harbour.", "en", ("ferry", "left")),
        ("Le phare est fermé. Pour ce phare, dans la ville, pour la côte.", "fr", ("phare",)),
        ("pour pour phare phare", "qq", ("pour", "phare")),
        ("phare phare", "../fr", ("phare",)),
    ],
)
def test_what_a_text_uses_most_without_the_stop_words_of_its_language(
    text: str, language: str, found: tuple[str, ...]
) -> None:
    assert keywords(text, language) == found


def test_stop_words_do_not_cost_the_first_page_of_a_language_its_tokenizer() -> None:
    check = (
        "import sys; from copydesk.pipeline.annotation.keywords import keywords; keywords('le phare', 'fr');"
        "sys.exit('spacy.lang.fr' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", check], check=True)
