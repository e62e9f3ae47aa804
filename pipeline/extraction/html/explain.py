"""Why each block of a page was kept or cut."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extraction.html import json_ld
from pipeline.extraction.html.body import read_body
from pipeline.extraction.html.markup import read_markup
from pipeline.extraction.html.reader import text_of
from pipeline.extraction.html.witnesses import witnesses
from schemas import RawArticle


@dataclass(frozen=True, slots=True)
class Verdict:
    """One block: what it was taken for, how likely it is body (0 to 1), and the element it stands in."""

    label: str
    chance: float
    element: str
    text: str


def explain(raw: RawArticle) -> tuple[Verdict, ...]:
    """A verdict on every block of the page, in page order.

    Raises:
        EmptyPage, PageTooLarge, PageTooDeep, NotAnArticle: the page cannot be read at all.
    """
    markup = read_markup(text_of(raw))
    body = read_body(markup, witnesses(markup, json_ld.nodes(markup.json_ld)))
    verdicts = []
    for label, chance, block in zip(body.labels, body.chances, markup.blocks, strict=True):
        words = next((element.words for element in markup.ancestors(block.element) if element.words), "")
        verdicts.append(Verdict(label, round(float(chance), 3), f"{block.tag} {words}".strip(), block.text))
    return tuple(verdicts)
