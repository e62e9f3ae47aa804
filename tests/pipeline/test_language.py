import pytest

from pipeline.language import identify


@pytest.mark.parametrize(
    "text, code",
    [
        ("The ferry left the harbour on Monday after three days of storm.", "en"),
        ("Das Freibad öffnet am Samstag nach zwei Jahren Sanierung wieder.", "de"),
        ("El puerto recupera su lonja dos años después del incendio.", "es"),
        ("Le phare change de couleur pour protéger les oiseaux migrateurs.", "fr"),
        ("首相は火曜日に新しい計画を発表し、野党はこれを批判した。", "ja"),
        ("서울의 다리가 월요일에 다시 열렸다고 시 당국이 밝혔다.", "ko"),
    ],
)
def test_a_sentence_is_known_by_its_language(text: str, code: str) -> None:
    assert identify(text).code == code


@pytest.mark.parametrize("text", ["", "OK", "12:30 — 4.5 %", "\U0001f600" * 50])
def test_too_little_text_is_of_no_language(text: str) -> None:
    assert identify(text).code == "und"
