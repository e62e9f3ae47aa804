from __future__ import annotations

import pickle

import pytest

from copydesk.pipeline.extraction import EmptyPage, NotAnArticle, doubts, extract
from copydesk.pipeline.extraction.refusing.decision import KINDS, REFUSED
from tests.pipeline.extraction.refusing.pages import STORY, dump, html, paragraphs, raw, walls

WALLS = [pytest.param(*wall, id=f"{wall[0]} {wall[1]} {number}") for number, wall in enumerate(walls())]
TEASERS = (
    ("Island ferry to stop for three weeks", "The crossing will close on Monday while engineers replace the ramp."),
    ("Harbour ramp fails in winter storm", "Nobody was hurt when the steel gave way on Saturday night, police said."),
    ("Council sets aside money for buses", "Members voted by nine to two for extra services round the bay."),
    ("Second vessel sought for the crossing", "No ship of the right draught is free before the autumn, owners say."),
    ("Islands order flour for a month", "Shops on Saare fear that their shelves will be empty by midsummer."),
)


@pytest.mark.parametrize(("kind", "language", "title", "texts"), WALLS)
def test_a_wall_is_refused_by_its_kind_in_every_language(kind, language, title, texts):
    with pytest.raises(NotAnArticle) as refused:
        extract(html(title, paragraphs(texts), language=language))
    assert refused.value.kind == kind


@pytest.mark.parametrize(("kind", "language", "title", "texts"), WALLS)
def test_the_text_of_a_wall_is_refused_too(kind, language, title, texts):
    del kind, language
    with pytest.raises(NotAnArticle):
        extract(
            dump("The Ostrand Courier", "News", "Sport", title, *texts, "© The Ostrand Courier. All rights reserved.")
        )


@pytest.mark.parametrize(
    "title",
    [
        "Access denied: how the council shut its files",
        "Page not found: the archive that vanished from the web",
        "Airline website under maintenance after attack",
        "Log in to vote: islanders try an election online",
        "Regulator fines shops over cookies and consent",
    ],
)
def test_a_story_about_walls_is_an_article(title):
    head = '<meta property="og:type" content="article">'
    said = (f"{title}, the Courier has learned. Residents were asked to accept cookies and to log in again.", *STORY)
    assert STORY[0] in extract(html(title, f"<p>By Mirela Kask</p>{paragraphs(said)}", head)).text


@pytest.mark.parametrize("story", [STORY, STORY[:1]])
def test_a_story_is_no_wall_for_the_consent_that_is_asked_above_it(story):
    banner = "<div><p>We value your privacy</p><p>We and our partners use cookies to process personal data.</p></div>"
    byline = '<p class="byline">By Mirela Kask</p><time datetime="2026-04-30T10:00:00+02:00">30 April 2026</time>'
    page = html("Ferry to stop for three weeks", f"{banner}{byline}{paragraphs(story)}")
    assert story[0] in extract(page).text


@pytest.mark.parametrize(
    "card",
    [
        '<article class="card"><h2><a href="/{n}">{title}</a></h2><p>{text}</p></article>',
        '<li><a href="/{n}">{title}</a><p>{text}</p></li>',
        '<h3><a href="/{n}">{title}</a></h3><p>{text}</p>',
        '<li><a href="/{n}">{title}</a></li>',
    ],
)
def test_a_page_of_a_topic_is_no_article_however_it_is_laid_out(card):
    cards = "".join(card.format(n=n, title=title, text=text) for n, (title, text) in enumerate(TEASERS))
    with pytest.raises(NotAnArticle) as refused:
        extract(html("Ferries", f"<p>Latest stories about ferries</p>{cards}"))
    assert refused.value.kind == "listing"


def test_results_of_a_search_are_no_article():
    cards = "".join(f'<div class="item"><a href="/{t}">{t}</a><p>{text}</p></div>' for t, text in TEASERS)
    with pytest.raises(NotAnArticle) as refused:
        extract(html("Search results for “ferry”", f"<p>5 results found</p>{cards}"))
    assert refused.value.kind == "search"


def test_the_text_of_a_dated_list_is_no_article():
    lines = [line for n, (title, text) in enumerate(TEASERS) for line in (title, text, f"{n + 10} April 2026")]
    with pytest.raises(NotAnArticle) as refused:
        extract(dump("The Ostrand Courier", "News", "Ferries", "Latest stories about ferries", *lines))
    assert refused.value.kind == "listing"


def test_a_page_that_only_a_browser_draws_is_a_shell():
    with pytest.raises(NotAnArticle) as refused:
        extract(raw('<div id="app"></div><noscript>You need to enable JavaScript to run this app.</noscript>'))
    assert refused.value.kind == "shell"


def test_a_page_of_scripts_alone_is_empty():
    with pytest.raises(EmptyPage):
        extract(raw("<html><body><script>draw()</script></body></html>"))


def test_a_page_of_nothing_but_chrome_is_no_article():
    for page in (
        html("Ostrand", ""),
        dump("The Ostrand Courier", "News", "© The Ostrand Courier. All rights reserved."),
    ):
        with pytest.raises(NotAnArticle):
            extract(page)


def test_a_refusal_says_its_kind_and_reasons_and_keeps_them_on_its_way_out_of_a_process():
    with pytest.raises(NotAnArticle, match=r"^not-found: .*the headline says so \+3\.0") as refused:
        extract(html("Page not found", "<p>Sorry, the page you are looking for could not be found.</p>"))
    again = pickle.loads(pickle.dumps(refused.value))
    assert (again.kind, str(again)) == (refused.value.kind, str(refused.value))
    assert again.kind in KINDS


def test_what_speaks_against_an_article_is_told_in_points():
    found = doubts(
        html("Ferry to stop", paragraphs(("The system will be under maintenance, the operator said.", *STORY)))
    )
    assert found is not None
    assert found.score < REFUSED
    assert found.score == pytest.approx(sum(points for _, points in found.reasons))
