import base64
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.pipeline.extraction.characters.clean_text import count_hidden
from copydesk.pipeline.extraction.errors import EmptyPage, ExtractionError, NotAnArticle, PageTooDeep, PageTooLarge
from copydesk.pipeline.extraction.html import explain, read
from copydesk.pipeline.extraction.page import Page
from copydesk.schemas import RawArticle
from copydesk.schemas.topics import MAX_PAGE_BYTES

PARAGRAPHS = (
    "The council of Ostermark voted on Tuesday evening to rebuild the old bridge over the Lenne, ending a dispute that "
    "has split the town for eleven years and cost two mayors their office.",
    "Work is to begin in March, said Mara Ellwood, who heads the building department, and will last until the autumn "
    "of the following year. Lorries will have to use the road through Hagendorf.",
    "“Nobody here wanted another winter with one lane,” she told reporters after the vote. The council set aside "
    "four million crowns, a third of them from the regional fund for roads.",
    "Opponents had asked for a tunnel instead. Their spokesman, Tomas Brenk, called the decision hasty and said "
    "that his group would go to court before the end of the month.",
)
HEADLINE = "Ostermark council votes to rebuild the old bridge"
HEAD = f"""
<title>{HEADLINE} | Lenne Courier</title>
<meta property="og:site_name" content="Lenne Courier">
<meta property="og:title" content="{HEADLINE} | Lenne Courier">
<meta property="og:type" content="article">
<link rel="canonical" href="/2025/06/bridge">
"""
JSON_LD = f"""<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [
{{"@type": "Organization", "name": "Lenne Courier"}},
{{"@type": ["NewsArticle"], "headline": "{HEADLINE}", "datePublished": "2025-06-30T22:35:00+02:00",
"dateModified": "2025-07-01T08:00:00+02:00",
"author": [{{"@type": "Person", "name": "Ines Okafor"}}, "Jonas Weil"],}}]}}
</script>"""
NAVIGATION = (
    "<nav><ul>"
    + "".join(f"<li><a href='/{s}'>{s}</a></li>" for s in ("News", "Sport", "Opinion", "Culture"))
    + "</ul></nav>"
)
CAPTION_TEXT = "The bridge over the Lenne in Ostermark, seen from the mill. Photo: J. Weil"
CAPTION = f"<figure><img src='b.jpg'><figcaption>{CAPTION_TEXT}</figcaption></figure>"
RELATED = """<aside class="related"><h3>Read more</h3><ul>
<li><a href="/a">Bakers of Hagendorf raise their prices again</a></li>
<li><a href="/b">Rain stops the regatta for the third time</a></li></ul></aside>"""
FOOTER = "<footer><p>© 2025 Lenne Courier. All rights reserved.</p><a href='/imprint'>Imprint</a></footer>"


def page(
    body=PARAGRAPHS,
    head=HEAD + JSON_LD,
    time_line="<time datetime='2025-06-30T22:35:00+02:00'>30 June 2025, 22:35</time>",
):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8>{head}</head>"
        f"<body>{NAVIGATION}<main><article><h1>{HEADLINE}</h1>"
        f"<div class=byline>By <span class=author>Ines Okafor</span> and <span class=author>Jonas Weil</span></div>"
        f"{time_line}{CAPTION}<div class=article-body>{text}</div></article>{RELATED}</main>{FOOTER}</body></html>"
    )


def raw(content, **fields):
    given_as = (
        {"content_base64": base64.b64encode(content).decode()} if isinstance(content, bytes) else {"content": content}
    )
    defaults = {
        "url": "https://courier.example.org/2025/06/bridge?utm_source=x",
        "fetched_at": datetime(2025, 7, 2, tzinfo=UTC),
    }
    return RawArticle(content_type="text/html", **defaults | given_as | fields)


def test_a_page_gives_its_article_and_nothing_else():
    found = read(raw(page()))
    assert found.title == HEADLINE
    assert found.paragraphs == PARAGRAPHS
    assert found.authors == ("Ines Okafor", "Jonas Weil")
    assert found.bylines[0] == "By Ines Okafor and Jonas Weil"
    assert found.captions == (CAPTION_TEXT,)
    assert found.canonical_url == "/2025/06/bridge"
    assert (found.site_name, found.language, found.kind) == ("Lenne Courier", "en", "article")


