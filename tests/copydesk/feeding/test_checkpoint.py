from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

import pytest

from copydesk.feeding.checkpoint import Checkpoint


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    path = tmp_path / "crawl.jsonl"
    path.write_bytes(b"".join(b'{"id": %d}\n' % number for number in range(5)))
    return path


def test_a_feed_goes_on_behind_the_last_row_that_was_confirmed(crawl: Path, tmp_path: Path) -> None:
    first = Checkpoint(tmp_path / "at.json")
    assert [row.line for row in islice(first.rest(crawl), 3)] == [b'{"id": 0}', b'{"id": 1}', b'{"id": 2}']
    first.save()
    # The third was handed over, and nobody asked for the fourth: it may not have been confirmed.
    assert [row.fields()["id"] for row in Checkpoint(tmp_path / "at.json").rest(crawl)] == [2, 3, 4]


def test_without_a_file_every_row_comes_again(crawl: Path) -> None:
    checkpoint = Checkpoint(None)
    assert len(list(checkpoint.rest(crawl))) == 5
    checkpoint.save()
    assert len(list(Checkpoint(None).rest(crawl))) == 5


def test_a_file_that_is_no_checkpoint_is_told(tmp_path: Path) -> None:
    (tmp_path / "at.json").write_text("[]")
    with pytest.raises(OSError, match="no checkpoint"):
        Checkpoint(tmp_path / "at.json")


def test_each_file_of_a_folder_is_gone_on_with_by_itself(tmp_path: Path) -> None:
    folder = tmp_path / "crawls"
    folder.mkdir()
    (folder / "b.jsonl").write_text('{"id": "b1"}\n{"id": "b2"')  # a line that is still being written
    (folder / "c.json").write_text('[{"id": "c1"}, {"id": "c2"}]')

    def fed() -> list[str]:
        checkpoint = Checkpoint(tmp_path / "at.json")
        found = [row.where.rpartition("/")[2] for row in checkpoint.rest(folder)]
        checkpoint.save()
        return found

    assert fed() == ["b.jsonl:1", "b.jsonl:2", "c.json:1", "c.json:2"]
    assert fed() == ["b.jsonl:2"]
    (folder / "a.jsonl").write_text('{"id": "a1"}\n')
    (folder / "b.jsonl").write_text('{"id": "b1"}\n{"id": "b2"}\n{"id": "b3"}\n')
    os.utime(folder / "c.json", ns=(1, 1))  # changed: what is new in it nobody knows
    assert fed() == ["a.jsonl:1", "b.jsonl:2", "b.jsonl:3", "c.json:1", "c.json:2"]
    assert fed() == []


def test_a_file_that_has_fewer_lines_than_were_done_is_another(crawl: Path, tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path / "at.json")
    assert len(list(checkpoint.rest(crawl))) == 5
    checkpoint.save()
    crawl.write_text('{"id": 0}\n')
    with pytest.raises(OSError, match="another file"):
        list(Checkpoint(tmp_path / "at.json").rest(crawl))
