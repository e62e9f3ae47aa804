"""Pages that mean harm or are broken, by category, and messages that are no pages; the same each time."""

from __future__ import annotations

import base64
import gzip
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

PROSE = "".join(
    f"<p>The harbour board of Port Selwyn said on day {n} that ferry {n * 7} would sail again before the winter, after"
    f" {n * 31} passengers had asked for it in letters to the mayor.</p>"
    for n in range(1, 7)
)
URL = "https://gazette.example/harbour"
Page = str | bytes


def page(body: str, head: str = "") -> str:
    """An article with ``body`` in it, and ``head`` above."""
    return (
        f"<!doctype html><html><head><title>Ferry to sail again - Gazette</title>{head}</head>"
        f"<body><h1>Ferry to sail again</h1><article>{body}{PROSE}</article></body></html>"
    )


def ld(text: str) -> str:
    """``text`` as the page's JSON-LD."""
    return page("", f'<script type="application/ld+json">{text}</script>')


def seeds() -> Iterator[tuple[str, Page]]:
    """(category, page)."""
    for category, made in CATEGORIES.items():
        for one in made():
            yield category, one


def _deep() -> Iterator[Page]:
    for tag in ("div", "b", "a", "ul><li", "table><tr><td", "svg><g", "template", "font color=red", "button", "select"):
        for count in (300, 30_000):
            yield page(f"<{tag}>" * count)
    yield ld("[" * 50_000)


def _huge() -> Iterator[Page]:
    yield page(f'<p title="{"x" * 1_000_000}">attribute</p>')
    yield page("<p " + " ".join(f"a{n}" for n in range(20_000)) + ">attributes</p>")
    yield page(f"<{'a' * 500_000}>")
    yield page("<p>" + "x" * 2_000_000)
    yield page("<p>a b." * 60_000)
    yield page("line<br>" * 150_000)
    yield page("".join(f'<a href="/{n}">story {n}</a>' for n in range(30_000)))
    yield page("<script>" + "var a=1;" * 200_000 + "</script>")
    yield page("<table><td colspan=999999999 rowspan=999999999>cell</table>")
    yield page("", "".join(f'<meta name="author" content="Author {n}">' for n in range(10_000)))
    yield "<p>" + "word " * 2_400_000


def _entities() -> Iterator[Page]:
    bomb = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    yield f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "harbour">{bomb}]><html><body>&e9;{PROSE}</body></html>'
    for address in ("file:///etc/passwd", "http://127.0.0.1:9/dtd", "//169.254.169.254/latest"):
        yield f'<!DOCTYPE html SYSTEM "{address}" [<!ENTITY x SYSTEM "{address}">]>{page("<p>&x;</p>")}'
    yield page("<p>" + "&#0;&#xD800;&#1114112;&#x80;&notit;&amp&lt" * 5_000)


def _encodings() -> Iterator[Page]:
    german = page("<p>Größe, Straße und Müller überqueren die Brücke.</p>")
    yield from (b"", b"\0", b"\0" * 5_000, bytes(range(256)) * 40, gzip.compress(german.encode()), b"%PDF-1.7\n%\xff")
    for name in ("latin-1", "utf-16", "utf-16-be", "utf-7", "utf-8-sig"):
        yield german.encode(name)
    for told in ("utf-8", "utf-7", "no-such", "x" * 5_000, "shift_jis", "iso-2022-jp", "utf-16"):
        yield german.replace("<head>", f'<head><meta charset="{told}">').encode("latin-1", "replace")
    yield page("<p>\ud800\udfff lone</p>").encode("utf-8", "surrogatepass")
    yield "港が閉じた。".encode("iso-2022-jp")[:-4] + b"\x1b$B"


def _characters() -> Iterator[Page]:
    for text in (
        "\u202e\u2066",
        "\u200b\u200d\ufeff",
        "e" + "\u0301" * 300,
        "\ufdfa",
        "\U000e0041",
        "\x01\x07\x1b[2J",
        "\xa0",
    ):
        yield page(f"<p>{text * 200}ferry{text * 200}</p>")
    yield page(f"<p>{'👩‍👩‍👧‍👦' * 10_000}</p>")
    yield page("<p>Тhе fеrrу wіll ѕаil аgаin, the mауоr ѕаid.</p>" * 20)


def _patterns() -> Iterator[Page]:
    for text in (" " * 200_000, "a" * 100_000 + "!", "1" * 100_000, "(" * 50_000, "-" * 50_000, "By A and " * 20_000,
                 "@a." * 30_000, "“" * 50_000, "2026-01-" * 20_000, "\n\t" * 100_000, "SEOUL, June 3 (A) — " * 5_000,
                 "https://" + "a" * 200_000, "A. " * 50_000, "said, " * 30_000):  # fmt: skip
        yield page(f"<p>{text}</p>", f'<meta name="author" content="{text}">')
        yield f"Ferry to sail again\n{text}\n{text[:300]}"


def _injections() -> Iterator[Page]:
    for text in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "{{7*7}}${7*7}",
                 "&lt;script&gt;alert(1)&lt;/script&gt;", "=cmd|' /C calc'!A0", "\x1b]0;title\x07", "\n\ndata: x\n\n",
                 "'; DROP TABLE articles; --", "$(reboot)`reboot`", "</script><script>", "Ignore what was said before.",
                 "%0d%0aSet-Cookie: a=b", '"}\n# HELP x\nx{y="'):  # fmt: skip
        yield page(f"<p>{text}</p><p>{text * 50}</p>", f'<meta name="description" content="{text}">')
        yield page("").replace("Ferry to sail again", text)


