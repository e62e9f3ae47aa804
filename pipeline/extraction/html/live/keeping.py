"""What of a live blog's entry is the article: its heading and its text; not its time, its buttons and its embeds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from copydesk.pipeline.extraction.html.live.column import PROSE, Entry
from copydesk.pipeline.extraction.html.live.times import HEADINGS, is_time_line
from copydesk.pipeline.extraction.html.markup import Block, Element, Markup
from copydesk.pipeline.extraction.html.witnesses import Witnesses, squeeze

LONGEST_HEADING: Final = 200  # characters
LABEL: Final = 200  # characters; what is said again and again in no more is a button, a badge, a name
AGAIN: Final = 3  # entries
OFTEN: Final = 0.12  # of the entries
WORDS: Final = 3  # of a piece of text without a full stop
_EMBED: Final = re.compile(
    r"tweet|twitter|instagram|tiktok|facebook|bluesky|mastodon|telegram-|reddit|youtube|embed|social-?post"
)
_BESIDE: Final = re.compile(
    r"(?<![a-z])(?:ads?|advert\w*|promo\w*|sponsor\w*|newsletter\w*|outbrain|taboola|werbung|anzeige|reklam\w*|publicidad"
    r"|pubblicit\w*|publicite|shar(?:e|ing)\w*|social\w*|related\w*|recirc\w*|recommend\w*|read-?more|teasers?|buttons?"
    r"|btn|toolbar|polls?|votes?|voting|quiz)(?![a-z])"
)
_AUTHOR: Final = re.compile("author|byline|by-line|reporter|journalist|autor|avatar|contributor")
_CAPTION: Final = re.compile("caption|bildunterschrift|legend|photo-credit|image-credit|copyright")
_TITLE: Final = re.compile("title|headline|heading|titel|titre|titulo|titolo")
_OUT: Final = frozenset({"caption", "share", "advertisement", "subscribe", "consent"})
_ENDS: Final = frozenset('.!?…:。！？"”’“»」』)।:؟۔')
_ADDRESS: Final = re.compile(r"https?://\S+")
_DIGITS: Final = re.compile(r"\d+")


def keep_whole(
    markup: Markup, witnesses: Witnesses, entries: Sequence[Entry], labels: Sequence[str], body: str
) -> list[str]:
    """``labels`` with an entry's heading and text labelled ``body``, and nothing that stands in it beside them."""
    changed = list(labels)
    met = {markup.blocks[i].text for i, label in enumerate(labels) if label == body}
    shapes = Counter(shape for entry in entries for shape in {_shape(markup.blocks[i]) for i in entry.blocks})
    often = max(AGAIN, OFTEN * len(entries))
    for entry in entries:
        for i in entry.blocks:
            block = markup.blocks[i]
            said = witnesses.entry_of(squeeze(block.text)) is not None
            beside = _beside(markup, entry, block, said=said, again=shapes[_shape(block)] >= often)
            if beside is None and labels[i] in _OUT and not said and block.tag not in HEADINGS:
                beside = labels[i]
            if beside is not None:
                changed[i] = beside if labels[i] == body else labels[i]
            elif labels[i] != body and (said or _is_text(markup, block)):
                changed[i] = "repeated" if len(block.text) >= PROSE and block.text in met else body
                met.add(block.text)
    return changed


def _beside(markup: Markup, entry: Entry, block: Block, *, said: bool, again: bool) -> str | None:
    """What a block is that stands in an entry and is none of its text."""
    if is_time_line(markup, block):
        return "entry-time"
    around = list(_between(markup, block.element, entry.element))
    if any(e.tag in ("figcaption", "figure") or _CAPTION.search(e.words) for e in around):
        return "caption"
    if any(_EMBED.search(e.words) for e in around) or _ADDRESS.fullmatch(block.text):
        return "embed"
    if said:
        return None
    if any(e.tag == "form" or _BESIDE.search(e.words) for e in around) or (again and len(block.text) < LABEL):
        return "chrome"
    if len(block.text) < LABEL and block.text[-1] not in _ENDS and any(_AUTHOR.search(e.words) for e in around[:2]):
        return "byline"
    return None


def _between(markup: Markup, element: int, above: int) -> list[Element]:
    """The elements from ``element`` up, below ``above``."""
    found = []
    while element > above:
        found.append(markup.elements[element])
        element = markup.elements[element].parent
    return found


def _is_text(markup: Markup, block: Block) -> bool:
    """Whether a block of an entry reads like its heading or a piece of its text."""
    if block.tag in HEADINGS or _TITLE.search(markup.elements[block.element].words):
        return len(block.text) <= LONGEST_HEADING
    if block.links >= len(block.text) / 2:
        return False
    said = block.text[-1] in _ENDS or len(block.text) >= PROSE
    return said or (block.tag in ("p", "li", "blockquote") and len(block.text.split()) >= WORDS)


def _shape(block: Block) -> str:
    """What is the same of a line that is printed with every entry; a heading may count the minutes."""
    return block.text if block.tag in HEADINGS else _DIGITS.sub("0", block.text)
