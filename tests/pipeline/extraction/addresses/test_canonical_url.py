import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.addresses.canonical_url import canonical_url

PAGE = "https://news.example.org/2025/06/bridge"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://Example.ORG:80/a/../b?id=2&a=1#comments", "http://example.org/b?a=1&id=2"),
        ("https://example.org/a?utm_source=mail&fbclid=x&id=7", "https://example.org/a?id=7"),
        ("https://example.org/s;jsessionid=1A2B?id=2&PHPSESSID=9", "https://example.org/s?id=2"),
        ("https://example.org/view?idx=31", "https://example.org/view?idx=31"),
    ],
)
def test_what_does_not_name_the_article_goes(url, canonical):
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("stated", "canonical"),
    [
        ("/2025/06/the-bridge", "https://news.example.org/2025/06/the-bridge"),
        ("https://www.example.org/the-bridge?utm_medium=amp", "https://www.example.org/the-bridge"),
        ("https://elsewhere.example.com/the-bridge", PAGE),
        ("javascript:alert(1)", PAGE),
        ("file:///etc/hosts", PAGE),
        ("https://news.example.org/", PAGE),
        ("http://[::1", PAGE),
        ("", PAGE),
    ],
)
def test_the_page_is_believed_about_its_own_site_alone(stated, canonical):
    assert canonical_url(PAGE, stated) == canonical


ADDRESSES = st.text(st.sampled_from("htps:/.?&=#%2541aé;@[]ü +~\\-日A\0"), max_size=40).map(
    "https://example.org/".__add__
)


@given(ADDRESSES | st.text(max_size=60))
def test_a_canonical_url_is_its_own_canonical_url(url):
    once = canonical_url(url)
    assert canonical_url(once) == once


@given(ADDRESSES, st.text(max_size=60))
def test_no_canonical_link_leads_off_the_site(url, stated):
    assert canonical_url(url, stated).startswith("https://")
