from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.annotation.quotes.marks import quoted
from copydesk.pipeline.annotation.quotes.quotes import find_quotes


def texts(text: str) -> list[str]:
    return [quote.text for quote in find_quotes(text, [])]


@pytest.mark.parametrize(
    "text, found",
    [
        ('The 6\'4" striker and the 5\'9" winger agreed: "We were tired."', ["We were tired."]),
        ('"He is 6\'4" and still growing," she said.', ["He is 6'4\" and still growing"]),
        ('She bought a 27" screen, then said: "It is far too wide."', ["It is far too wide."]),
        ("The song of 4'33\" is silent, the board 12'' long, the leaf 3″.", []),
        ("The workers' rota, the '90s, rock 'n' roll at ten o'clock and the boys' boat.", []),
        ('ארה"ב הודיעה: "אין דרך אחרת לעבור".', ["אין דרך אחרת לעבור"]),
    ],
)
def test_inches_feet_seconds_and_apostrophes_are_no_marks(text: str, found: list[str]) -> None:
    assert texts(text) == found


@pytest.mark.parametrize(
    "text, found",
    [
        ('"We had no warning, said Ivo Lind.\n\nThe pier shut. "It broke at noon," he said.', ["It broke at noon"]),
        ('He began "we had no warning. "It broke at noon," he said.', ["It broke at noon"]),
        ("„Wir wussten davon nichts, sagte er. Später: „Es brach am Mittag.“", ["Es brach am Mittag."]),
        ("«Nous ne savions rien du tout. Puis : «Le quai a cédé à midi.»", ["Le quai a cédé à midi."]),
        ("「知らなかった。その後「正午に壊れた。」と述べた。", ["正午に壊れた。"]),
    ],
)  # fmt: skip
def test_a_mark_that_never_closes_swallows_nothing(text: str, found: list[str]) -> None:
    assert texts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        'She has read "The Long Road to the Harbour" twice.',
        "Elle a lu le roman « la mer est à tout le monde » deux fois.",
        "Компания «Северные морские пути» молчит.",
        "他读了小说“海上没有任何灯光的那个漫长夜晚”两遍。",
        "彼は映画「港に雪が降る夜の長い物語の終わりについて」を見た。",
    ],
)
def test_the_title_of_a_work_and_the_name_of_a_body_are_not_speech(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    "text, found",
    [
        ("工程师田雨说：“我们明天会把桥打开。”然后离开。", "我们明天会把桥打开。"),
        ('工程师田雨说："我们明天会把桥打开。"然后离开。', "我们明天会把桥打开。"),
        ("工程師田雨說：「我們明天會把橋打開。」然後離開。", "我們明天會把橋打開。"),
        ("田中技師は「明日には橋を開ける」と述べた。", "明日には橋を開ける"),
        ("田中技師は『明日には橋を開ける』と述べた。", "明日には橋を開ける"),
        ('김 기사는 "내일 다리를 다시 엽니다"라고 말했다.', "내일 다리를 다시 엽니다"),
        ("« Nous ouvrons le pont demain », a dit Ada Quill.", "Nous ouvrons le pont demain"),
        ("„Wir öffnen die Brücke morgen“, sagte Ada Quill.", "Wir öffnen die Brücke morgen"),
        ("»Wir öffnen die Brücke morgen«, sagte Ada Quill.", "Wir öffnen die Brücke morgen"),
        ("›Wir öffnen die Brücke morgen‹, sagte Ada Quill.", "Wir öffnen die Brücke morgen"),
        ("”Vi öppnar bron i morgon”, sade Ada Quill.", "Vi öppnar bron i morgon"),
        ("»Vi öppnar bron i morgon», sade Ada Quill.", "Vi öppnar bron i morgon"),
        ("„Jutro otworzymy most”, powiedziała Ada Quill.", "Jutro otworzymy most"),
        (",,Jutro otworzymy ten most'', powiedziała Ada Quill.", "Jutro otworzymy ten most"),
        ("``We open the bridge tomorrow,'' said Ada Quill.", "We open the bridge tomorrow"),
        ("'We open the bridge tomorrow,' said Ada Quill.", "We open the bridge tomorrow"),
        ("قالت: «سنفتح الجسر غدا».", "سنفتح الجسر غدا"),
        ("Ասաց. «մենք վաղը կբացենք կամուրջը»։", "մենք վաղը կբացենք կամուրջը"),
    ],
)
def test_the_marks_of_every_language(text: str, found: str) -> None:
    assert texts(text) == [found]


def test_a_paragraph_leaves_its_quotation_open_only_to_one_that_opens_with_the_mark_again() -> None:
    opened = "“We waited for the boat all night.\n\n“It never came to the pier,” said Ivo Lind."
    assert texts(opened) == ["We waited for the boat all night.", "It never came to the pier"]
    assert texts(opened.replace("\n\n“", "\n\n")) == []


@given(st.text(st.sampled_from("“”\"'‘’«»‹›„‚「」『』,` \n.:A1b字")))
def test_marks_enclose_what_lies_between_them_within_a_line(text: str) -> None:
    for found in quoted(text):
        start, end = found.inner
        assert found.start < start <= end <= found.end
        assert "\n" not in text[found.start : found.end]
