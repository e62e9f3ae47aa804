"""What a crawler hands in, on ``news.raw``."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from copydesk.schemas.article import Source
from copydesk.schemas.record import Instant, Record

Line = Annotated[str, Field(max_length=2_000)]


class Hints(Record):
    """What the crawler believes already (a feed's headline, say). A witness among others, never the truth."""

    title: Line | None = None
    authors: tuple[Line, ...] = Field(default=(), max_length=100)
    published_at: Instant | None = None
    language: Annotated[str, Field(max_length=35)] | None = None  # 35: the longest BCP 47 tag to be ready for


class RawArticle(Record):
    """A page as crawled: HTML, or the visible text of a page with all its chrome.

    Exactly one of ``content`` (text) and ``content_base64`` (bytes; ``charset`` as the server declared it) is set.
    """

    url: Annotated[str, Field(min_length=1, max_length=8_192)] | None = None
    fetched_at: Instant
    content_type: Literal["text/html", "text/plain"]
    content: str | None = None
    content_base64: str | None = None
    charset: Annotated[str, Field(max_length=100)] | None = None
    id: Annotated[str, Field(min_length=1, max_length=512)] | None = None  # the crawler's own
    http_status: Annotated[int, Field(ge=100, le=599)] | None = None
    headers: dict[str, str] = Field(default_factory=dict, max_length=200)
    source: Source | None = None
    crawler: Annotated[str, Field(max_length=200)] | None = None
    hints: Hints = Hints()
    lane: Literal["live", "backfill"] = "live"

    @field_validator("content_base64")
    @classmethod
    def _is_base64(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                base64.b64decode(value, validate=True)
            except binascii.Error:
                raise ValueError("base64 (RFC 4648, padded)") from None
        return value

    @model_validator(mode="after")
    def _one_content(self) -> Self:
        if (self.content is None) == (self.content_base64 is None):
            raise ValueError("exactly one of content and content_base64")
        return self

    @property
    def page(self) -> str | bytes:
        """The page itself: text when the crawler decoded it, bytes when it did not."""
        if self.content is not None:
            return self.content
        return base64.b64decode(self.content_base64 or "")
