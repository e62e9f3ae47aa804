"""What the bench of extraction prints: how it was judged, then a table a set."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.rivals import extractors
from benchmarks.stages import extraction
from benchmarks.stages.extraction import failures, main, tables
from benchmarks.stages.gold_pages import FILES, blind, write
from training.extraction.folds import Row, rows
from training.manifest import ROOT

BODY = [f"The council of Norrhavn said on Monday that pier {number} will be dredged by June." for number in "1234"]
HTML = f"<title>Harbour to be dredged</title><h1>Harbour to be dredged</h1><p>{'</p><p>'.join(BODY)}</p>"
SCORE = """
KEYS = "body_f1 body_precision body_recall body_exact title title_own date_day date_minute authors_f1".split()
def score(gold, found):
    right = sum(found.get(g["id"], {}).get("title") == g["gold"]["title"] for g in gold) / len(gold)
    return dict.fromkeys(KEYS) | {"body_f1": 0.0, "title": right}
"""
DUMPS = """
import gzip, json, lzma, re, sys
pages = [json.loads(line) for line in lzma.open(sys.argv[1], "rt")]
with gzip.open(sys.argv[2], "wt") as out:
    for page in pages:
        page["text"] = re.sub("<[^>]*>", "\\n", page.pop("html"))
        print(json.dumps(page), file=out)
"""


def page(number: int, site: str, **fields: Any) -> Row:
    gold = {"title": "Harbour to be dredged", "text": "\n".join(BODY), "language": "en"}
    return {"id": f"p{number}", "url": f"https://{site}/{number}", "html": HTML, "gold": gold, **fields}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Gold of our own in files called like the real ones."""
    gold = tmp_path / "shared/data/extraction"
    gold.mkdir(parents=True)
    (tmp_path / "shared/score").mkdir()
    (tmp_path / "shared/score/extraction.py").write_text(SCORE)
    (gold / "make_dumps.py").write_text(DUMPS)
    for name, file in FILES.items():
        pages = [page(n, f"gazette{n % 3}.fi", language="ru" if n < 2 else "en") for n in range(12)]
        if name.endswith("dumps"):
            pages = [{**row, "text": "\n".join(BODY)} for row in pages if row.pop("html")]
        if name != "more-dumps":
            write(pages, gold / file)
    return tmp_path / "shared"


def said(shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the bench prints where two programs that have learned what ships stand for those of the folds."""
    monkeypatch.setattr(extraction, "learners", lambda gold, folds, made: [ROOT] * folds)
    monkeypatch.setattr("sys.argv", ["extraction", "--shared", str(shared), "--folds", "2", *arguments])
    main()
    return capsys.readouterr().out


def test_how_it_was_judged_stands_on_top_and_every_set_has_its_table(
    shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = said(shared, monkeypatch, capsys, "--alone")
    assert printed.startswith(
        "Every page is read by a program that has learned from no page of its site: 2 folds by site"
    )
    shown = dict(re.findall(r"^### (.+), (\d+) pages$", printed, re.MULTILINE))
    assert list(shown) == [*list(FILES)[:4], "more: ru", *list(FILES)[4:]]
    assert (shown["pages"], shown["more: ru"]) == ("12", "2")
    assert printed.count("| copydesk | – | – | – | – |") == len(FILES) + 1


def test_sets_and_pages_can_be_few(
    shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = said(shared, monkeypatch, capsys, "--alone", "--sets", "wcxb", "--limit", "3")
    assert re.findall(r"### .*", printed) == ["### wcxb, 3 pages"]
    assert "| copydesk | – | – | – | – | 1.000 |" in printed  # each has the headline that gold has


def test_without_gold_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(tmp_path / "nothing", monkeypatch, capsys) == "skipped: no ../shared\n"


def test_a_page_is_read_once_in_its_fold_and_what_is_known_of_it_is_not_shown(tmp_path: Path) -> None:
    pages = [page(n, f"gazette{n}.fi") for n in range(8)]
    files = blind({"pages": pages}, 3, tmp_path)
    seen = [row for file in files for row in rows(file)]
    assert sorted(row["id"] for row in seen) == sorted(row["id"] for row in pages)
    assert {key for row in seen for key in row} == {"id", "set", "url", "fetched_at", "language", "html"}


def test_ours_is_on_top_and_peers_below_by_their_bodies() -> None:
    worth = {"copydesk": 0.5, "a": 0.4, "b": 0.9}

    def score(pages: list[Row], found: dict[str, Row]) -> dict[str, float | None]:
        keys = ("body_precision", "body_recall", "body_exact", "title", "title_own", "date_day", "date_minute")
        return {**dict.fromkeys(keys, 0.25), "authors_f1": 0.0, "body_f1": worth[found["p1"]["text"]]}

    found = {(name, "pages"): {"p1": {"id": "p1", "text": name, "title": name, "seconds": 0.01}} for name in worth}
    (shown,) = tables({"pages": [page(1, "gazette.fi")]}, found, list(worth), score)
    assert re.findall(r"^\| (\w+) \| (\.\d+)", shown, re.MULTILINE) == [
        ("copydesk", ".500"),
        ("b", ".900"),
        ("a", ".400"),
    ]
    assert "| .250 | .250 | – | – | – | 100 | 10 | 10 | 0 |" in shown  # no time, no author: none was told


def test_pages_without_an_article_are_told_by_their_reason() -> None:
    found = {
        ("copydesk", "pages"): {"p1": {"error": "EmptyPage: no text"}, "p2": {"text": "x"}},
        ("copydesk", "more"): {"p3": {"error": "NotAnArticle: consent: x"}, "p4": {"error": "NotAnArticle: shell"}},
        ("goose3", "pages"): {"p1": {"text": "x"}},
    }
    assert failures(found) == "Pages without an article: copydesk 2 NotAnArticle, 1 EmptyPage; goose3 0."


def test_a_peer_for_html_reads_each_line_of_a_dump_as_a_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extractors.PEERS, "echo", ("re", lambda: lambda page: {"text": page["html"]}))
    assert extractors.named("echo")({"text": "One < two.\n\nThree."}) == {
        "text": "<html><body><p>One &lt; two.</p><p>Three.</p></body></html>"
    }
