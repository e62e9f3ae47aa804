"""Reporters named where a story opens, in or behind its dateline, as Chinese and Korean news print them."""

from __future__ import annotations

import re
from typing import Final

WITHIN: Final = 80  # characters of the story's beginning
_CHINESE: Final = re.compile(
    r"[（(](?P<byline>(?:[\u3400-\u9fff]{0,8})(?:记者|記者|通讯员|通訊員|实习生)[\s:：]*[\u3400-\u9fff·\s、,，]{2,40})[)）]"
)
_KOREAN: Final = re.compile(
    r"^[(（\[【][^)）\]】]{2,30}[)）\]】]\s*(?P<byline>[\uac00-\ud7af]{2,4}(?:[\s·,]+[\uac00-\ud7af]{2,4}){0,3}\s?(?:기자|특파원))"
)


def opening_byline(text: str) -> str | None:
    """The byline that a story opens with: 记者 张三 of "新华社北京电（记者 张三）…"; None where there is none."""
    head = text[:WITHIN]
    found = _CHINESE.search(head) or _KOREAN.match(head)
    return found["byline"] if found else None
