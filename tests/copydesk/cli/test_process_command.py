from __future__ import annotations

import gzip
from pathlib import Path

import orjson
import pytest
import typer
from typer.testing import CliRunner, Result

from copydesk.cli.process import process
from copydesk.demo import sample

app = typer.Typer()
app.command()(process)

STORY = "\n".join(["Keepers return", *sample.read_story("lighthouse").paragraphs])
ROWS = b"".join(orjson.dumps({"id": str(n), "text": STORY}) + b"\n" for n in range(6))


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--stages", "extract,dedupe"], input=stdin)


def test_gz_in_gz_out(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress(ROWS + b"no JSON\n"))
    result = run(tmp_path / "in.jsonl.gz", "-o", tmp_path / "out.jsonl.gz", "--workers", "2")
    assert result.exit_code == 0, result.output
    made = [orjson.loads(line) for line in gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()).splitlines()]
    assert [event["raw"].get("id") for event in made] == ["0", "1", "2", "3", "4", "5", None]
    assert [event.get("title") for event in made[:6]] == ["Keepers return"] * 6
    assert "error" in made[6]


def test_stdin_to_stdout() -> None:
    result = run("-", "--workers", "1", stdin=ROWS)
    assert result.exit_code == 0, result.output
    assert [orjson.loads(line)["raw"]["id"] for line in result.stdout_bytes.splitlines()] == [
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
    ]


def test_a_text_file_is_one_page(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(STORY, encoding="utf-8")
    result = run(tmp_path / "page.txt", "--workers", "1")
    (line,) = result.stdout_bytes.splitlines()
    assert orjson.loads(line)["raw"]["id"] == "page.txt"


def test_an_input_that_is_not_there_leaves_the_output_alone(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("kept")
    result = run(tmp_path / "nowhere.jsonl", "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 2
    assert (tmp_path / "out.jsonl").read_text() == "kept"


def test_a_damaged_input_ends_with_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(ROWS)[:-20])
    result = run(tmp_path / "cut.jsonl.gz", "-o", tmp_path / "out.jsonl", "--workers", "1")
    assert result.exit_code == 2
    assert "cut.jsonl.gz" in result.output


def test_the_input_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(ROWS)
    result = run(tmp_path / "in.jsonl", "-o", tmp_path / "in.jsonl")
    assert result.exit_code == 2
    assert (tmp_path / "in.jsonl").read_bytes() == ROWS


@pytest.mark.parametrize("stages", ["extract,dedup", "", "annotate;dedupe"])
def test_a_stage_that_does_not_exist_is_refused(stages: str) -> None:
    result = CliRunner().invoke(app, ["-", "--stages", stages])
    assert result.exit_code == 2
    assert "extract, dedupe, annotate" in result.output


def test_a_model_that_is_not_installed_is_named_before_any_row_is_read(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["-", "-o", str(tmp_path / "out.jsonl"), "--model", "en_core_web_none"], input=ROWS
    )
    assert result.exit_code == 2
    assert "'en_core_web_none' is not installed" in result.output
    assert not (tmp_path / "out.jsonl").exists()
