from __future__ import annotations

import pytest

from copydesk.pipeline.extraction.names.byline import authors_in
from copydesk.pipeline.extraction.names.opening import opening_byline
from copydesk.pipeline.extraction.names.script import language_of_script


@pytest.mark.parametrize(
    "text, names",
    [
        ("海报社绿岛5月4日电（记者 柳青山 温河）新码头今天开放。", ["柳青山", "温河"]),
        ("據海報社綠島電（記者柳青山）新碼頭今天開放。", ["柳青山"]),
        ("(푸른섬=바다통신) 한가람 기자 = 새 부두가 열렸다.", ["한가람"]),
    ],
)
def test_a_reporter_is_named_in_the_dateline(text: str, names: list[str]) -> None:
    byline = opening_byline(text)
    assert byline is not None
    assert list(authors_in(byline, language_of_script(text), "printed")) == names


@pytest.mark.parametrize(
    "text",
    [
        "新码头今天开放，记者在现场看到很多人。",
        "新码头今天开放（图片）。",
        "(사진) 새 부두가 열렸다.",
        "The pier opened (reporters were there).",
    ],
)
def test_most_stories_name_none_there(text: str) -> None:
    assert opening_byline(text) is None


@pytest.mark.parametrize(
    "text, language",
    [
        ("新码头今天在绿岛开放，市长说", "zh"),
        ("新しい桟橋が今日開かれたと町は発表した", "ja"),
        ("새 부두가 오늘 열렸다고 시가 밝혔다", "ko"),
        ("The pier opened, 码头", None),
    ],
)
def test_a_script_tells_its_language(text: str, language: str | None) -> None:
    assert language_of_script(text) == language
