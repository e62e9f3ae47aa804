"""Annotation as a whole, with what ships."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.pipeline.annotation import Annotator, ModelNotFound, load
from copydesk.schemas import Article, Dateline, Language, Provenance, encode

SHARED = Path(__file__).parents[4] / "shared"

TEXT = (
    "TALLINN, May 4 (Norpress) -- Prime Minister Maarika Tamm opened a bridge in Tartu on Monday. "
    '"It is ours, and it is paid for," said Olga Petrova, who led the work for the Ministry of Transport.\n'
    "Kim Dae-jung of the Seoul Bridge Institute had advised Estonia. \u201cA bridge is a promise,\u201d he said."
)


@cache
def annotator() -> Annotator:
    return load()


def article(text: str, language: str = "en", dateline: Dateline | None = None) -> Article:
    return Article(
        id="1",
        language=Language(code=language, confidence=1.0),
        text=text,
        dateline=dateline,
        word_count=0,
        provenance=Provenance(pipeline="0", stages={}),
    )


def test_people_organisations_and_places_are_found() -> None:
    made = annotator().annotate(article(TEXT))
    found = {(entity.text, entity.label) for entity in made.entities or ()}
    assert found >= {
        ("Olga Petrova", "PERSON"),
        ("Kim Dae-jung", "PERSON"),
        ("Ministry of Transport", "ORG"),
        ("Seoul Bridge Institute", "ORG"),
        ("Estonia", "GPE"),
        ("Tartu", "GPE"),
    }


def test_places_have_coordinates_and_country_the_dateline_among_them() -> None:
    filed = Dateline(text="TALLINN, May 4 (Norpress) --", place="TALLINN", start=0, end=28)
    places = {place.name: place for place in annotator().annotate(article(TEXT, dateline=filed)).places or ()}
    assert (places["TALLINN"].country, places["Tartu"].country, places["Estonia"].country) == ("EE", "EE", "EE")
    assert abs(places["TALLINN"].latitude - 59.44) < 0.1


def test_quotes_have_their_speakers_a_pronoun_too() -> None:
    quotes = annotator().annotate(article(TEXT)).quotes or ()
    assert [(quote.text, quote.speaker) for quote in quotes] == [
        ("It is ours, and it is paid for", "Olga Petrova"),
        ("A bridge is a promise", "Kim Dae-jung"),
    ]


@pytest.mark.parametrize(
    "text, speaker",
    [
        ('"We will rebuild the bridge," Olga Petrova told Kim Dae-jung on Monday.', "Olga Petrova"),
        ('Olga Petrova, who led the work, said: "We will rebuild the bridge."', "Olga Petrova"),
        ("''We will rebuild the bridge,'' said Olga Petrova.", "Olga Petrova"),
        ("\u2018We won\u2019t rebuild the bridge,\u2019 said Olga Petrova.", "Olga Petrova"),
        ("\u201cWe will rebuild the bridge.\u201d \u2015 Olga Petrova", "Olga Petrova"),
        ('Olga Petrova continued:\n\n"We will rebuild the bridge."', "Olga Petrova"),
        ('"We will rebuild the bridge," a spokesman for the town said.', "a spokesman for the town"),
        ('The report said: "The bridge was never safe."', "The report"),
        ('The Ministry of Transport looked on. "The bridge was never safe," it said.', "The Ministry of Transport"),
    ],
)
def test_the_speaker_stands_beside_a_verb_of_saying(text: str, speaker: str) -> None:
    quotes = annotator().annotate(article(text)).quotes or ()
    assert [quote.speaker for quote in quotes] == [speaker]


def test_offsets_slice_back_to_their_text() -> None:
    made = annotator().annotate(article(TEXT))
    for entity in made.entities or ():
        assert made.text[entity.start : entity.end] == entity.text
    for place in made.places or ():
        assert made.text[place.start : place.end] == place.name
    for quote in made.quotes or ():
        assert made.text[quote.start : quote.end] == quote.text
        assert made.text[quote.speaker_start : quote.speaker_end] in (quote.speaker, "he")


def test_a_language_without_a_model_has_no_entities_and_its_quotes() -> None:
    made = annotator().annotate(article('„Wer schwimmt, friert nicht", sagte der Bademeister am Samstag.', "de"))
    assert (made.entities, made.provenance.model) == ((), None)
    assert [quote.text for quote in made.quotes or ()] == ["Wer schwimmt, friert nicht"]


def test_what_extraction_read_of_dateline_and_byline_is_known() -> None:
    text = "MERCY, May 4 (Grit) -- Hope Rose came.\nBy Hope Rose"
    filed = Dateline(text="MERCY, May 4 (Grit) --", place="MERCY", agency="Grit", start=0, end=22)
    known = article(text, dateline=filed).model_copy(update={"authors": ("Hope Rose",)})
    found = [(entity.text, entity.label) for entity in annotator().annotate(known).entities or ()]
    assert set(found) >= {("MERCY", "GPE"), ("Grit", "ORG"), ("Hope Rose", "PERSON")}
    assert found.count(("Hope Rose", "PERSON")) == 2


def test_the_event_says_which_pipeline_ran() -> None:
    provenance = annotator().annotate(article(TEXT)).provenance
    assert (provenance.model, provenance.stages["annotate"]) == ("copydesk_en", "2")


def test_a_pipeline_that_is_not_installed_is_a_clear_error() -> None:
    with pytest.raises(ModelNotFound, match=r"en_nowhere_sm.*spacy download"):
        load("en_nowhere_sm")


def test_a_pipeline_of_ones_own_is_used_by_its_folder(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "bridge"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "mine")
    made = load(str(tmp_path / "mine")).annotate(article(TEXT))
    assert {(entity.text, entity.label) for entity in made.entities or ()} == {("bridge", "ORG"), ("Estonia", "GPE")}
    assert made.provenance.model == "en_pipeline-0.0.0"


def test_the_example_of_the_documentation_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[3] / "docs" / "annotation.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```python\n(import spacy\n.*?)```", page, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(example, names)
    made = names["annotator"].annotate(article("An der Donau.", "de"))
    assert [entity.text for entity in made.entities or ()] == ["Donau"]
    assert names["annotator"].model == "de_pipeline-0.0.0,copydesk_en"


def test_a_language_has_the_pipeline_that_is_named_for_it(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("xx")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "LOC", "pattern": "Donau"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "mine")
    annotator = load(f"de={tmp_path / 'mine'}")
    assert [entity.text for entity in annotator.annotate(article("An der Donau.", "de")).entities or ()] == ["Donau"]
    assert annotator.annotate(article(TEXT)).provenance.model == "copydesk_en"


@pytest.mark.parametrize(
    "text", ["", " ", "\U0001f600" * 1000, "مرحبا بالعالم " * 50, "Word " * 100_000, '"' * 5000, "A" * 50_000]
)
def test_odd_texts_pass(text: str) -> None:
    assert annotator().annotate(article(text)).entities is not None


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_the_same_text_gives_the_same_answer_whatever_came_before(text: str) -> None:
    first = encode(annotator().annotate(article(text)))
    annotator().annotate(article(TEXT + text))
    assert encode(annotator().annotate(article(text))) == first


@pytest.mark.skipif(not SHARED.exists(), reason="skipped: no ../shared")
def test_the_page_the_project_began_with() -> None:
    expected = json.loads((SHARED / "data/seed/expected.json").read_text())["expect"]
    filed = Dateline(text="SEOUL, June 30 (Yonhap) --", place="SEOUL", start=0, end=26)
    made = annotator().annotate(article(expected["text"], dateline=filed))
    entities = {(entity.text, entity.label) for entity in made.entities or ()}
    places = {(place.name, place.country) for place in made.places or ()}
    assert [pair for pair in expected["entities_at_least"] if tuple(pair) not in entities] == []
    assert [pair for pair in expected["places_at_least"] if tuple(pair) not in places] == []


def test_of_a_long_text_no_more_is_read_than_asked_and_the_event_says_so() -> None:
    text = "Rain fell in Oslo. " * 50
    made = annotator().annotate(article(text), longest=100)
    assert made.text == text
    assert max(place.end for place in made.places or ()) <= 100
    assert made.provenance.read_characters == 100
    assert annotator().annotate(article(text), longest=len(text)).provenance.read_characters is None


def test_a_language_without_a_model_has_the_places_that_are_sure_and_no_model() -> None:
    made = annotator().annotate(
        article("Der Zug nach Bremen fuhr nicht, in Frankreich auch nicht. Essen war kalt.", "de")
    )
    assert [(place.name, place.country) for place in made.places or ()] == [("Bremen", "DE"), ("Frankreich", "FR")]
    assert (made.entities, made.provenance.model) == ((), None)
