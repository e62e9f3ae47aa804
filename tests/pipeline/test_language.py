import pytest

from copydesk.pipeline.language import identify


@pytest.mark.parametrize(
    "text, code",
    [
        ("The ferry left the harbour on Monday after three days of storm.", "en"),
        ("Das Freibad öffnet am Samstag nach zwei Jahren Sanierung wieder.", "de"),
        ("El puerto recupera su lonja dos años después del incendio.", "es"),
        ("Le phare change de couleur pour protéger les oiseaux migrateurs.", "fr"),
        ("首相は火曜日に新しい計画を発表し、野党はこれを批判した。", "ja"),
        ("Мост снова открыли в понедельник, сообщили власти города.", "ru"),
        ("Міст знову відкрили в понеділок, повідомила міська влада.", "uk"),
        ("La città riapre il ponte dopo due anni di lavori, ha detto la sindaca.", "it"),
        ("A cidade reabriu a ponte depois de dois anos de obras, disse a prefeita.", "pt"),
        ("De stad opent de brug na twee jaar werk opnieuw, zei de burgemeester.", "nl"),
        ("Staden öppnar bron igen efter två års arbete, sade borgmästaren.", "sv"),
        ("Miasto ponownie otwiera most po dwóch latach prac, powiedziała burmistrz.", "pl"),
        ("Şehir iki yıllık çalışmanın ardından köprüyü yeniden açıyor.", "tr"),
        ("Kaupunki avaa sillan uudelleen kahden vuoden työn jälkeen.", "fi"),
        ("Thành phố mở lại cây cầu sau hai năm sửa chữa.", "vi"),
        ("Kota itu membuka kembali jembatan setelah dua tahun perbaikan.", "id"),
        ("أعادت المدينة فتح الجسر بعد عامين من أعمال الترميم.", "ar"),
        ("העירייה פתחה מחדש את הגשר לאחר שנתיים של עבודות.", "he"),
        ("शहर ने दो साल की मरम्मत के बाद पुल को फिर से खोल दिया।", "hi"),
        ("Η πόλη άνοιξε ξανά τη γέφυρα μετά από δύο χρόνια εργασιών.", "el"),
        ("เมืองเปิดสะพานอีกครั้งหลังจากซ่อมแซมเป็นเวลาสองปี", "th"),
        ("市政府周一表示，这座桥在维修两年后重新开放。", "zh"),
        ("서울의 다리가 월요일에 다시 열렸다고 시 당국이 밝혔다.", "ko"),
    ],
)
def test_a_sentence_is_known_by_its_language(text: str, code: str) -> None:
    assert identify(text).code == code


@pytest.mark.parametrize("text", ["", "OK", "12:30 — 4.5 %", "\U0001f600" * 50])
def test_too_little_text_is_of_no_language(text: str) -> None:
    assert identify(text).code == "und"
