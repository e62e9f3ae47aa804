"""Where a time may be the article's: an address tells its day, a sentence of the story tells another's."""

from __future__ import annotations

import re
from typing import Final

from copydesk.pipeline.extraction.page import Stamp
from copydesk.pipeline.extraction.time.timestamps import read_time

FEWEST_WORDS: Final = 9  # of a sentence; a line that tells a time has fewer, or does not end as a sentence does
FEWEST_UNSPACED: Final = 30  # characters of one in a script without spaces

_URL_DAY: Final = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?:(?P<mark>[/-])(?P<month>1[0-2]|0?[1-9])(?P=mark)(?P<day>[0-3]?\d)"
    r"|(?P<month2>0[1-9]|1[0-2])(?P<mark2>[/-]?)(?P<day2>[0-3]\d))(?=[/_.-]|$)"
)
_END: Final = re.compile(r"[.!?…。！？।۔؟][\"'”’»」』)]?$")


def url_day(url: str | None) -> Stamp | None:
    """The day that an address holds."""
    match = _URL_DAY.search((url or "")[:2_000])
    if match is None:
        return None
    month, day = match["month"] or match["month2"], match["day"] or match["day2"]
    found = read_time(f"{match['year']}-{month}-{day}")
    return Stamp(found.when, "day", match[0]) if found else None


def is_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, and is as long as one."""
    text = text.rstrip()
    long = len(text.split()) >= FEWEST_WORDS or (len(text) >= FEWEST_UNSPACED and text[-1:] in "。！？")
    return long and _END.search(text) is not None
