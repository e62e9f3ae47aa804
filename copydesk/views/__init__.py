"""An Article in the shapes that others read: pure functions of the event, one a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from copydesk.schemas import Article
from copydesk.views.json_ld import json_ld
from copydesk.views.news_please import news_please
from copydesk.views.ninjs import ninjs

VIEWS: dict[str, Callable[[Article], dict[str, Any]]] = {"ninjs": ninjs, "json-ld": json_ld, "news-please": news_please}
"""By the name they have on the command line."""
