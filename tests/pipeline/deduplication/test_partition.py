from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.deduplication import shard_of
from copydesk.pipeline.deduplication.partition import BIG_LANGUAGES


@given(st.text(), st.integers(1, 100))
def test_any_language_has_a_partition(language: str, partitions: int) -> None:
    assert 0 <= shard_of(language, partitions) < partitions


def test_big_languages_share_no_partition_while_there_are_enough() -> None:
    assert len({shard_of(code, 16) for code in BIG_LANGUAGES}) == 16


def test_region_and_case_make_no_difference() -> None:
    assert shard_of("pt-BR", 8) == shard_of("PT", 8)


def test_small_language_keeps_its_partition_for_ever() -> None:
    assert [shard_of(code, 64) for code in ("is", "hr", "und")] == [12, 13, 32]


def test_no_partition_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        shard_of("en", 0)
