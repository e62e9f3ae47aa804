from __future__ import annotations

import pytest

from copydesk.pipeline.extraction import NotAnArticle, extract
from tests.pipeline.extraction.refusing.pages import STORY, dump, html, paragraphs

OFFERS = [
    ("To continue reading, subscribe now.", "Then 12 crowns a month, cancel anytime.", "Already a subscriber? Log in"),
    (
        "Weiterlesen mit Anzeiger+",
        "Testen Sie das Digitalabo einen Monat kostenlos.",
        "Bereits Abonnent? Hier anmelden",
    ),
    ("Il vous reste 70 % de cet article à lire.", "La suite est réservée aux abonnés.", "Déjà abonné ? Se connecter"),
    (
        "Suscríbete para seguir leyendo",
        "Primer mes por 1 €, cancela cuando quieras.",
        "¿Ya eres suscriptor? Inicia sesión",
    ),
    ("Per continuare a leggere abbonati", "Primo mese a 1 euro, poi 9 euro al mese.", "Sei già abbonato? Accedi"),
    ("Dalsza część artykułu dostępna po zalogowaniu.", "Wykup dostęp od 9 zł za miesiąc.", "Masz już prenumeratę?"),
    (
        "Чтобы прочитать полностью, оформите подписку",
        "Доступ к материалам за 99 руб. в месяц.",
        "Уже есть подписка? Войти",
    ),
    ("この記事は有料会員限定です。", "残り1200文字は会員登録するとお読みいただけます。", "すでに会員の方はログイン"),
    ("이 기사는 유료 회원 전용입니다.", "구독하기", "이미 구독 중이신가요? 로그인"),
    ("订阅后继续阅读全文", "本文为付费内容", "已是会员？登录"),
    ("هذا المقال متاح للمشتركين فقط", "اشترك الآن لمتابعة القراءة", "مشترك بالفعل؟ تسجيل الدخول"),
]
PAID = (
    '<script type="application/ld+json">'
    '{"@type": "NewsArticle", "headline": "Ferry", "isAccessibleForFree": %s}</script>'
)
LONG = tuple(f"{text} So it was in {town}, too." for town in ("Norvik", "Saltholm", "Byhavn") for text in STORY)


@pytest.mark.parametrize("offer", OFFERS)
def test_the_offer_below_a_stub_is_taken_out_and_the_stub_stays(offer):
    found = extract(html("Ferry to stop for three weeks", paragraphs((*STORY, *offer))))
    assert found.text == "\n".join(STORY)
    assert (found.access, found.kind) == ("stub", "paywalled-stub")
    assert {cut.text for cut in found.removed if cut.kind == "subscribe"} >= set(offer[:1])


def test_the_offer_is_taken_out_of_a_text_dump_too():
    found = extract(dump("Ferry to stop for three weeks", *STORY, *OFFERS[0]))
    assert not any(line in found.text for line in OFFERS[0])
    assert found.access == "stub"


def test_a_paywall_that_leaves_nothing_is_no_article():
    with pytest.raises(NotAnArticle):
        extract(html("Ferry to stop", paragraphs(OFFERS[0])))


@pytest.mark.parametrize(
    ("told", "story", "access"),
    [("true", STORY, "free"), ("false", STORY[:1], "stub"), ('"False"', STORY[:1], "stub"), ("false", LONG, None)],
)
def test_markup_says_whether_all_may_read(told, story, access):
    assert extract(html("Ferry to stop for three weeks", paragraphs(story), PAID % told)).access == access


@pytest.mark.parametrize(("kept", "access"), [("", "stub"), (paragraphs(STORY), None)])
def test_the_part_that_is_paid_for_is_there_or_not(kept, access):
    part = '{"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".paid"}'
    head = PAID % f'false, "hasPart": {part}'
    page = html("Ferry to stop for three weeks", f'{paragraphs(LONG)}<div class="paid">{kept}</div>', head)
    assert extract(page).access == access


def test_a_page_that_says_nothing_of_it_has_no_access():
    assert extract(html("Ferry to stop for three weeks", paragraphs(STORY))).access is None


def test_a_story_about_subscriptions_keeps_its_end():
    said = "The paper will offer readers a subscription for 9 crowns a month to read more of its island pages, it said."
    story = (*STORY, said, STORY[1].replace("1,400", "2,300"))
    assert said in extract(html("Paper tries a paywall", paragraphs(story))).text
