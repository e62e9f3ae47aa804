"""How well and how fast pages become articles, beside the extractors that are installed, in one run.

usage: python -m benchmarks.stages.extraction [--shared ../shared] [--limit N] [--sets pages,news80,dumps,news80-dumps]

Prints one table a data set, in Markdown: body precision, recall and F1 over 4-word shingles, the share of bodies that
are exact to the word, titles, days, minutes, authors, pages a second of one core and the slowest pages. Peers that
are not installed are named and left out.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from copydesk.pipeline.extraction import ExtractionError, extract
from copydesk.schemas import RawArticle

Fields = dict[str, Any]
Extractor = Callable[[Fields], Fields]
FAR = "2027-01-01T00:00:00+00:00"  # for gold pages that do not say when they were fetched
COLUMNS = ("body_f1", "body_precision", "body_recall", "body_exact", "title", "date_day", "date_minute", "authors_f1")


@dataclass
class Row:
    """One extractor on one data set; ``seconds`` is processor time, one entry a page."""

    name: str
    score: dict[str, Any]
    seconds: list[float] = field(repr=False)
    failed: int

    @property
    def rate(self) -> float:
        """Pages a second of one core."""
        return len(self.seconds) / sum(self.seconds)

    def slowest(self, share: float) -> float:
        """Milliseconds that ``share`` of the pages stay within."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))] * 1000


def copydesk(page: Fields) -> Fields:
    """Ours, the whole stage: from the raw record to the article."""
    kind, content = ("text/html", page["html"]) if "html" in page else ("text/plain", page["text"])
    fetched = (page.get("fetched_at") or FAR).replace(" ", "T")
    raw = RawArticle(
        url=page["url"], fetched_at=fetched if "+" in fetched else f"{fetched}Z", content_type=kind, content=content
    )
    article = extract(raw)
    published = article.published_at.isoformat() if article.published_at else None
    return {"text": article.text, "title": article.title, "authors": list(article.authors), "published_at": published}


def peers(dumps: bool) -> Iterator[tuple[str, Extractor | None]]:
    """Every peer for HTML, or for the lines of a dump wrapped in paragraphs; None for one that is not installed."""
    for name, module, make in (
        ("trafilatura", "trafilatura", _trafilatura),
        ("readability-lxml", "readability", _readability),
        ("newspaper4k", "newspaper", _newspaper),
        ("goose3", "goose3", _goose),
        ("resiliparse", "resiliparse", _resiliparse),
        ("jusText", "justext", _justext),
    ):
        try:
            importlib.import_module(module)
        except ImportError:
            yield name, None
            continue
        extractor = make()
        yield name, (lambda page, run=extractor: run(_wrapped(page))) if dumps else extractor


def _wrapped(page: Fields) -> Fields:
    lines = "".join(f"<p>{line}</p>" for line in page["text"].splitlines() if line.strip())
    return {**page, "html": f"<html><body>{lines}</body></html>"}


def _trafilatura() -> Extractor:
    from trafilatura import bare_extraction  # noqa: PLC0415

    def run(page: Fields) -> Fields:
        found = bare_extraction(page["html"], url=page["url"], with_metadata=True, include_comments=False)
        if found is None:
            return {}
        authors = [author for author in (found.author or "").split("; ") if author]
        return {"text": found.text, "title": found.title, "authors": authors, "published_at": found.date}

    return run


def _readability() -> Extractor:
    from lxml.html import fromstring  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    def run(page: Fields) -> Fields:
        document = Document(page["html"])
        return {"text": fromstring(document.summary()).text_content(), "title": document.short_title()}

    return run


def _newspaper() -> Extractor:
    import newspaper  # noqa: PLC0415

    def run(page: Fields) -> Fields:
        found = newspaper.Article(page["url"], fetch_images=False)
        found.download(input_html=page["html"])
        found.parse()
        published = found.publish_date.isoformat() if hasattr(found.publish_date, "isoformat") else None
        return {"text": found.text, "title": found.title, "authors": _strings(found.authors), "published_at": published}

    return run


def _strings(names: Any) -> list[str]:
    """Those of ``names`` that are text; peers now and then give lists in lists."""
    return [name for name in names or () if isinstance(name, str)]


def _goose() -> Extractor:
    from goose3 import Goose  # noqa: PLC0415

    goose = Goose({"enable_image_fetching": False})

    def run(page: Fields) -> Fields:
        found = goose.extract(raw_html=page["html"])
        published = found.publish_datetime_utc.isoformat() if found.publish_datetime_utc else None
        return {
            "text": found.cleaned_text,
            "title": found.title,
            "authors": _strings(found.authors),
            "published_at": published,
        }

    return run


