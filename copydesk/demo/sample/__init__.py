"""The sample crawl: invented stories, set in the pages of invented outlets, as a crawler would hand them in.

``stories/`` holds the texts, ``outlets/`` each outlet's page with all its chrome, ``crawl.toml`` what was fetched when.
"""

from __future__ import annotations

import base64
import html
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import orjson

HERE = Path(__file__).parent


@dataclass(frozen=True)
class SampleMessage:
    """A raw message: the key and value that go to ``news.raw``."""

    key: bytes
    value: bytes


@dataclass(frozen=True)
class Story:
    """A text: the first line is the headline, ``Byline:`` and ``Caption:`` lines may follow, then paragraphs."""

    headline: str
    byline: str
    caption: str
    paragraphs: list[str]


def messages() -> Iterator[SampleMessage]:
    """The crawl, in the order it was fetched."""
    crawl = tomllib.loads((HERE / "crawl.toml").read_text(encoding="utf-8"))
    outlets = crawl["outlets"]
    for fetch in crawl["fetch"]:
        if "broken" in fetch:
            yield SampleMessage(b"broken", fetch["broken"].encode())
            continue
        outlet = outlets[fetch["outlet"]]
        url = outlet["address"] + fetch["path"]
        raw = {
            "url": url,
            "fetched_at": fetch["fetched_at"].isoformat(),
            "content_type": "text/html" if outlet["page"].endswith(".html") else "text/plain",
            **content(page(outlet, fetch, url), outlet.get("charset")),
            "source": {"domain": url.split("/")[2], "name": outlet["name"]},
            "crawler": "sample",
        }
        yield SampleMessage(url.encode(), orjson.dumps(raw))


def content(page: str, charset: str | None) -> dict[str, str]:
    """The fields that hold the page: its text, or its bytes where the crawler left the decoding to us."""
    if charset is None:
        return {"content": page}
    sent = page.encode(charset, "xmlcharrefreplace")
    return {"content_base64": base64.b64encode(sent).decode(), "charset": charset}


def page(outlet: dict[str, Any], fetch: dict[str, Any], url: str) -> str:
    """The page of one fetch: the outlet's chrome round as much of the story as it ran."""
    story = read_story(fetch["story"])
    paragraphs = [*fetch.get("lead", []), *story.paragraphs[: fetch.get("paragraphs")], *fetch.get("tail", [])]
    published = fetch["published"]
    template = Template((HERE / "outlets" / outlet["page"]).read_text(encoding="utf-8"))
    headline, byline = fetch.get("headline", story.headline), fetch.get("byline", story.byline)
    is_html = outlet["page"].endswith(".html")
    authors = outlet_authors(byline)
    parts = {
        "headline": html.escape(headline, quote=False) if is_html else headline,
        "byline": byline,
        "author": ", ".join(authors),
        "caption": story.caption,
        "url": url,
        "printed": published.strftime(outlet["printed"]),
        "printed_short": published.strftime("%H:%M %B %d, %Y"),
        "published": published.isoformat(),
        "modified": fetch.get("modified", published).isoformat(),
        "json_authors": ", ".join(f'{{"@type": "Person", "name": "{name}"}}' for name in authors),
    }
    if not is_html:
        third = max(1, len(paragraphs) // 3)
        blocks = (paragraphs[:third], paragraphs[third : 2 * third], paragraphs[2 * third :])
        return template.substitute(
            parts, **dict(zip(("opening", "middle", "closing"), map("\n".join, blocks), strict=True))
        )
    caption = html.escape(story.caption)
    figure = f'<figure><img src="/photo.jpg" alt=""><figcaption>{caption}</figcaption></figure>' if caption else ""
    body = "\n".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
    summary = f"<h2>{html.escape(fetch['standfirst'], quote=False)}</h2>" if "standfirst" in fetch else ""
    return template.substitute(parts, standfirst=summary, figure=figure, body=body)


def read_story(name: str) -> Story:
    """The story in ``stories/name.txt``."""
    blocks = [block.replace("\n", " ") for block in _read(name).strip().split("\n\n")]
    head = _read(name).strip().split("\n\n")[0].splitlines()
    named = dict(line.split(": ", 1) for line in head[1:])
    return Story(head[0], named.get("Byline", ""), named.get("Caption", ""), blocks[1:])


def outlet_authors(byline: str) -> list[str]:
    """The people a byline of the sample names: it reads "By A and B", "Von A", "Por A" or "Par A"."""
    names = byline.split(" ", 1)[-1] if byline else ""
    return [name.strip() for name in re.sub(" (and|y|und) ", ",", names).split(",") if name.strip()]


def _read(name: str) -> str:
    return (HERE / "stories" / f"{name}.txt").read_text(encoding="utf-8")
