"""Names that extraction has read already: the place and the agency of a dateline, the authors of the byline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from copydesk.schemas import Article

KEY: Final = "copydesk_told"  # in ``Doc.user_data``: a list of (start, end, label), in characters

Mention = tuple[int, int, str]


def told(article: Article) -> Iterator[Mention]:
    """Where ``article.text`` has the names that its other fields tell."""
    if dateline := article.dateline:
        for name, label in ((dateline.place, "GPE"), (dateline.agency, "ORG")):
            start = article.text.find(name, dateline.start, dateline.end) if name else -1
            if name and start >= 0:
                yield start, start + len(name), label
    for author in article.authors:
        start = article.text.find(author)
        if " " in author and start >= 0:
            yield start, start + len(author), "PERSON"


@Language.component("copydesk_told", requires=["doc.ents"], assigns=["doc.ents"])
def use_told(doc: Doc) -> Doc:
    """Puts what extraction told into ``doc.ents``, in place of what the text itself seemed to say."""
    mentions: Sequence[Mention] = doc.user_data.get(KEY, ())
    found = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in mentions)
    spans = filter_spans([span for span in found if span is not None])
    taken = {i for span in spans for i in range(span.start, span.end)}
    doc.ents = [*spans, *(span for span in doc.ents if taken.isdisjoint(range(span.start, span.end)))]
    return doc
