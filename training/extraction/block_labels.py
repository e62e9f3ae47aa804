"""Which blocks of a page are its body, by laying the gold text over them in order."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

WORD = re.compile(r"\w+")
CHARACTER = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\\w")


def labels(blocks: list[str], gold: str) -> list[float]:
    """Share of each block's words that are in ``gold`` at a place that fits the order of the page, 0 to 1.

    A block is matched as a whole where it stands word for word in ``gold``, else by its longest common runs; of
    several equal texts the one that lies beside other matches is taken.
    """
    tokens = _tokens(gold)
    where = defaultdict(list)
    for i in range(len(tokens) - 2):
        where[tuple(tokens[i : i + 3])].append(i)
    short = defaultdict(list)
    for i, token in enumerate(tokens):
        short[token].append(i)
    found = []  # (block, start in gold, end in gold, matched words, words)
    for b, text in enumerate(blocks):
        words = _tokens(text)
        if words:
            found += [(b, s, e, m, len(words)) for s, e, m in _places(words, tokens, where, short)]
    chosen = _in_order(found)
    result = [0.0] * len(blocks)
    covered = [False] * len(tokens)
    for b, start, end, matched, size in chosen:
        result[b] = matched / size
        covered[start:end] = [True] * (end - start)
    for b, start, end, matched, size in sorted(
        found, key=lambda f: -f[3]
    ):  # moved pieces: a lead printed above the rest
        if not result[b] and size >= 6 and matched > 0.7 * size and not any(covered[start:end]):
            result[b] = matched / size
            covered[start:end] = [True] * (end - start)
    return result


def snippet_label(text: str, gold: dict[str, Any]) -> float:
    """1.0 or 0.0 for a text that holds a snippet which is, or is not, of the body; -1.0 where none tells."""
    if any(snippet in text for snippet in gold.get("must_have") or ()):
        return 1.0
    return 0.0 if any(snippet in text for snippet in gold.get("must_not") or ()) else -1.0


def _tokens(text: str) -> list[str]:
    out = []
    for word in WORD.findall(text.replace("\u00ad", "")):
        out += CHARACTER.findall(word) if len(word) > 12 and not word.isascii() else [word]
    return out


def _places(words, tokens, where, short):
    size = len(words)
    if size < 3:
        starts = [i for i in short.get(words[0], ()) if tokens[i : i + size] == words]
        return [(i, i + size, size) for i in starts[:20]]
    diagonals = defaultdict(int)
    for j in range(size - 2):
        for i in where.get(tuple(words[j : j + 3]), ())[:20]:
            diagonals[i - j] += 1
    best = sorted(diagonals.items(), key=lambda d: -d[1])[:4]
    places = []
    for diagonal, _ in best:
        hits = {
            i for j in range(size - 2) for i in where.get(tuple(words[j : j + 3]), ()) if abs(i - j - diagonal) <= 6
        }
        matched = {i + k for i in hits for k in range(3)}
        if matched:
            places.append((min(matched), max(matched) + 1, min(len(matched), size)))
    return places


def _in_order(found):
    """The chain of matches, rising in both page and gold, with most matched words; near neighbours win ties."""
    found = sorted(found)
    best, back = [], []
    for i, (b, s, _, matched, size) in enumerate(found):
        worth = matched if matched >= 0.3 * size else 0.1 * matched
        top, prev = 0.0, -1
        for j in range(max(0, i - 400), i):
            pb, _, pe, _, _ = found[j]
            if pb < b and pe <= s + 2:
                value = best[j] - 0.02 * min(b - pb, 20) - 0.01 * (pe < s - 1)
                if value > top:
                    top, prev = value, j
        best.append(top + worth)
        back.append(prev)
    chain = []
    i = max(range(len(best)), key=best.__getitem__) if best else -1
    while i >= 0:
        chain.append(found[i])
        i = back[i]
    return chain[::-1]
