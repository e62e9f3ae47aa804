from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.annotation.quotes.quotes import find_quotes
from copydesk.schemas import Entity, Quote


def quotes(text: str, *people: str) -> tuple[Quote, ...]:
    entities, at = [], 0
    for name in people:
        at = text.index(name, at)
        entities.append(Entity(text=name, label="PERSON", start=at, end=at + len(name)))
        at += len(name)
    return find_quotes(text, entities)


def speakers(text: str, *people: str) -> list[str | None]:
    return [quote.speaker for quote in quotes(text, *people)]


@pytest.mark.parametrize(
    "text",
    [
        "“We will not go,” Ada Quill, a former aide who left in May, told the Gazette.",
        "“We will not go,” Ada Quill, R-Ky., said Tuesday.",
        "“We will not go,” Ada Quill (D-Utah) said in a statement.",
        "Ada Quill -- whose company owns the ship -- told me, ''We will not go.''",
        "Ada Quill said, “We will not go.” Bo Lind was similarly defensive when he said so.",
        "Ada Quill attacked Bo Lind over the ship, saying, “We will not go.”",
        "Ada Quill to the bank: ‘We will not go.’",
        "According to Ada Quill, “we will not go.”",
        "“We will not go,\" Ada Quill said.",
        "“He told me ‘run’, and we will not go,” said Ada Quill.",
    ],
)  # fmt: skip
def test_the_speaker_is_named_beside_the_quotation(text: str) -> None:
    people = ("Ada Quill", "Bo Lind") if "Bo Lind" in text else ("Ada Quill",)
    assert speakers(text, *people) == ["Ada Quill"]


def test_whom_something_is_said_of_or_to_does_not_speak() -> None:
    assert speakers("The owner says of Ada Quill, “She will not go.”", "Ada Quill") == ["The owner"]
    assert speakers("“She will not go,” the owner said on Tuesday of Ada Quill.", "Ada Quill") == ["the owner"]


def test_a_quotation_over_paragraphs_has_one_speaker() -> None:
    text = (
        "“We built the ship in nine long years.\n\n“We will not go,” said Ada Quill.\n\n“It sank soon,” said Bo Lind."
    )
    assert speakers(text, "Ada Quill", "Bo Lind") == ["Ada Quill", "Ada Quill", "Bo Lind"]


def test_a_quotation_within_another_is_part_of_it() -> None:
    [quote] = quotes("“He told me ‘run’, and I ran,” said Ada Quill.", "Ada Quill")
    assert quote.text == "He told me ‘run’, and I ran"


@pytest.mark.parametrize(
    "text, words, speaker",
    [
        ("„Wir bleiben hier“, sagte Ada Quill am Montag.", "Wir bleiben hier", "Ada Quill"),
        ("Ada Quill erklärte: „Wir bleiben heute hier.“", "Wir bleiben heute hier.", "Ada Quill"),
        ("«Nos quedamos aquí», dijo Ada Quill el lunes.", "Nos quedamos aquí", "Ada Quill"),
        ("« Nous restons ici », a déclaré la maire.", "Nous restons ici", "la maire"),
        ("«Rimaniamo qui oggi», spiega Ada Quill.", "Rimaniamo qui oggi", "Ada Quill"),
        ("“Ficamos todos aqui”, disse Ada Quill.", "Ficamos todos aqui", "Ada Quill"),
        ("»Vi bliver alle her«, siger Ada Quill.", "Vi bliver alle her", "Ada Quill"),
        ("«Мы остаёмся здесь», сказала Анна Квилл.", "Мы остаёмся здесь", "Анна Квилл"),
        ("「私たちは、 ここに、 残る。」と語った。", "私たちは、 ここに、 残る。", None),
    ],
)
def test_marks_and_verbs_of_many_languages(text: str, words: str, speaker: str | None) -> None:
    assert [(quote.text.strip(), quote.speaker) for quote in quotes(text)] == [(words, speaker)]


@given(st.text(st.sampled_from("“”\"'‘’«»„ \n.,:-AÀbcЖ said the according to")), st.integers(0, 50))
def test_offsets_slice_back_and_quotes_do_not_overlap(text: str, at: int) -> None:
    entities = (
        [Entity(text=text[at : at + 5], label="PERSON", start=at, end=min(at + 5, len(text)))] if at < len(text) else []
    )
    found = find_quotes(text, entities)
    assert all(text[quote.start : quote.end] == quote.text for quote in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[q.speaker_start : q.speaker_end] for q in found if q.speaker)
