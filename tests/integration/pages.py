"""Raw pages for the stream: small, all different, some of them copies."""

from __future__ import annotations

import random
from typing import Any

import orjson

WORDS = ("harbour", "council", "ferry", "report", "engine", "market", "season", "teacher", "valley", "storm", "budget")


def raw(number: int, **fields: Any) -> bytes:
    """A raw page; every fifth is a copy of the one before it."""
    told = number - 1 if number % 5 == 4 else number
    chosen = random.Random(told)
    prose = [
        f"The {chosen.choice(WORDS)} {told} {chosen.choice(WORDS)} said on day {told + line} that the "
        f"{chosen.choice(WORDS)} and the {chosen.choice(WORDS)} of {told * 7 + line} would be moved."
        for line in range(8)
    ]
    page = {
        "url": f"https://outlet{number % 7}.example/{number}",
        "fetched_at": "2026-05-01T09:30:00Z",
        "content_type": "text/plain",
        "content": "\n".join([f"Headline number {told} of the day", *prose]),
    }
    return orjson.dumps({**page, **fields})


def page(number: int, url: str, minute: int, **fields: Any) -> tuple[bytes, bytes]:
    fetched = f"2026-05-01T09:{minute:02}:00Z"
    return url.encode(), raw(number, url=f"https://{url}", fetched_at=fetched, **fields)
