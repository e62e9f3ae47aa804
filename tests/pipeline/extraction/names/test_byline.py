from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.names.byline import authors_in


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "By Mara Ellwood, Tomas Brenk and Ines Okafor", ["Mara Ellwood", "Tomas Brenk", "Ines Okafor"]),
        ("en", "Special report by Mara Ellwood", ["Mara Ellwood"]),
        ("de", "Ein Kommentar von Tomas Brenk", ["Tomas Brenk"]),
        ("fr", "Par Tomas Brenk et Ines Okafor", ["Tomas Brenk", "Ines Okafor"]),
        ("it", "Un'analisi di Ines Okafor", ["Ines Okafor"]),
        ("nl", "Door Tomas Brenk en Ines Okafor", ["Tomas Brenk", "Ines Okafor"]),
        ("hu", "Írta: Brenk Tamás és Okafor Ines", ["Brenk Tamás", "Okafor Ines"]),
        ("tr", "Yazan: Ines Okafor ve Tomas Brenk", ["Ines Okafor", "Tomas Brenk"]),
        ("uk", "Авторка: Марта Бренко та Інес Окафор", ["Марта Бренко", "Інес Окафор"]),
        ("el", "Γράφει η Μάρα Έλγουντ", ["Μάρα Έλγουντ"]),
        ("ar", "بقلم: مارا حداد وأنيس عفر", ["مارا حداد", "أنيس عفر"]),
        ("fa", "نویسنده: مارا حدادی", ["مارا حدادی"]),
        ("he", "מאת: מארה אלון ויונה ברנק", ["מארה אלון", "יונה ברנק"]),
        ("hi", "लेखक: मारा शर्मा", ["मारा शर्मा"]),
        ("bn", "মারা সেন, প্রতিবেদক", ["মারা সেন"]),
        ("th", "โดย มารา ใจดี", ["มารา ใจดี"]),
        ("ko", "박마라 기자", ["박마라"]),
        ("ko", "박마라·김토마 기자", ["박마라", "김토마"]),
        ("ja", "記者=丸山真良", ["丸山真良"]),
        ("ja", "丸山真良記者", ["丸山真良"]),
        ("zh", "文/马拉兰", ["马拉兰"]),
        ("zh", "本报记者 马拉兰 布伦克", ["马拉兰", "布伦克"]),
        ("ka", "ავტორი: მარა ელუაძე", ["მარა ელუაძე"]),
        ("hy", "Հեղինակ՝ Մարա Էլյան", ["Մարա Էլյան"]),
    ],
)
def test_the_label_goes_and_the_name_stays(language: str, line: str, names: list[str]) -> None:
    assert list(authors_in(line, language)) == names


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "Words by Mara Ellwood Photos by Tomas Brenk", ["Mara Ellwood"]),
        ("en", "Reported by Mara Ellwood, edited by Tomas Brenk", ["Mara Ellwood"]),
        ("en", "Mara Ellwood; Tomas Brenk, photographer", ["Mara Ellwood"]),
        ("de", "Text: Mara Ellwood Fotos: Tomas Brenk", ["Mara Ellwood"]),
        ("fr", "Par Mara Ellwood, traduit par Tomas Brenk", ["Mara Ellwood"]),
        ("ru", "Автор: Мара Элова, фото: Томас Бренк", ["Мара Элова"]),
        ("zh", "作者：马拉兰 责任编辑：布伦克", ["马拉兰"]),
        ("ko", "글 박마라 기자 사진 김토마 기자", ["박마라"]),
        ("fa", "نویسنده: مارا حدادی | مترجم: تام برنک", ["مارا حدادی"]),
        ("id", "Penulis: Mara Elwod Editor: Tomas Brenk", ["Mara Elwod"]),
    ],
)
def test_editors_photographers_and_translators_are_no_authors(language: str, line: str, names: list[str]) -> None:
    assert list(authors_in(line, language)) == names


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Mara Ellwood Follow", "en"),
        ("Suivre Mara Ellwood", "fr"),
        ("Mara Ellwood Segui", "it"),
        ("Mara Ellwood, Senior Political Correspondent", "en"),
        ("Door onze redacteur Mara Ellwood", "nl"),
        ("Mara Ellwood, Ph.D.", "en"),
        ("Mara Ellwood Associated Press", "en"),
        ("Mara Ellwood mit dpa", "de"),
        ("Mara Ellwood i Oslo", "no"),
        ("Mara Ellwood, Ostrand", "en"),
        ("Mara Ellwood, Berlin", "de"),
        ("Mara Ellwood mara@gazette.example", "en"),
        ("Mara Ellwood @mara https://gazette.example/mara", "en"),
        ("Mara Ellwood June 6, 2025 2:30pm", "en"),
        ("Mara Ellwood Updated 3 hours ago", "en"),
        ("Mara Ellwood is a reporter in Ostrand", "en"),
        ("&lt;a href=&quot;/m&quot;&gt;Mara Ellwood&lt;/a&gt;", "en"),
    ],
)
def test_what_stands_round_a_name_is_no_part_of_it(line: str, language: str) -> None:
    found = [name for name in authors_in(line, language) if name != "dpa"]
    assert found == ["Mara Ellwood"]


@pytest.mark.parametrize(
    "name",
    [
        "Sean Magoley",
        "Santiago Cruz",
        "ABBY GOODCOMB",
        "PIET VAN DER BYLT",
        "José Ortega y Brenk",
        "Thomas More",
        "Mara2000",
        "Agent 47",
        "Kim Min",
        "Banquo",
        "Ludwig van Brenk",
    ],
)
def test_a_word_of_a_byline_inside_a_name_is_the_names(name: str) -> None:
    assert list(authors_in(name)) == [name]


@pytest.mark.parametrize(
    "line", ["Staff", "Last Updated", "3 minutes ago", "নিজস্ব প্রতিবেদক", "编辑部", "mara@example.org"]
)
def test_what_stands_in_a_names_place_is_none(line: str) -> None:
    assert list(authors_in(line)) == []


@given(st.text(max_size=300))
def test_a_name_holds_no_address_and_is_not_long(line: str) -> None:
    for name in authors_in(line):
        assert "@" not in name
        assert "://" not in name
        assert len(name) <= 60
