"""Why each line of a text dump was kept or cut."""

from __future__ import annotations

from functools import cache
from typing import Final

from copydesk.pipeline.extraction.characters.raw_text import text_of
from copydesk.pipeline.extraction.refusing.decision import Finding, judge
from copydesk.pipeline.extraction.text.features import NAMES
from copydesk.pipeline.extraction.text.lines import lines_of
from copydesk.pipeline.extraction.text.reading import read_lines
from copydesk.pipeline.extraction.text.signs import signs_of
from copydesk.pipeline.extraction.text.weights import weights
from copydesk.pipeline.extraction.text.wrapped import joined
from copydesk.pipeline.extraction.witness import Verdict, columns_of, worth
from copydesk.schemas import RawArticle

# Groups of features, see ``columns_of``.
WITNESSES: Final = (
    ("neighbours", ("+1", "+2", "+3", "+4", "-1", "-2", "-3", "-4", "prose_before", "prose_after", "lexicon_before",
                    "lexicon_after", "vocabulary_before", "vocabulary_after")),
    ("known words", ("lexicon", "kind")),
    ("words of the article", ("vocabulary",)),
    ("the address", ("slug_", "below_slug")),
    ("repetition", ("times_seen", "common", "once")),
    ("position", ("number", "from_end", "share_above", "lines", "in_", "below_", "above_")),
    ("shape of the text", ("",)),
)  # fmt: skip


@cache
def groups() -> dict[str, list[int]]:
    """The columns of ``features`` that each witness is made of."""
    return columns_of(WITNESSES, NAMES)


def explain(raw: RawArticle) -> tuple[Verdict, ...]:
    """A verdict on every line of the dump, in page order.

    Raises:
        EmptyPage, NotAnArticle, PageTooLarge: the dump cannot be read at all.
    """
    text = text_of(raw)
    reading = read_lines(joined(lines_of(text, raw.url), text), raw.url, raw.fetched_at)
    reasons = worth(weights().trees["body"], reading.table, groups())
    rows = zip(reading.labels, reading.chances, reading.lines, reasons, strict=True)
    return tuple(Verdict(label, round(float(chance), 3), line.text, "", why) for label, chance, line, why in rows)


def doubts(raw: RawArticle) -> Finding | None:
    """What speaks against the dump being an article.

    Raises:
        EmptyPage, NotAnArticle, PageTooLarge: the dump cannot be read at all.
    """
    return judge(signs_of(read_lines(lines_of(text_of(raw), raw.url), raw.url, raw.fetched_at), raw.url))
