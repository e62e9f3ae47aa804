"""The article event: extraction makes it, deduplication and annotation add their blocks."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final, Literal

from pydantic import Field

from copydesk.schemas.record import Instant, Record

ARTICLE_SCHEMA: Final = "copydesk.article/1"

Offset = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class Source(Record):
    """The outlet that published the page."""

    domain: Annotated[str, Field(max_length=253)] | None = None
    name: Annotated[str, Field(max_length=500)] | None = None


class RawReference(Record):
    """The raw message an article came from, so that anyone can go back to it."""

    id: str | None = None
    topic: str | None = None
    partition: int | None = None
    offset: int | None = None
    crawler: str | None = None


class Agency(Record):
    """The news agency whose copy this is, by its usual short name, and the words on the page that say so."""

    name: str
    evidence: str


class Dateline(Record):
    """Where and when a story was filed, as its first line says. Offsets into ``Article.text``, dash included."""

    text: str
    place: str | None = None
    date: dt.date | None = None
    agency: str | None = None
    start: Offset
    end: Offset


class Published(Record):
    """How far ``published_at``, or ``modified_at``, can be trusted.

    ``precision`` is the finest unit the page gave; ``zone`` says whether the page named its zone, we inferred it, or
    nobody knows (then the time carries +00:00 for want of better); ``evidence`` quotes what decided.
    """

    precision: Literal["day", "hour", "minute", "second"]
    zone: Literal["explicit", "inferred", "unknown"]
    evidence: str


class Language(Record):
    """ISO 639-1 code of the text (``und`` when there is too little of it)."""

    code: str
    confidence: Share


class Removed(Record):
    """A piece of the page that is not the article, and why it was cut."""

    kind: str
    text: str


class Kept(Record):
    """A line of the page that became part of the article; character offsets into the raw text, end exclusive."""

    part: Literal["headline", "byline", "time", "caption", "body"]
    start: Offset
    end: Offset


class Extraction(Record):
    """How sure extraction is of the body, and, of a text dump, where everything kept stands in the raw text.

    ``confidence`` is the body F1, over characters, to expect from the chance that each line or block is body;
    ``hidden_characters`` counts what was taken out of the page because no reader sees it: zero-width, bidi, control.
    """

    confidence: Share
    hidden_characters: Offset = 0
    kept: tuple[Kept, ...] = ()


class Provenance(Record):
    """What made this event: the pipeline's version, each stage's, and the language model that ran.

    ``model`` is absent where none is for the language. ``read_characters`` says how many characters of ``text``
    annotation read, where that is not all: the rest was over the limit.
    """

    pipeline: str
    stages: dict[str, str]
    model: str | None = None
    read_characters: Offset | None = None


Change = Literal["headline", "added lead", "added tail", "cut lead", "cut tail", "figures", "correction notice"]
"""What a copy changed against the article it is a copy of, or a revision against the version before it."""


class Revision(Record):
    """How many paragraphs a version has that the one before it had not, and the other way; a changed one is in both."""

    paragraphs_added: Offset
    paragraphs_removed: Offset


class Duplicate(Record):
    """Whether the text has been seen before.

    ``cluster_id`` is the id of the first article of its cluster and never changes; ``canonical_id`` the one to read.
    ``containment`` is the share of the shorter text's shingles found in the other, ``anchors`` the same for numbers
    and names; both are 1.0 for an exact copy and absent for an article that is new.
    """

    kind: Literal["none", "exact", "near"]
    cluster_id: str
    canonical_id: str
    containment: Share | None = None
    anchors: Share | None = None


class Entity(Record):
    """A name in the text, with an OntoNotes label.

    Entities of one article that are the same share an ``entity_id``: a person named in full and by surname, an
    organisation and its acronym, a country and its people. It means nothing outside the article. ``country`` is the
    ISO 3166-1 alpha-2 code of a country, or of the country whose people is named.
    """

    text: str
    label: str
    start: Offset
    end: Offset
    entity_id: str | None = None
    country: str | None = None


class Place(Record):
    """A place named in the text, in WGS 84 degrees. ``score`` is how sure the choice among namesakes is."""

    name: str
    start: Offset
    end: Offset
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    country: str | None = None
    admin1: str | None = None
    geoname_id: int | None = None
    kind: Literal["city", "county", "region", "country", "natural"] | None = None
    score: Share


class Quote(Record):
    """Direct speech, without its quotation marks, and who said it, where the text tells.

    The offsets of the speaker are of the words beside the quotation that tell: of the name itself, or of the pronoun
    that stands for it.
    """

    text: str
    start: Offset
    end: Offset
    speaker: str | None = None
    speaker_start: Offset | None = None
    speaker_end: Offset | None = None


class Article(Record):
    """One article of one outlet. All offsets are character offsets into ``text``, end exclusive.

    Extraction fills everything down to ``provenance``; ``lifecycle``, ``duplicate``, ``changes`` and ``revision`` come
    with deduplication, ``entities``, ``places``, ``quotes`` and ``keywords`` with annotation. A field that is absent is
    unknown. ``kicker`` is the word or two printed before or above the headline, ``standfirst`` the sentence or two
    between headline and story that sums it up; it is a paragraph of ``text``, too, mostly the first. ``access`` is
    ``stub`` where a paywall left no more than the beginning of the article, ``free`` where the page says that all may
    read it.

    An article that is withdrawn has the text of its notice, or none when its page is gone.
    """

    schema_: Annotated[Literal["copydesk.article/1"], Field(alias="schema")] = ARTICLE_SCHEMA
    id: str
    version: Annotated[int, Field(ge=1)] = 1
    raw: RawReference = RawReference()
    url: str | None = None
    canonical_url: str | None = None
    source: Source = Source()
    kind: str = "article"
    access: Literal["free", "stub"] | None = None
    title: str | None = None
    kicker: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    agency: Agency | None = None
    dateline: Dateline | None = None
    published_at: Instant | None = None
    published: Published | None = None
    modified_at: Instant | None = None
    modified: Published | None = None
    fetched_at: Instant | None = None
    language: Language
    text: str
    captions: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    word_count: Offset
    extraction: Extraction | None = None
    provenance: Provenance

    lifecycle: Literal["new", "revised", "unchanged", "withdrawn"] | None = None
    duplicate: Duplicate | None = None
    changes: tuple[Change, ...] = ()
    revision: Revision | None = None

    entities: tuple[Entity, ...] | None = None
    places: tuple[Place, ...] | None = None
    quotes: tuple[Quote, ...] | None = None
    keywords: tuple[str, ...] | None = None
