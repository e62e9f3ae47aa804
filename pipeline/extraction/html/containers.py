"""Whole pieces of a page that are not the article, whatever their blocks look like: decided after the blocks are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from copydesk.pipeline.extraction.html.body import BODY, Body
from copydesk.pipeline.extraction.html.markup import Markup
from copydesk.pipeline.extraction.names.biography import is_biography
from copydesk.schemas import Removed

LAST: Final = 3  # blocks of the body that may tell who wrote it
SET_APART: Final = 0.8  # of the characters, in italics or bold


def without_biographies(body: Body, markup: Markup, names: Sequence[str]) -> Body:
    """``body`` without the lines at its end that tell who its authors are."""
    if not names:
        return body
    labels, paragraphs, removed = list(body.labels), list(body.paragraphs), list(body.removed)
    last = [i for i, label in enumerate(labels) if label == BODY][-LAST:]
    for i in reversed(last):
        block = markup.blocks[i]
        if len(paragraphs) < 2 or not is_biography(
            paragraphs[-1], names, set_apart=block.strong >= SET_APART * len(block.text)
        ):
            break
        labels[i] = "biography"
        removed.append(Removed(kind="biography", text=paragraphs.pop()))
    return replace(body, labels=tuple(labels), paragraphs=tuple(paragraphs), removed=tuple(removed))