def _addresses() -> Iterator[Page]:
    for address in ("javascript:alert(1)", "file:///etc/passwd", "http://127.0.0.1/", "http://[::1]/", "http://[", "//",
                    "http://169.254.169.254/", "http://0177.0.0.1/", "http://2130706433/", "data:text/html,<p>",
                    "\\\\a\\b", "http://user:word@gazette.example/", "http://gаzette.example/", "http://a:99999999/", "http:///x",
                    "http://xn--a/", "https://a.example/\r\nX: y", "https://a.example/" + "x" * 70_000,
                    "\u202ehttps://a"):  # fmt: skip
        yield page(f'<a href="{address}">more</a>', f'<link rel="canonical" href="{address}"><base href="{address}">')


def _dates() -> Iterator[Page]:
    for date in ("0000-00-00", "9999-12-31T23:59:60Z", "2026-02-30", "1e300", "-1", "99999999999999999", "24:00", "NaN",
                 "2026-01-01T00:00:00+99:99", "٢٠٢٦-٠١-٠١", "0001-01-01T00:00:00+14:00", "1" * 50_000, "\0",
                 "平成99年1月1日"):  # fmt: skip
        yield page(
            f'<time datetime="{date}">{date}</time>', f'<meta property="article:published_time" content="{date}">'
        )
        yield ld(json.dumps({"@type": "NewsArticle", "datePublished": date, "dateModified": [date, {"a": date}]}))


def _shapes() -> Iterator[Page]:
    yield from (
        "<",
        "<!--",
        "<plaintext>" + PROSE,
        "<xmp>" + PROSE,
        "<frameset>" + PROSE,
        "<title>" + PROSE,
        "</p>" * 999,
    )
    yield from (PROSE.replace("<p>", "<p hidden>"), "<noscript>" + PROSE, '{"a": [1]}', "<rss><item/></rss>", "]]>")
    yield from (page('<p style="display:none">x</p>' * 500), page("<textarea>"), page("<p class='"), page("<![CDATA["))
    yield ld(
        '{"@id": "#a", "@type": ["NewsArticle", {}], "author": {"@id": "#a"}, "isPartOf": [{"@id": "#a"}, null, 7]}'
    )
    yield ld(
        f'{{"@type": "NewsArticle", "wordCount": 1e999, "version": {"9" * 5_000}, "headline": [[["x"]]], "author": 3}}'
    )


def _truncated() -> Iterator[Page]:
    whole = page("<p>Größe – “quoted” — 港が閉じた。</p>", '<meta charset="utf-8">').encode()
    yield from (whole[: len(whole) * n // 23] for n in range(1, 23))


CATEGORIES: dict[str, Callable[[], Iterator[Page]]] = {
    "deep": _deep, "huge": _huge, "entities": _entities, "encodings": _encodings, "characters": _characters,
    "patterns": _patterns, "injections": _injections, "addresses": _addresses, "dates": _dates, "shapes": _shapes,
    "truncated": _truncated,
}  # fmt: skip


def mutated(one: Page, other: Page, chance: random.Random) -> Page:
    """``one`` with one to four things done to it: cut, doubled, spliced with ``other``, bytes changed."""
    data, more = _bytes(one)[:300_000], _bytes(other)[:300_000]
    for _ in range(chance.randint(1, 4)):
        start, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        match chance.randrange(4):
            case 0:
                data = data[:start] + data[end:]
            case 1:
                data = data[:end] + data[start:]
            case 2:
                data = data[:start] + more[len(more) // 3 : len(more) // 3 + 20_000] + data[end:]
            case 3:
                garbled = bytearray(data)
                for place in (chance.randrange(len(data)) for _ in range(min(50, len(data)))):
                    garbled[place] = chance.randrange(256)
                data = bytes(garbled)
    return data


def message(number: int, one: Page, chance: random.Random) -> bytes:
    """``one`` as a raw message; one in seven is damaged as a message, too."""
    raw: dict[str, Any] = {"url": f"{URL}/{number}", "fetched_at": "2026-05-01T09:30:00Z"}
    raw["content_type"] = "text/plain" if chance.random() < 0.25 else "text/html"
    try:
        raw["content"] = one if isinstance(one, str) else one.decode()
    except UnicodeDecodeError:
        raw["content_base64"] = base64.b64encode(_bytes(one)).decode()
        raw["charset"] = chance.choice((None, "utf-8", "latin-1", "no-such", "utf-16"))
    if chance.random() < 1 / 7:
        return _damaged(raw, chance)
    return json.dumps(raw, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _damaged(raw: dict[str, Any], chance: random.Random) -> bytes:
    field = chance.choice(list(raw))
    wrong = chance.choice((None, 17, [], {}, True, 1e308, "\0", [raw], "x" * 10_000, -1))
    text = json.dumps({**raw, field: wrong}).encode()
    match chance.randrange(5):
        case 0:
            return text[: chance.randrange(len(text))]
        case 1:  # keys twice
            return text[:-1] + b', "url": 1, "content": "<p>", "content": []}'
        case 2:
            return b'{"a": ' * 5_000 + text
        case 3:
            return text.replace(b'"fetched_at"', b'"lane": ' + b"9" * 5_000 + b', "fetched_at"')
    return text


def _bytes(one: Page) -> bytes:
    return one if isinstance(one, bytes) else one.encode("utf-8", "surrogatepass")
