from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from copydesk.checkpoint import Checkpoint


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
