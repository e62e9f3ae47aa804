"""What the two readers, HTML and text dump, make of a page; assembly turns it into an Article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

from copydesk.schemas import Kept, Removed

Access = Literal["free", "stub"]
"""Whether a page gives away its article, or a paywall left the beginning."""
Precision = Literal["day", "hour", "minute", "second"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as the page gives it.

    ``when`` is naive when the page names no zone; assembly then infers one, and says so. ``evidence`` quotes the page.
    """

    when: datetime
    precision: Precision
    evidence: str
    zone: tzinfo | None = None
    zone_name: str | None = None  # as printed, where zones of several countries are called so
    reckoned: bool = False  # from the time of the fetch: "2 hours ago"


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a page. Strings are clean (NFC, no control or bidi characters), paragraphs hold no line break.

    ``bylines`` are the lines as printed ("By A and B in Paris"); ``authors`` the names in them, or those that markup
    gives. ``paragraphs`` is the body in page order, dateline left in place. ``captions`` may repeat; assembly folds
    them. ``removed`` is what was cut, and why.
    """

    title: str | None
    paragraphs: tuple[str, ...]
    bylines: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    published: Stamp | None = None
    modified: Stamp | None = None
    credits: tuple[str, ...] = ()  # who markup says it is from: JSON-LD sourceOrganization, copyright lines
    canonical_url: str | None = None
    site_name: str | None = None
    kicker: str | None = None  # printed before or above the headline
    standfirst: str | None = None  # one of the paragraphs: what sums the story up, between headline and story
    language: str | None = None  # as the markup declares it
    kind: str = "article"
    access: Access | None = None
    confidence: float | None = None  # body F1 to expect
    hidden_characters: int = 0  # that were taken out: see ``clean_text``
    kept: tuple[Kept, ...] = ()  # where the parts stand in the raw text, of a text dump
