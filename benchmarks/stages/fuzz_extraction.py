"""Extraction on damaged and hostile input: mutated real pages, for as long as asked.

usage: python -m benchmarks.stages.fuzz_extraction [--shared ../shared] [--minutes 10] [--seed 1]

Takes the gold pages and dumps, cuts, doubles, splices, shuffles and garbles them, and checks of each result that
nothing but an ExtractionError was raised, that reading it again gives the same bytes, that offsets slice back, and that
the text holds neither tags nor hidden characters. Prints one JSON line of figures and a sentence; exits 1 when a check
failed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from copydesk.pipeline.extraction import ExtractionError, extract
from copydesk.pipeline.extraction.characters.clean_text import clean_text, count_hidden
from copydesk.schemas import Article, RawArticle, encode

FETCHED = datetime(2027, 1, 1, tzinfo=UTC)
SETS = ("pages", "news80", "dumps", "news80-dumps", "segments", "segments-dumps")
TAG = re.compile(r"</?(?:p|div|span|a|br|script|style|li|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
TAGS_SHOWN = ("&lt", "&#60", "&#x3c", "<plaintext", "<![CDATA[")  # where a page may show tags as text
SHARDS = ("<div>", "</div>", "<p>", "<script>", "<!--", "-->", "<![CDATA[", "&#0;", "&#x202e;", "<font>", "<table>",
          '<a href="javascript:x">', "\u202e", "\u200b", "\x00", "\ud800", "﷽", "<svg><desc>", "<template>", "\r",
          '<script type="application/ld+json">{"@graph":[', "<time datetime='99999-99-99'>", "<plaintext>")  # fmt: skip


def mutated(page: str, other: str, chance: random.Random) -> str:
    """``page`` with one to five things done to it."""
    for _ in range(chance.randint(1, 5)):
        page = chance.choice(MUTATIONS)(page, other, chance) or "<"
        page = page[:2_000_000]
    return page


def _cut(page: str, _: str, chance: random.Random) -> str:
    start = chance.randrange(len(page))
    return page[:start] + page[start + chance.randrange(1, 2 + len(page) // 2) :]


def _truncate(page: str, _: str, chance: random.Random) -> str:
    return page[: chance.randrange(1, len(page) + 1)]


def _double(page: str, _: str, chance: random.Random) -> str:
    start = chance.randrange(len(page))
    piece = page[start : start + chance.randrange(1, 5_000)]
    return page[:start] + piece * chance.randrange(2, 60) + page[start:]


def _splice(page: str, other: str, chance: random.Random) -> str:
    start = chance.randrange(len(other))
    at = chance.randrange(len(page))
    return page[:at] + other[start : start + 20_000] + page[at:]


def _shuffle(page: str, _: str, chance: random.Random) -> str:
    lines = page.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def _garble(page: str, _: str, chance: random.Random) -> str:
    letters = list(page)
    for _i in range(chance.randrange(1, 200)):
        letters[chance.randrange(len(letters))] = chr(
            chance.choice((0, 60, 62, 34, 38, 0x202E, 0x300, 0x1F600, 0xD7FF))
        )
    return "".join(letters)


def _inject(page: str, _: str, chance: random.Random) -> str:
    for _i in range(chance.randrange(1, 30)):
        at = chance.randrange(len(page) + 1)
        page = page[:at] + chance.choice(SHARDS) * chance.choice((1, 1, 1, 20, 400)) + page[at:]
    return page


def _unclose(page: str, _: str, chance: random.Random) -> str:
    return page.replace(
        chance.choice(("</div>", "</p>", "</a>", "</script>", "-->", '"')), "", chance.randrange(1, 500)
    )


def _one_line(page: str, _: str, _chance: random.Random) -> str:
    return page.replace("\n", " ")


MUTATIONS: tuple[Callable[[str, str, random.Random], str], ...] = (
    _cut, _truncate, _double, _splice, _shuffle, _garble, _inject, _unclose, _one_line,
)  # fmt: skip


def faults(raw: RawArticle, article: Article) -> Iterator[str]:
    """What is wrong with the article of ``raw``."""
    text = raw.page if isinstance(raw.page, str) else ""
    if encode(extract(raw)) != encode(article):
        yield "read again, it is another"
    if count_hidden(article.text):
        yield "hidden characters in the text"
    shown = any(sign in text for sign in TAGS_SHOWN) or count_hidden(text) > 0  # "<\u202ea>" becomes "<a>"
    if raw.content_type == "text/html" and not shown and TAG.search(article.text):
        yield "a tag in the text"
    if article.dateline and article.text[article.dateline.start : article.dateline.end] != article.dateline.text:
        yield "the dateline is not where it says"
    body = [part for part in (article.extraction.kept if article.extraction else ()) if part.part == "body"]
    if body and "\n".join(clean_text(text[part.start : part.end]) for part in body) != article.text:
        yield "the body is not where it says"


def main() -> None:
    """Mutates, reads, counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if not arguments.shared.is_dir():
        print("skipped: no ../shared")
        return
    pages = []
    for name in SETS:
        with gzip.open(arguments.shared / f"data/extraction/{name}.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            pages += [(page["url"], page.get("html"), page.get("text")) for page in map(json.loads, lines)]
    chance = random.Random(arguments.seed)
    extract(RawArticle(fetched_at=FETCHED, content_type="text/plain", content="Warm. " * 40))  # reads the models
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest, end = 0.0, time.monotonic() + 60 * arguments.minutes
    while time.monotonic() < end:
        url, html, text = chance.choice(pages)
        kind = 1 if html is not None else 2
        page = mutated(html or text or "<", chance.choice(pages)[kind] or "<", chance)
        content = page.encode("utf-8", "replace").decode()
        raw = RawArticle(
            url=url, fetched_at=FETCHED, content_type="text/html" if kind == 1 else "text/plain", content=content
        )
        began = time.process_time()
        try:
            article = extract(raw)
        except ExtractionError as error:
            outcomes[type(error).__name__] += 1
        except Exception as error:  # noqa: BLE001  what is looked for
            wrong.append(f"{url}: {type(error).__name__}: {error}")
        else:
            outcomes["article"] += 1
            slowest = max(slowest, time.process_time() - began)
            wrong += [f"{url}: {fault}" for fault in faults(raw, article)]
    count = outcomes.total() + len(wrong)
    print(json.dumps({"pages": count, **outcomes, "wrong": len(wrong), "slowest_seconds": round(slowest, 3)}))
    print(f"Of {count:,} mutated pages {len(wrong)} failed a check; the slowest took {slowest:.2f} s.")
    for line in wrong[:20]:
        print("  ", line[:300], file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
