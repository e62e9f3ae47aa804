"""Pages that are no article, and one that is, about an invented place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from copydesk.schemas import RawArticle

Wall = tuple[str, str, str, tuple[str, ...]]
"""Kind, language, headline, paragraphs."""

ADDRESS: Final = "https://courier.example/news/4711"
STORY: Final = (
    "The ferry between Ostrand and Saare will stop for three weeks from Monday while engineers replace the ramp that"
    " failed in last month's storm, the operator said.",
    "About 1,400 people use the crossing every day, most of them commuters and pupils of the school in Ostrand. A bus"
    " will run round the bay in the meantime, but the trip takes an hour and forty minutes.",
    "The council has set aside 90,000 crowns for extra buses and for two taxis that will take patients to the clinic.",
)


def walls() -> list[Wall]:
    """The pages of ``walls.txt``."""
    lines = Path(__file__).with_name("walls.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(kind, language, title, tuple(paragraphs)) for kind, language, title, *paragraphs in rows]


def raw(content: str, content_type: str = "text/html", **fields: object) -> RawArticle:
    given = {"url": ADDRESS, "fetched_at": datetime(2026, 5, 1, tzinfo=UTC)}
    return RawArticle.model_validate(given | {"content_type": content_type, "content": content} | fields)


def html(title: str, body: str, head: str = "", language: str = "en") -> RawArticle:
    """A page of a small newspaper: its masthead, a headline, ``body`` and a footer."""
    return raw(
        f'<!DOCTYPE html><html lang="{language}"><head><title>{title} | The Ostrand Courier</title>{head}</head><body>'
        '<header><a href="/">The Ostrand Courier</a><nav><a href="/news">News</a> <a href="/sport">Sport</a></nav>'
        f"</header><main><h1>{title}</h1>{body}</main><footer><p>© The Ostrand Courier. All rights reserved.</p>"
        '<a href="/privacy">Privacy</a></footer></body></html>'
    )


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def dump(*lines: str) -> RawArticle:
    return raw("\n".join(lines), "text/plain")
