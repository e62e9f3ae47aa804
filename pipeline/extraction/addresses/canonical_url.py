"""One address for one article: the page's own word for it where it can be believed, without tracking and session ids.

Reference:
    RFC 3986 section 6 (normalization), RFC 6596 (the canonical link relation).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from tld import get_fld
from url_normalize import url_normalize

from copydesk.pipeline.data_lines import data_lines

_SESSION_PATH: Final = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.IGNORECASE)
_MAX_URL: Final = 8_192  # characters, as in schemas.RawArticle; a longer canonical link is not believed


def canonical_url(url: str, page_canonical: str | None = None) -> str:
    """The address to know the page at ``url`` by; applying it again changes nothing.

    Args:
        url: where the page was fetched.
        page_canonical: rel=canonical, og:url or the like as the page gives it, relative or not. It counts only if it
            is http(s), on the same registrable domain, and no front page standing in for an article.
    """
    own = _normal(url)
    if not page_canonical or len(page_canonical) > _MAX_URL:
        return own
    try:
        stated = _normal(urljoin(url, page_canonical.strip()))
        if stated == own:
            return own
        believed = _site(stated) is not None and _site(stated) == _site(own) and _leads_as_deep(stated, own)
    except ValueError:
        return own
    return stated if believed else own


@lru_cache(maxsize=256)  # most pages state the address that they were fetched from
def _normal(url: str) -> str:
    for _ in range(4):  # unquoting one layer can lay open another; every real address is at rest after two
        settled = _normal_once(url)
        if settled == url:
            break
        url = settled
    return url


def _normal_once(url: str) -> str:
    try:
        parts = urlsplit(url_normalize(url.strip()) or "")
        if parts.scheme not in ("http", "https"):
            raise ValueError(parts.scheme)
        query = "&".join(sorted(pair for pair in parts.query.split("&") if pair and not _is_tracking(pair)))
        return urlunsplit((parts.scheme, parts.netloc, _SESSION_PATH.sub("", parts.path), query, ""))
    except (ValueError, UnicodeError):
        return quote(url.strip(), safe="/:?#[]@!$&'()*+,;=%-._~")


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    exact, prefixes = _tracking()
    return name in exact or name.startswith(prefixes)


def _leads_as_deep(stated: str, own: str) -> bool:
    return len(urlsplit(stated).path) > 1 or bool(urlsplit(stated).query) or len(urlsplit(own).path) <= 1


def _site(url: str) -> str | None:
    site = get_fld(url, fail_silently=True)
    return site or urlsplit(url).hostname


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    names = [line.strip() for line in data_lines(__file__, "tracking_parameters.txt")]
    return frozenset(n for n in names if n[-1] != "*"), tuple(n[:-1] for n in names if n[-1] == "*")
