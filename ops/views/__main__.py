"""Writes views of an article as TypeScript, which the compiler holds against schema.org's own types.

usage: python -m ops.views FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

import orjson

from copydesk.views import json_ld
from tests.copydesk.views.test_views import ARTICLE, BARE

HEAD = 'import type { NewsArticle, WithContext } from "schema-dts";\n'

if __name__ == "__main__":
    views = ((name, orjson.dumps(json_ld(article)).decode()) for name, article in (("full", ARTICLE), ("bare", BARE)))
    told = (f"export const {name}: WithContext<NewsArticle> = {view};\n" for name, view in views)
    Path(sys.argv[1]).write_text(HEAD + "".join(told), encoding="utf-8")