def _resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415

    def run(page: Fields) -> Fields:
        tree = HTMLTree.parse(page["html"])
        return {"text": extract_plain_text(tree, main_content=True, alt_texts=False), "title": tree.title}

    return run


def _justext() -> Extractor:
    import justext  # noqa: PLC0415

    words = {
        code: justext.get_stoplist(name) for code, name in (("en", "English"), ("de", "German"), ("es", "Spanish"))
    }

    def run(page: Fields) -> Fields:
        paragraphs = justext.justext(page["html"], words.get(page["gold"].get("language") or "en", words["en"]))
        return {"text": "\n".join(p.text for p in paragraphs if not p.is_boilerplate)}

    return run


def measure(name: str, extractor: Extractor, pages: list[Fields], score: Callable[..., dict[str, Any]]) -> Row:
    """Runs ``extractor`` over ``pages``; a page it fails on counts as empty."""
    found, seconds, failed = {}, [], 0
    with suppress(Exception):
        extractor(pages[0])  # models and tables are read once
    for page in pages:
        began = time.process_time()
        try:
            found[page["id"]] = extractor(page)
        except ExtractionError:
            failed += 1
        except Exception as error:  # noqa: BLE001  peers raise what they like
            failed += 1
            print(f"<!-- {name}: {page['id']}: {type(error).__name__}: {str(error)[:80]} -->")
        seconds.append(time.process_time() - began)
    return Row(name, score(pages, found), seconds, failed)


def table(rows: list[Row]) -> str:
    """``rows`` in Markdown, best body first."""
    heads = ("extractor", "F1", "precision", "recall", "exact", "title", "day", "minute", "authors")
    lines = ["| " + " | ".join((*heads, "pages/s", "p99 ms", "worst ms", "no article")) + " |"]
    lines.append("|" + "---|" * (len(heads) + 4))
    for row in sorted(rows, key=lambda r: -r.score["body_f1"]):
        cells = [f"{row.score[c]:.3f}" if row.score[c] is not None else "–" for c in COLUMNS]
        cells += [f"{row.rate:.0f}", f"{row.slowest(0.99):.0f}", f"{row.slowest(1):.0f}", str(row.failed)]
        lines.append(f"| {row.name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def sentence(rows: list[Row], dataset: str, pages: int) -> str:
    """What the table says, in one line."""
    ours = next(row for row in rows if row.name == "copydesk")
    others = [row for row in rows if row is not ours]
    if not others:
        return f"On {pages} pages of {dataset}: body F1 {ours.score['body_f1']:.3f}; no peer is installed."
    best = max(others, key=lambda row: row.score["body_f1"])
    return (
        f"On {pages} pages of {dataset}, body F1 is {ours.score['body_f1']:.3f} against {best.score['body_f1']:.3f} of "
        f"the best peer ({best.name}), exact to the word {ours.score['body_exact']:.0%} against "
        f"{best.score['body_exact']:.0%}, at {ours.rate / best.rate:.1f} times its speed."
    )


def _load(shared: Path, name: str, limit: int | None) -> list[Fields]:
    with gzip.open(shared / f"data/extraction/{name}.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][:limit]


def _scorer(shared: Path) -> Callable[..., dict[str, Any]]:
    spec = spec_from_file_location("extraction_score", shared / "score/extraction.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score  # type: ignore[no-any-return]


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--sets", default="pages,news80,dumps,news80-dumps")
    arguments = parser.parse_args()
    if not arguments.shared.is_dir():
        print("skipped: no ../shared")
        return
    score = _scorer(arguments.shared)
    for dataset in arguments.sets.split(","):
        pages = _load(arguments.shared, dataset, arguments.limit)
        if not (arguments.limit or any(page["gold"].get("text") for page in pages)):
            continue
        rows, missing = [measure("copydesk", copydesk, pages, score)], []
        for name, extractor in peers(dumps="dumps" in dataset):
            if extractor is None:
                missing.append(name)
            else:
                rows.append(measure(name, extractor, pages, score))
        print(f"\n### {dataset}\n\n{sentence(rows, dataset, len(pages))}\n\n{table(rows)}")
        if missing:
            print(f"\nNot installed: {', '.join(missing)}.")


if __name__ == "__main__":
    main()
