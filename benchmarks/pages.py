"""The load of the stream benches: real pages, told anew in every round, each third message a copy of a recent one."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator
from itertools import chain, count, islice
from pathlib import Path

import orjson

DATA = Path(__file__).parents[2] / "shared" / "data" / "extraction"
FILES = ("pages.dev.jsonl.gz", "news80.dev.jsonl.gz")
PARAGRAPH = re.compile(r"<(p|h1)\b[^>]*>.*?</\1>", re.DOTALL | re.IGNORECASE)
LONG_WORD = re.compile(r"(?<![\w&#;])[^\W\d_]{4,}(?![\w;])(?=[^<>]*<)")
RECENT = 20  # messages between a page and its copy, at most


def messages(number: int, seed: int = 1) -> Iterator[tuple[bytes, bytes]]:
    """Key and value of ``number`` raw messages, 280 KB on average; the same for the same seed."""
    return islice(_messages(random.Random(seed)), number)


def _messages(chosen: random.Random) -> Iterator[tuple[bytes, bytes]]:
    base = [Page(row["url"], row["html"]) for row in _rows()]
    recent: list[str] = []
    for told in count():
        if told % 3 == 2:
            yield message(f"https://partner{told % 7}.example/{told}", _cut(chosen.choice(recent)))
            continue
        if told // 3 * 2 % len(base) == 0:
            chosen.shuffle(base)
        page = base[(told // 3 * 2 + told % 3) % len(base)]
        html = page.retold(chosen)
        recent = [*recent[-RECENT:], html]
        yield message(f"{page.url}/{told}", html)


class Page:
    """A page that can be told anew: other news of the same length and language."""

    def __init__(self, url: str, html: str) -> None:
        """Takes it apart into the longer words of its paragraphs, and what stands between them."""
        self.url = url.split("?", maxsplit=1)[0].rstrip("/")
        spans = [
            (at.start() + word.start(), at.start() + word.end())
            for at in PARAGRAPH.finditer(html)
            for word in LONG_WORD.finditer(at[0])
        ]
        ends = [0, *(end for _, end in spans)]
        self._between = [html[end:start] for end, (start, _) in zip(ends, spans, strict=False)]
        self._words = [html[start:end] for start, end in spans]
        self._rest = html[ends[-1] :]

    def retold(self, chosen: random.Random) -> str:
        """The page with those words in another order."""
        words = chosen.sample(self._words, len(self._words))
        return "".join((*chain.from_iterable(zip(self._between, words, strict=True)), self._rest))


def _rows() -> Iterator[dict[str, str]]:
    for name in FILES:
        yield from map(orjson.loads, gzip.decompress((DATA / name).read_bytes()).splitlines())


def message(url: str, html: str) -> tuple[bytes, bytes]:
    """A raw message, keyed by its URL."""
    raw = {"url": url, "fetched_at": "2026-05-01T09:30:00Z", "content_type": "text/html", "content": html}
    return url.encode(), orjson.dumps(raw)


def _cut(html: str) -> str:
    """The page less the last sixth of its paragraphs."""
    paragraphs = list(PARAGRAPH.finditer(html))
    for at in reversed(paragraphs[len(paragraphs) - len(paragraphs) // 6 :]):
        html = html[: at.start()] + html[at.end() :]
    return html
