"""For every other crawler: a YAML file that says where in its records our fields are.

    # ours: theirs, in JMESPath
    url: link
    text: content.body
    fetched_at: crawled.at
    hints.title: headline
    hints.authors: authors[].name

Ours are the fields of a RawArticle and of the loose shape (``html`` or ``text``), ``hints.…`` and ``source.…`` among
them. What a record does not have is left out.

Reference:
    https://jmespath.org/specification.html
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from copydesk.extra import needs
from copydesk.feeds import Format
from copydesk.feeds.printed import given
from copydesk.schemas import RawArticle
from copydesk.schemas.article import Source
from copydesk.schemas.raw_article import Hints

KNOWN = {
    *(RawArticle.model_fields.keys() - {"hints", "source", "lane"}),
    *("html", "text"),
    *(f"hints.{name}" for name in Hints.model_fields),
    *(f"source.{name}" for name in Source.model_fields),
}


class FieldMapError(ValueError):
    """The field map cannot be used; the message names the line and what it should be."""


def load(path: Path) -> Format:
    """The format that the YAML file describes.

    Raises:
        FieldMapError: it is no map of our fields to JMESPath expressions.
        OSError: it cannot be read.
    """
    jmespath, yaml = needs("jmespath"), needs("yaml")
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise FieldMapError(f"{path}: {error}") from None
    if not isinstance(entries, dict) or not entries.keys() & {"html", "text", "content", "content_base64"}:
        raise FieldMapError(f"{path}: expected a map of our fields to theirs, html or text among them")
    expressions = {}
    for ours, theirs in entries.items():
        if ours not in KNOWN:
            raise FieldMapError(f"{path}: {ours!r} is no field of ours; there are {', '.join(sorted(KNOWN))}")
        try:
            expressions[ours] = jmespath.compile(str(theirs))
        except jmespath.exceptions.ParseError as error:
            raise FieldMapError(f"{path}: {ours}: {error}") from None

    def loose(fields: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for ours, expression in expressions.items():
            outer, _, inner = ours.partition(".")
            value = expression.search(fields)
            if inner:
                found.setdefault(outer, {})[inner] = value
            else:
                found[outer] = value
        return given(**{name: given(**value) if isinstance(value, dict) else value for name, value in found.items()})

    return Format(path.name, lambda _: True, loose)
