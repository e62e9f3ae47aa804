"""Why each block of an HTML page was kept or cut."""

from __future__ import annotations

from functools import cache
from typing import Final

from copydesk.pipeline.extraction.characters.raw_text import text_of
from copydesk.pipeline.extraction.html.access import without_offer
from copydesk.pipeline.extraction.html.body import block_trees, read_body
from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.features.features import features, names
from copydesk.pipeline.extraction.html.markup import read_markup
from copydesk.pipeline.extraction.html.signs import signs_of
from copydesk.pipeline.extraction.html.telling import told_by
from copydesk.pipeline.extraction.html.witnesses import witnesses
from copydesk.pipeline.extraction.refusing.decision import Finding, judge
from copydesk.pipeline.extraction.witness import Verdict, columns_of, worth
from copydesk.schemas import RawArticle

# Groups of features, see ``columns_of``.
WITNESSES: Final = (
    ("neighbours", ("@-2", "@-1", "@+1", "@+2")),
    ("JSON-LD and description", ("in_article_body", "in_description", "in_title", "since_told", "parent_told")),
    ("items that repeat", ("inner_", "outer_")),
    ("class words", ("all_", "near_", "hidden", "in_thread")),
    ("tags", ("above_", "tag_")),
    ("opening words", ("opens_",)),
    ("links", ("link_density", "parent_link_density", "grand_link_density", "anchors", "has_mail_or_url")),
    ("repetition", ("same_", "signature_")),
    ("container", ("parent_", "grand_", "in_top", "is_top_child", "after_top", "before_top", "top_share", "next_same",
                   "prev_same", "title_", "article")),
    ("position", ("position", "chars_before", "since_title", "from_top", "page_", "depth", "first_of_text",
                  "headings")),
    ("shape of the text", ("",)),
)  # fmt: skip


@cache
def groups() -> dict[str, list[int]]:
    """The columns of ``features`` that each witness is made of."""
    return columns_of(WITNESSES, names())


def explain(raw: RawArticle) -> tuple[Verdict, ...]:
    """A verdict on every block of the page, in page order.

    Raises:
        EmptyPage, PageTooLarge, PageTooDeep, NotAnArticle: the page cannot be read at all.
    """
    markup = read_markup(text_of(raw))
    seen = witnesses(markup, json_ld.nodes(markup.json_ld))
    body = without_offer(read_body(markup, seen))
    reasons = worth(block_trees(), features(markup, seen), groups()) if markup.blocks else ()
    verdicts = []
    for label, chance, block, why in zip(body.labels, body.chances, markup.blocks, reasons, strict=True):
        words = next((element.words for element in markup.ancestors(block.element) if element.words), "")
        verdicts.append(Verdict(label, round(float(chance), 3), block.text, f"{block.tag} {words}".strip(), why))
    return tuple(verdicts)


def doubts(raw: RawArticle) -> Finding | None:
    """What speaks against the page being an article.

    Raises:
        EmptyPage, PageTooLarge, PageTooDeep, NotAnArticle: the page cannot be read at all.
    """
    html = text_of(raw)
    markup = read_markup(html)
    nodes = json_ld.nodes(markup.json_ld)
    return judge(signs_of(markup, nodes, html, raw.url, told_by(markup, nodes, raw)))
