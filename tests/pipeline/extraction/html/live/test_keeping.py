from __future__ import annotations

import pytest

from copydesk.pipeline.extraction.html import explain, read
from tests.pipeline.extraction.html.live.test_entries import STORM, blog, raw

BESIDE = (
    "<div class='share-bar'><span>Share this post</span> <a href='#'>Copy link</a></div>",
    "<div class='ad-slot'><p>Advertisement: shoes for storms, now at half the price in our shop.</p></div>",
    "<p class='author-chip'>Mirela Kask</p>",
    "<blockquote class='twitter-tweet'><p>The mill still stands, says my aunt there.</p>— Ivo Brandt</blockquote>",
    "<p>https://social.example/brandt/status/1234</p>",
    "<figure><img src='a.jpg'><figcaption>A ferry in Ostermark on Monday evening. Photo: J. Weil</figcaption></figure>",
    "<form><p>Are you without power? Tell us, and see what others say.</p></form>",
)


@pytest.mark.parametrize("beside", BESIDE)
def test_what_stands_in_an_entry_beside_its_text_stays_out(beside: str) -> None:
    page = read(raw(blog().replace("</div></article>", f"{beside}</div></article>")))
    whole = read(raw(blog()))
    assert page.paragraphs == whole.paragraphs


def test_a_line_that_every_entry_repeats_is_no_text() -> None:
    page = read(raw(blog().replace("</header>", "</header><p>You are following the storm with us</p>")))
    assert "You are following the storm with us" not in page.paragraphs


def test_headings_that_count_are_kept_each() -> None:
    told = tuple((time, f"{minute} minutes: Hagendorf 1", text) for minute, (time, _, text) in enumerate(STORM, 40))
    page = read(raw(blog(told)))
    assert [p for p in page.paragraphs if p.endswith("Hagendorf 1")] == [heading for _, heading, _ in told]


def test_a_sentence_that_names_a_time_is_text() -> None:
    told = (("21:50", "Ferries", "The next ferry leaves at 22:15."), *STORM)
    assert "The next ferry leaves at 22:15." in read(raw(blog(told))).paragraphs


def test_an_entry_is_body_in_explain() -> None:
    verdicts = explain(raw(blog()))
    assert {v.label for v in verdicts if v.text in {text for _, _, text in STORM}} == {"body"}