def test_times_come_to_the_second_with_their_zone():
    found = read(raw(page()))
    assert found.published.when.isoformat() == "2025-06-30T22:35:00+02:00"
    assert found.published.zone is not None
    assert found.modified.when.isoformat() == "2025-07-01T08:00:00+02:00"


def test_without_structured_data_the_visible_page_is_enough():
    found = read(raw(page(head=f"<title>{HEADLINE} | Lenne Courier</title>")))
    assert found.title == HEADLINE
    assert found.authors == ("Ines Okafor", "Jonas Weil")
    assert found.published.when.isoformat() == "2025-06-30T22:35:00+02:00"


def test_a_time_without_a_zone_stays_without_one():
    found = read(raw(page(head="", time_line="<p class=date>30 June 2025, 22:35</p>")))
    assert found.published.when.isoformat() == "2025-06-30T22:35:00"
    assert found.published.zone is None


def test_an_update_is_not_publication():
    found = read(
        raw(
            page(
                head="", time_line="<p class=date>Updated: 1 July 2025, 08:00</p><p class=date>30 June 2025, 22:35</p>"
            )
        )
    )
    assert found.published.when.isoformat() == "2025-06-30T22:35:00"


def test_a_time_in_the_future_of_the_fetch_is_refused():
    found = read(raw(page(head="", time_line="<time datetime='2031-01-01T00:00:00Z'>soon</time>"), url=None))
    assert found.published is None


def test_a_comment_below_gives_no_date():
    told = "<time datetime='2025-06-01T10:00:00Z'>June 1</time>"
    comment = f"<section class=comments><div class=comment>{told}<p>First!</p></div></section>"
    found = read(raw(page(head="", time_line="").replace("<footer>", comment + "<footer>"), url=None))
    assert found.published is None


def test_what_was_cut_says_why():
    found = read(
        raw(
            page().replace(
                "<footer>",
                "<div class=newsletter-signup><p>Sign up for our letter from the town hall.</p></div><footer>",
            )
        )
    )
    assert ("subscribe", "Sign up for our letter from the town hall.") in {
        (cut.kind, cut.text) for cut in found.removed
    }


def test_every_block_is_explained():
    verdicts = {verdict.text: verdict for verdict in explain(raw(page()))}
    assert {verdicts[paragraph].label for paragraph in PARAGRAPHS} == {"body"}
    assert verdicts[CAPTION_TEXT].label == "caption"
    assert verdicts["Sport"].label == "link"
    assert verdicts["Sport"].chance < 0.1 < verdicts[PARAGRAPHS[0]].chance


def test_a_paragraph_printed_twice_is_kept_once():
    assert read(raw(page(body=PARAGRAPHS + PARAGRAPHS[:1]))).paragraphs == PARAGRAPHS


def test_text_for_screen_readers_is_not_part_of_a_sentence():
    linked = PARAGRAPHS[0].replace("dispute", "<a href='/d'>dispute<span class='sr-only'>, opens a new tab</span></a>")
    assert read(raw(page(body=(linked, *PARAGRAPHS[1:])))).paragraphs == PARAGRAPHS


def test_broken_json_ld_is_read_all_the_same():
    assert read(raw(page(time_line=""))).published.precision == "second"


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1252"])
def test_bytes_and_text_give_the_same(charset):
    html = page().replace("<meta charset=utf-8>", "")
    assert read(raw(html.encode(charset), charset=charset)) == read(raw(html))


def test_a_heading_for_screen_readers_is_not_printed():
    unseen = page().replace(
        "<div class=article-body>", "<div class=article-body><h2 class='visually-hidden'>Article content</h2>"
    )
    assert read(raw(unseen)).paragraphs == PARAGRAPHS


def test_mojibake_in_the_text_is_put_right():
    spoilt = (PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[2].encode().decode("cp1252", "replace"), PARAGRAPHS[3])
    spoilt = tuple(text.replace("\ufffd", "\x9d") for text in spoilt)
    assert read(raw(page(body=spoilt))).paragraphs == PARAGRAPHS


def test_reading_twice_is_the_same():
    assert read(raw(page())) == read(raw(page()))


