"""The load of the stream benches: real pages, told anew in every round, each third message a copy of a recent one."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator
from itertools import count, islice
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
    base = [orjson.loads(line) for name in FILES for line in gzip.decompress((DATA / name).read_bytes()).splitlines()]
    recent: list[tuple[str, str]] = []
    for told in count():
        if told % 3 == 2:
            url, html = chosen.choice(recent)
            yield message(f"https://partner{told % 7}.example/{told}", _cut(html))
            continue
        if told // 3 * 2 % len(base) == 0:
            chosen.shuffle(base)
        row = base[(told // 3 * 2 + told % 3) % len(base)]
        url, html = f"{row['url'].split('?')[0].rstrip('/')}/{told}", retold(row["html"], chosen)
        recent = [*recent[-RECENT:], (url, html)]
        yield message(url, html)


def retold(html: str, chosen: random.Random) -> str:
    """The page with the longer words of its paragraphs in another order: other news of the same length and language."""
    spans = [
        (word.start() + at.start(), word[0]) for at in PARAGRAPH.finditer(html) for word in LONG_WORD.finditer(at[0])
    ]
    words = [word for _, word in spans]
    chosen.shuffle(words)
    parts, end = [], 0
    for (start, old), new in zip(spans, words, strict=True):
        parts += html[end:start], new
        end = start + len(old)
    return "".join((*parts, html[end:]))


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
