"""Extractors by their defaults: what each finds on a page, ours among them."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from html import escape
from typing import Any, Final

Fields = dict[str, Any]
Extractor = Callable[[Fields], Fields]  # a page as ``benchmarks.rivals.reading`` has it to text, title, authors, time
OURS: Final = "copydesk"
FAR: Final = "2027-01-01T00:00:00+00:00"  # for pages that do not say when they were fetched
STOP_WORDS: Final = {
    "ar": "Arabic", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French",
    "hi": "Hindi", "hr": "Croatian", "id": "Indonesian", "it": "Italian", "ko": "Korean", "no": "Norwegian_Bokmal",
    "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
}  # fmt: skip


def _copydesk() -> Extractor:
    from copydesk.pipeline.extraction import extract  # noqa: PLC0415
    from copydesk.schemas import RawArticle  # noqa: PLC0415

    def run(page: Fields) -> Fields:
        """The whole stage: from the raw record to the article."""
        kind, content = ("text/html", page["html"]) if "html" in page else ("text/plain", page["text"])
        fetched = (page["fetched_at"] or FAR).replace(" ", "T")
        raw = RawArticle(
            url=page["url"], fetched_at=fetched if "+" in fetched else f"{fetched}Z", content_type=kind, content=content
        )
        found = extract(raw)
        published = found.published_at.isoformat() if found.published_at else None
        return {"text": found.text, "title": found.title, "authors": list(found.authors), "published_at": published}

    return run


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
        found = newspaper.Article(page["url"] or "https://unknown.example/", fetch_images=False)
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
        when = found.publish_datetime_utc
        return {
            "text": found.cleaned_text,
            "title": found.title,
            "authors": _strings(found.authors),
            "published_at": when.isoformat() if when else None,
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

    known = {language: justext.get_stoplist(name) for language, name in STOP_WORDS.items()}

    def run(page: Fields) -> Fields:
        words = known.get(page["language"] or "en", frozenset())
        without = {} if words else {"stopwords_low": 0, "stopwords_high": 0}  # as it does with --no-stoplist
        paragraphs = justext.justext(page["html"], words, **without)
        return {"text": "\n".join(p.text for p in paragraphs if not p.is_boilerplate)}

    return run


PEERS: Final = {  # by the name of their package: that of their module, and how they are called
    "trafilatura": ("trafilatura", _trafilatura),
    "readability-lxml": ("readability", _readability),
    "newspaper4k": ("newspaper", _newspaper),
    "goose3": ("goose3", _goose),
    "resiliparse": ("resiliparse", _resiliparse),
    "jusText": ("justext", _justext),
}


def installed() -> list[str]:
    """The peers that are here."""
    return [name for name, (module, _) in PEERS.items() if importlib.util.find_spec(module)]


def named(name: str) -> Extractor:
    """Ours or a peer; to a peer for HTML each line of a dump is a paragraph."""
    if name == OURS:
        return _copydesk()
    run = PEERS[name][1]()
    return lambda page: run(page if "html" in page else {**page, "html": _wrapped(page["text"])})


def _wrapped(text: str) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    return f"<html><body>{lines}</body></html>"
