from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from agents.settings import SettingsError, load


def test_the_environment_names_the_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_BROKER", "kafka.example:9092")
    assert load().broker == "kafka.example:9092"


def test_an_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_PROCESSES", "3")
    assert load(processes=5).processes == 5


def test_an_option_that_is_not_given_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_PROCESSES", "3")
    assert load(processes=None).processes == 3


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "copydesk.toml").write_text('broker = "file.example:9092"\nwindow = "P3D"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPYDESK_BROKER", "environment.example:9092")
    assert (load().broker, load().window) == ("environment.example:9092", timedelta(days=3))


def test_a_setting_that_cannot_be_used_is_named_with_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_PARTITIONS", "none")
    with pytest.raises(SettingsError, match="COPYDESK_PARTITIONS='none'"):
        load()


def test_a_misspelt_setting_in_the_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "copydesk.toml").write_text('brokers = "kafka.example:9092"\n')
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match="BROKERS"):
        load()


def test_topics_follow_prefix_and_partitions() -> None:
    topics = load(topic_prefix="desk.", partitions=7).topics
    assert (topics.raw.name, topics.raw.partitions) == ("desk.news.raw", 7)
