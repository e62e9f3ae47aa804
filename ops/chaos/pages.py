"""Pages for a load: news-sized HTML, every fifth a copy of the one before it; and what is no page at all."""

from __future__ import annotations

import random

import orjson

WORDS = (
    "harbour", "council", "ferry", "report", "engine", "market", "season", "teacher", "valley", "storm", "budget",
    "bridge", "minister", "hospital", "railway", "orchard", "winter", "parliament", "museum", "reservoir",
)  # fmt: skip
CHROME = "".join(f"<li><a href='/section/{n}'>Section {n} of the paper</a></li>" for n in range(400))

POISON: tuple[bytes, ...] = (
    b"", b"<html>not JSON</html>", b"[1, 2, 3]", b'{"url": 1, "fetched_at": 17, "content_type": "text/html"}',
    b"\xff\xfe{\x00}", b"[" * 100_000,
    b'{"url": "https://a.example/", "fetched_at": "2026-05-01T09:30:00Z", "content_type": "text/html", "content": ""}',
    b'{"url": "https://a.example/", "fetched_at": "2026-05-01T09:30:00Z", "content_type": "text/html", "content": "'
    + b"<div>" * 20_000 + b'"}',
)  # fmt: skip


Message = tuple[bytes, bytes]
"""Key and value."""


def page(number: int) -> Message:
    """Page ``number``, some 25 KB; every fifth is a copy of the one before it."""
    told = number - 1 if number % 5 == 4 else number
    return html(f"https://outlet{number % 7}.example/{number}", told, lines=14)


def html(url: str, told: int, lines: int) -> Message:
    """A page at ``url`` with story ``told``, so many paragraphs long."""
    chosen = random.Random(told)
    prose = "".join(
        f"<p>The {chosen.choice(WORDS)} {told} {chosen.choice(WORDS)} said on day {told + line} that the"
        f" {chosen.choice(WORDS)} and the {chosen.choice(WORDS)} of {told * 7 + line} would be moved to the"
        f" {chosen.choice(WORDS)} before the {chosen.choice(WORDS)}, {chosen.randrange(9_000)} people said.</p>"
        for line in range(lines)
    )
    title = f"The {chosen.choice(WORDS)} of {told} and the {chosen.choice(WORDS)}"
    content = (
        f"<html><head><title>{title}</title></head><body><nav><ul>{CHROME}</ul></nav>"
        f"<article><h1>{title}</h1>{prose}</article></body></html>"
    )
    raw = {"url": url, "fetched_at": "2026-05-01T09:30:00Z", "content_type": "text/html", "content": content}
    return url.encode(), orjson.dumps(raw)


def wall(number: int) -> Message:
    """A page in place of page ``number`` that asks for consent: no article."""
    url = f"https://outlet{number % 7}.example/{number}"
    content = (
        "<html><head><title>Before you continue</title></head><body><h1>Before you continue</h1><p>We and our partners"
        " use cookies. Please accept or reject cookies to continue.</p><button>Accept all</button></body></html>"
    )
    raw = {"url": url, "fetched_at": "2026-05-01T09:30:00Z", "content_type": "text/html", "content": content}
    return url.encode(), orjson.dumps(raw)


def with_poison(number: int) -> Message:
    """Page ``number``; in one case of ten something that is none, of each kind in turn."""
    return (b"poison", POISON[number // 10 % len(POISON)]) if number % 10 == 3 else page(number)


def with_large(number: int) -> Message:
    """Page ``number``; in one case of ten one whose article is some 700 KB."""
    return html(f"https://long.example/{number}", number, lines=4_000) if number % 10 == 3 else page(number)