def test_hidden_characters_never_reach_the_text():
    hidden = tuple(paragraph.replace(" ", "\u200b \u202e", 3) for paragraph in PARAGRAPHS)
    assert read(raw(page(body=hidden))).paragraphs == PARAGRAPHS


def test_deep_nesting_loses_no_text():
    deep = page().replace("<article>", "<div>" * 3_000 + "<article>")
    assert PARAGRAPHS[-1] in read(raw(deep)).paragraphs


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("", EmptyPage),
        (" \0\n", EmptyPage),
        ("<html><body><script>draw()</script></body></html>", EmptyPage),
        ("<h1>Are you a robot?</h1>", NotAnArticle),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 300, NotAnArticle),
        ("<p>word " * (MAX_PAGE_BYTES // 8 + 1), PageTooLarge),
        ("<font color=red><p>" * 5_000, PageTooDeep),
        ("<p>a b c." * 100_000, PageTooLarge),
    ],
)
def test_a_page_without_an_article_is_refused_by_name(content, error):
    with pytest.raises(error):
        read(raw(content))


def test_an_error_status_is_no_article():
    with pytest.raises(NotAnArticle, match="404"):
        read(raw(page(), http_status=404))


def test_a_front_page_is_no_article():
    teasers = "".join(
        f"<div class=teaser><h2><a href='/{i}'>Story {i} of the day, told in full inside</a></h2></div>"
        for i in range(60)
    )
    front = f"<html><body>{NAVIGATION}<main>{teasers}<p>{PARAGRAPHS[0]}</p></main></body></html>"
    with pytest.raises(NotAnArticle):
        read(raw(front, url="https://courier.example.org/"))


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"body": PARAGRAPHS, "head": JSON_LD.replace("NewsArticle", "LiveBlogPosting")}, "live-blog"),
        (
            {
                "body": PARAGRAPHS[:1],
                "head": JSON_LD.replace('"headline"', '"isAccessibleForFree": "False", "headline"'),
            },
            "paywalled-stub",
        ),
    ],
)
def test_other_kinds_of_page_are_told_apart(change, kind):
    assert read(raw(page(**change))).kind == kind


@settings(max_examples=60)
@given(
    st.integers(0, len(page())),
    st.integers(0, 400),
    st.text(st.sampled_from("<>/=\"'& abdivp!-[]{}\u202e\0"), max_size=40),
)
def test_a_mangled_page_gives_a_page_or_a_typed_refusal(start, size, noise):
    mangled = page()[:start] + noise + page()[start + size :]
    try:
        found = read(raw(mangled))
    except ExtractionError:
        return
    assert isinstance(found, Page)
    assert all(paragraph and "\n" not in paragraph for paragraph in found.paragraphs)
    assert replace(found) == found


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 100_000,
        "<table><tr><td>" * 20_000,
        "<b><i>" * 50_000,
        "<p " + " ".join(f"a{i}=1" for i in range(50_000)) + ">",
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>",
        "<p class=byline>By " + "A, " * 100_000,
        "<p>" + "2025-01-" * 30_000,
        "<p class=date>" + "1" * 500_000,
        "<p>" + ("a" + "\u0301\u0316" * 100) * 2_000,
    ],
)
def test_a_hostile_page_is_done_within_two_seconds(hostile):
    began = time.process_time()
    with suppress(ExtractionError):
        read(raw(page().replace("<article>", f"<article>{hostile}")))
    assert time.process_time() - began < 2


def test_a_title_that_stands_in_the_body_is_not_shown():
    found = read(raw(page().replace("<body>", "<body><title>Not shown <b>anywhere</b></title>")))
    assert not any("Not shown" in paragraph for paragraph in found.paragraphs)


def test_what_is_looked_for_in_print_is_clean():
    story = "<p>The harbour of Ostrand was closed to all ships on that day, the town council said late on Monday.</p>"
    head = "<div>Harbour of Ostrand is\u200b closed</div><div>By Tove\u202e Maranz</div>"
    found = read(raw(f"<html><body>{head}{story * 4}</body></html>"))
    assert count_hidden(f"{found.title} {found.authors}") == 0
    assert found.authors == ("Tove Maranz",)
