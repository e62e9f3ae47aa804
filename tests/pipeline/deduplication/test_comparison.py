from __future__ import annotations

import pytest

from copydesk.pipeline.deduplication import compare
from copydesk.schemas import Article, Language, Provenance, Source

STORY = (
    "The harbour of Ostrand will be dredged next spring, the town council decided on Tuesday after a long debate. "
    "Mayor Ilse Varnhagen said the work would cost 9 million crowns and would be paid for by the port itself. "
    "Fishermen had asked for a delay until the herring season is over, but the council found no majority for one. "
    "The last time the harbour was dredged was 40 years ago, when ships were half as long as they are today."
)
OTHER = (
    "Snow closed the pass above Kellmar for the third night running, and trucks stood in line down to the village. "
    "The road service hoped to have one lane open by noon, its spokesman Jorun Tveit told reporters on the spot."
)


def article(name: str, text: str, language: str = "en") -> Article:
    return Article(
        id=name,
        source=Source(domain=f"{name}.example"),
        title=f"As printed in {name}",
        language=Language(code=language, confidence=1.0),
        text=text,
        word_count=len(text.split()),
        provenance=Provenance(pipeline="0", stages={}),
    )


@pytest.mark.parametrize(
    "text, verdict, said",
    [
        (STORY.upper(), "exact", "letters and digits"),
        ("OSTRAND (Norpress) - " + STORY[:330], "near", "of the shorter text"),
        (OTHER, "none", "next to nothing"),
    ],
)
def test_the_verdict_says_what_it_rests_on(text: str, verdict: str, said: str) -> None:
    found = compare(article("gazette", STORY), article("courier", text))
    assert found.verdict == verdict
    assert said in found.reason


def test_evidence_adds_up_to_the_score() -> None:
    found = compare(article("gazette", STORY), article("courier", STORY[:330]))
    assert found.likeness is not None
    assert sum(adds for *_, adds in found.evidence) + found.bias == pytest.approx(found.likeness.score)


def test_languages_are_never_compared() -> None:
    found = compare(article("gazette", STORY), article("kurier", STORY, "de"))
    assert (found.verdict, "languages" in found.reason) == ("none", True)


def test_an_article_is_no_copy_of_itself_but_a_version() -> None:
    assert compare(article("gazette", STORY), article("gazette", STORY + " More soon.")).verdict == "version"
