from __future__ import annotations

from pathlib import Path

import orjson
import pytest
import typer
from typer.testing import CliRunner, Result

from copydesk.cli.explain import explain
from copydesk.demo import sample

app = typer.Typer()
app.command()(explain)

STORY = sample.read_story("lighthouse").paragraphs
PAGE = "\n".join(["Home", "Sport", "Keepers return to the light", "By Tove Maranz", *STORY, "Most read", "Contact"])


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)], env={"COLUMNS": "200"})


def test_each_line_of_a_dump_is_shown_with_label_chance_and_reasons(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    result = run(tmp_path / "page.txt", "--all", "--url", "https://paper.example/keepers-return-to-the-light")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert "Keepers return to the light" in next(line for line in lines if line.startswith("title"))
    told = next(line for line in lines if STORY[0][:30] in line)
    assert told.split()[0] == "body"
    assert "shape of the text" in told


def test_of_several_rows_the_named_one_is_explained(tmp_path: Path) -> None:
    rows = [{"id": "1", "html": "<p>Nothing here"}, {"id": "2", "text": PAGE}]
    (tmp_path / "pages.jsonl").write_bytes(b"\n".join(map(orjson.dumps, rows)))
    assert STORY[0][:30] in run(tmp_path / "pages.jsonl", "--id", "2").output


@pytest.mark.parametrize("rows, message", [(b"", "holds no page"), (b'{"id": "1", "text": "x"}', "no row of")])
def test_a_row_that_is_not_there_is_named(tmp_path: Path, rows: bytes, message: str) -> None:
    (tmp_path / "pages.jsonl").write_bytes(rows)
    result = run(tmp_path / "pages.jsonl", *(["--id", "9"] if rows else []))
    assert result.exit_code == 2
    assert message in result.output


def test_a_page_that_is_refused_says_why(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body></body></html>")
    result = run(tmp_path / "page.html")
    assert result.exit_code == 1
    assert "EmptyPage" in result.output


def test_two_pages_are_compared(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "other.txt").write_text(f"Light returns\n{PAGE[60:-200]}", encoding="utf-8")
    result = run(tmp_path / "one.txt", tmp_path / "other.txt")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("near copies: ")
    assert "together (a copy has more than 0)" in result.output
