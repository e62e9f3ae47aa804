from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from copydesk.serving.hub import Hub, Shown, read, written
from copydesk.subscribing.filters import matching


def shown(offset: int, partition: int = 0, topic: str = "news.enriched", **event: Any) -> Shown:
    return Shown(topic, partition, offset, b"{}", event)


def taken(listener: Any) -> list[int]:
    return [listener.queue.get_nowait().offset for _ in range(listener.queue.qsize())]


def test_everyone_gets_what_they_asked_for() -> None:
    hub = Hub()
    every, german = hub.listen("news.enriched", None), hub.listen("news.enriched", matching('language = "de"'))
    for offset, code in enumerate(["de", "en", "de"]):
        hub.show(shown(offset, language={"code": code}))
    hub.show(shown(7, topic="news.duplicates"))
    assert taken(every) == [0, 1, 2]
    assert taken(german) == [0, 2]


def test_who_does_not_keep_up_is_dropped_and_told_and_the_others_go_on() -> None:
    hub = Hub(behind=3)
    slow, prompt = hub.listen("news.enriched", None), hub.listen("news.enriched", None)
    for offset in range(5):
        hub.show(shown(offset))
        assert prompt.queue.get_nowait() is not None
    assert slow.dropped
    assert (hub.slow, hub.listeners) == (1, {prompt})
    assert [slow.queue.get_nowait() for _ in range(3)][-1] is None


def test_an_event_of_another_shape_is_nobodys_and_breaks_nothing() -> None:
    hub = Hub()
    listener = hub.listen("news.enriched", matching('"x" in entities'))
    hub.show(shown(0, entities=17))
    hub.show(shown(1, entities=[{"text": "x", "label": "ORG"}]))
    assert taken(listener) == [1]


def test_who_comes_back_gets_what_lies_between_and_is_told_when_that_is_forgotten() -> None:
    hub = Hub(kept=3)
    for offset in range(5):
        hub.show(shown(offset))
    listener = hub.listen("news.enriched", None)
    found, whole = hub.since(listener, {0: 3})
    assert ([one.offset for one in found], whole) == ([3, 4], True)
    found, whole = hub.since(listener, {0: 1})
    assert ([one.offset for one in found], whole) == ([2, 3, 4], False)


def test_what_is_remembered_is_bounded_by_its_size_too() -> None:
    hub = Hub(kept_bytes=100)
    for offset in range(5):
        hub.show(Shown("news.raw", 0, offset, b"x" * 40, {}))
    assert [one.offset for one in hub.last(hub.listen("news.raw", None), 9)] == [3, 4]


def test_who_begins_stands_before_the_first_event_it_gets_and_at_the_end_of_other_partitions() -> None:
    hub = Hub()
    for offset in range(5):
        hub.show(shown(offset, partition=0))
        hub.show(shown(offset, partition=1, language={"code": "de"}))
    german = hub.listen("news.enriched", matching('language = "de"'))
    first = hub.last(german, 2)
    assert hub.before("news.enriched", first) == {0: 5, 1: 3}
    found, whole = hub.since(german, hub.before("news.enriched", first))
    assert (found, whole) == (first, True)


@given(st.dictionaries(st.integers(0, 500), st.integers(0, 10**12), max_size=20))
def test_a_position_is_read_as_it_was_written(position: dict[int, int]) -> None:
    assert read(written(position)) == position


@given(st.text(max_size=50))
def test_any_text_is_a_position_or_the_beginning(text: str) -> None:
    assert isinstance(read(text), dict)
