from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.feeds.field_map import FieldMapError, load


def test_a_map_takes_what_it_names_and_leaves_out_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("url: link\ntext: a.b[0]\nhints.title: t\nhints.authors: w[].n\nid: none\n")
    found = load(tmp_path / "map.yaml").loose({"link": "u", "a": {"b": ["x", "y"]}, "t": "T", "w": [{"n": "A"}]})
    assert found == {"url": "u", "text": "x", "hints": {"title": "T", "authors": ["A"]}}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[1, 2]", "expected a map"),
        ("url: link", "html or text"),
        ("text: 'a['", "text"),
        ("text: a\ncolour: b", "'colour' is no field of ours"),
        ("text: [", "map.yaml"),
    ],
)
def test_a_map_that_cannot_be_used_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "map.yaml").write_text(text)
    with pytest.raises(FieldMapError, match=told):
        load(tmp_path / "map.yaml")
