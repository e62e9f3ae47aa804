"""The example configurations for Kafka Connect go by the topics and values that there are."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from copydesk.schemas.topics import Topics

EXAMPLES = sorted((Path(__file__).parents[3] / "docs" / "examples" / "connect").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_connector_reads_one_of_our_topics_as_plain_json(path: Path) -> None:
    connector = orjson.loads(path.read_bytes())
    assert connector.keys() == {"name", "config"}  # what Connect's REST interface takes
    config = connector["config"]
    assert config["topics"] in Topics().names
    assert config["value.converter"] == "org.apache.kafka.connect.json.JsonConverter"
    assert config["value.converter.schemas.enable"] == "false"  # our values have no envelope
    assert all(isinstance(value, str) for value in config.values())
