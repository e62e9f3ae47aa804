import pytest

from copydesk.schemas.topics import MAX_MESSAGE_BYTES, MAX_PAGE_BYTES, Topics, topics


def test_a_page_fits_into_a_message_even_when_every_byte_is_escaped() -> None:
    assert 2 * MAX_PAGE_BYTES < MAX_MESSAGE_BYTES


def test_every_topic_takes_the_largest_message() -> None:
    assert {topic.config["max.message.bytes"] for topic in Topics().all} == {str(MAX_MESSAGE_BYTES)}


def test_only_the_state_is_compacted() -> None:
    assert [topic.name for topic in Topics().all if topic.compacted] == ["news.dedupe.state"]


def test_prefix_and_partitions_apply_to_all() -> None:
    assert {(topic.name.split(".")[0], topic.partitions) for topic in topics(3, "desk.").all} == {("desk", 3)}


def test_state_and_shards_have_the_same_partitions() -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match="a shard's state"):
        Topics(dedupe_state=replace(Topics.dedupe_state, partitions=5))
