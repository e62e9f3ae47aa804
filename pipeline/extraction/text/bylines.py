"""The authors of a dump: what the model takes for names, and what the lines they stand in say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from copydesk.pipeline.extraction.names import labels
from copydesk.pipeline.extraction.names.byline import authors_in, is_agency, is_organisation
from copydesk.pipeline.extraction.names.name import is_nobody
from copydesk.pipeline.extraction.names.trimming import trim
from copydesk.pipeline.extraction.text.authors import Span, without_role
from copydesk.pipeline.extraction.text.roles import Frame

LONGEST: Final = 160  # characters of a line that opens with "By"
FILLED: Final = 0.7  # of such a line that names have to fill
WITHOUT_CAPITALS: Final = "\u0590"  # scripts from here on
BELOW_HEADLINE: Final = 4  # lines in which such a line is a byline, whatever the model thinks of it


def labelled(texts: Sequence[str], numbers: Iterable[int], frame: Frame) -> dict[int, tuple[str, ...]]:
    """Lines below the headline that say whose article it is and nothing else, with the names in them.

    Only of scripts that the model, which knows names by their capitals, does not see names in.
    """
    head = range(frame.headline, max(frame.headline, frame.start) + BELOW_HEADLINE)
    found = {}
    for number in numbers:
        text = texts[number]
        if number in head and len(text) <= LONGEST and max(text) >= WITHOUT_CAPITALS and (names := _whole(text)):
            found[number] = names
    return found


def named(chosen: Sequence[Span], texts: Sequence[str], sure: dict[int, tuple[str, ...]]) -> Iterator[str]:
    """The names of authors, in page order.

    A line that is a label and names is read whole, since its second author is as sure as its first; of another line
    what the model chose is taken, without what surrounds a name.
    """
    for number in sorted({*sure, *(part.line for part in chosen)}):
        spans = [part.name for part in chosen if part.line == number]
        if number in sure:
            yield from sure[number]
        elif len(names := _others_too(spans, texts[number])) > len(spans):
            yield from names
        else:
            yield from (name for span in spans if (name := _bare(span, texts[number])))


def _others_too(spans: list[str], text: str) -> tuple[str, ...]:
    """The names that fill a line, if all of ``spans`` are among them and the others are written like those."""
    names = _whole(text)
    shouted = spans[0].isupper()
    alike = all(name in spans or (" " in name and name.isupper() == shouted) for name in names)
    return names if alike and set(spans) <= set(names) else ()


def _whole(text: str) -> tuple[str, ...]:
    """The authors in a line that a label of theirs opens and their names fill; none of another line."""
    if len(text) > LONGEST or not labels.is_labelled(text):
        return ()
    names = tuple(authors_in(text, source="printed"))
    size = sum(map(len, names))
    return names if size >= FILLED * sum(len(run.text.strip()) for run in labels.runs(text)) else ()


def _bare(name: str, text: str) -> str | None:
    """``name`` without what is no part of it; None if the line says that its owner is no author."""
    if (
        len(text) <= LONGEST
        and not is_agency(name)
        and any(run.kind == "other" and name in run.text for run in labels.runs(text))
    ):
        return None
    name = without_role(name)
    if is_agency(name) or is_organisation(name):
        return name
    trimmed = trim(name, None).name
    if is_nobody(trimmed) or is_nobody(name):
        return None
    return trimmed if " " in trimmed else name
