from __future__ import annotations

import pytest

from copydesk.pipeline.extraction.time.imprint import Imprint
from copydesk.pipeline.extraction.time.timestamps import read_time


@pytest.mark.parametrize(
    "text, language",
    [
        ("4 Mei 2026", "id"), ("4 Mayo 2026", "fil"), ("Mayo 4, 2026", "fil"), ("4 Bealtaine 2026", "ga"),
        ("4 Mai 2026", "cy"), ("4. mai 2026", "nb"), ("4. toukokuuta 2026", "fi"), ("4. maí 2026", "is"),
        ("2026 m. gegužės 4 d.", "lt"), ("2026. gada 4. maijs", "lv"), ("2026. május 4., hétfő", "hu"),
        ("4. května 2026", "cs"), ("4 maja 2026 r.", "pl"),
        ("4. svibnja 2026.", "hr"), ("4 травня 2026 року", "uk"),
        ("4 мая 2026 г.", "ru"), ("4 май 2026", "bg"), ("4 мамыр 2026", "kk"), ("2026 жылғы 4 мамыр", "kk"),
        ("4 Μαΐου 2026", "el"), ("4 ΜΑΙΟΥ 2026", "el"),
        ("4 Mayıs 2026 Pazartesi", "tr"), ("4 MAYIS 2026", "tr"),
        ("4 may 2026", "uz"), ("4 მაისი, 2026", "ka"), ("մայիսի 4, 2026", "hy"), ("4 במאי 2026", "he"),
        ("4 مايو 2026", "ar"), ("٤ أيار ٢٠٢٦", "ar"),
        ("4 ماي 2026", "ar"), ("۴ مه ۲۰۲۶", "fa"), ("4 مئی 2026ء", "ur"),
        ("4 मई 2026", "hi"), ("४ मे २०२६", "mr"),
        ("৪ মে ২০২৬", "bn"), ("૪ મે, ૨૦૨૬", "gu"), ("4 ਮਈ 2026", "pa"),
        ("மே 4, 2026", "ta"), ("4 మే 2026", "te"),
        ("4 ಮೇ 2026", "kn"), ("2026 മേയ് 4", "ml"), ("2026 මැයි 4", "si"),
        ("4 พฤษภาคม 2026", "th"), ("4 ພຶດສະພາ 2026", "lo"),
        ("ថ្ងៃទី៤ ខែឧសភា ឆ្នាំ២០២៦", "km"), ("၂၀၂၆ မေ ၄", "my"),
        ("ngày 4 tháng 5 năm 2026", "vi"), ("2026 оны 5-р сарын 4", "mn"), ("2026eko maiatzaren 4a", "eu"),
        ("4 de maig de 2026", "ca"), ("4 d’abril de 2026", "ca"),
        ("2026년 5월 4일", "ko"), ("２０２６年５月４日", "ja"),
        ("4.V.2026", "pl"), ("4-May-26", "en"),
        ("May 4th, 2026", "en"), ("4 Mey 2026", "af"), ("4 Mei 2026", "sw"),
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_words_and_digits_of_its_language(text: str, language: str) -> None:
    stamp = read_time(text, Imprint(language=language))
    assert stamp is not None
    assert stamp.when.date().isoformat() == ("2026-04-04" if "abril" in text else "2026-05-04")


@pytest.mark.parametrize(
    "text, language, clock",
    [
        ("4 May 2026, 2.30pm", "en", "14:30"),
        ("4 May 2026 12:05 AM", "en", "00:05"), ("4 May 2026, 2pm", "en", "14:00"),
        ("4 de mayo de 2026, 2:30 p. m.", "es", "14:30"), ("4 mai 2026 à 14 h 30", "fr", "14:30"),
        ("4 de maio de 2026 às 14h", "pt", "14:00"), ("4. mai 2026 kl. 14.30", "nb", "14:30"),
        ("4. toukokuuta 2026 klo 14.30", "fi", "14:30"), ("2026. május 4., du. 2:30", "hu", "14:30"),
        ("4 Μαΐου 2026, 2:30 μ.μ.", "el", "14:30"), ("4 مايو 2026 - 02:30 م", "ar", "14:30"),
        ("४ मई २०२६ अपराह्न २:३०", "hi", "14:30"), ("2026年5月4日 下午2点30分", "zh", "14:30"),
        ("2026年5月4日 凌晨2:30", "zh", "02:30"), ("2026. 5. 4. 오후 2:30", "ko", "14:30"),
        ("4 พฤษภาคม 2569 เวลา 14.30 น.", "th", "14:30"), ("公開日：2026/05/04 14:30", "ja", "14:30"),
    ],
)  # fmt: skip
def test_a_clock_is_read_with_the_half_of_the_day_that_its_language_names(text: str, language: str, clock: str) -> None:
    stamp = read_time(text, Imprint(language=language))
    assert stamp is not None
    assert stamp.when.strftime("%H:%M") == clock


@pytest.mark.parametrize("text, language", [("6. listopada 2025.", "hr"), ("6 października 2025", "pl")])
def test_a_name_that_means_two_months_is_read_in_its_language(text: str, language: str) -> None:
    stamp = read_time(text, Imprint(language=language))
    assert stamp is not None
    assert stamp.when.month == 10


@pytest.mark.parametrize("text", ["May 2026", "4 people in May", "Marching 12 to 2026", "5 min read", "USA Today"])
def test_words_that_only_look_like_a_day_give_none(text: str) -> None:
    assert read_time(text, Imprint(language="en")) is None
