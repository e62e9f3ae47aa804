from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.deduplication import postings as module
from copydesk.pipeline.deduplication.postings import Postings

KEYS = st.lists(st.integers(1, 40), max_size=8, unique=True)


@pytest.fixture(scope="module", autouse=True)
def small_rings() -> Iterator[None]:
    """So that a short test outgrows them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_LEAST_ROOM", 4)
        yield


@given(st.lists(st.tuples(KEYS, st.integers(0, 3)), max_size=300), st.integers(1, 6))
def test_newest_records_of_a_key_are_found_as_a_plain_dict_finds_them(
    records: list[tuple[list[int], int]], limit: int
) -> None:
    postings, plain, oldest = Postings(4), defaultdict(list), 0
    for number, (keys, leave) in enumerate(records):
        oldest = min(oldest + leave, number)
        postings.add(number, keys, oldest)
        for key in keys[:4]:
            plain[key].append(number)
        for key in keys:
            expected = [held for held in reversed(plain[key]) if held >= oldest][:limit]
            assert postings.find([key], oldest, limit) == [expected]


def test_numbers_wrap_without_a_wrong_answer() -> None:
    postings = Postings(16)
    start = 2**28 - 100  # records of 16 postings: 2^32
    for number in range(start, start + 200):
        postings.add(number, [number, 7], number - 50 if number > start + 50 else start)
    newest = start + 199
    assert postings.find([7], newest - 50, 3) == [[newest, newest - 1, newest - 2]]
    assert postings.find([newest - 10, newest - 60], newest - 50, 3) == [[newest - 10], []]
