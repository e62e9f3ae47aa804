"""Writes docs/map.svg and docs/map.md.

usage: python -m docs.map
"""

from __future__ import annotations

from docs.map.page import text
from docs.map.picture import svg
from docs.map.rooms import ROOT

if __name__ == "__main__":
    (ROOT / "docs" / "map.svg").write_text(svg(), encoding="utf-8")
    (ROOT / "docs" / "map.md").write_text(text(), encoding="utf-8")
