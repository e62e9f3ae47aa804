from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from copydesk.agents.settings import SettingsError, load


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


def test_a_language_has_no_more_shards_than_there_are_partitions() -> None:
    assert load(partitions=4, shards_per_language=4).shards_per_language == 4
    with pytest.raises(SettingsError, match=r"COPYDESK_SHARDS_PER_LANGUAGE=5: .*there are 4"):
        load(partitions=4, shards_per_language=5)


def test_topics_follow_prefix_and_partitions() -> None:
    topics = load(topic_prefix="desk.", partitions=7).topics
    assert (topics.raw.name, topics.raw.partitions) == ("desk.news.raw", 7)


@pytest.mark.parametrize("line", ['sasl_pasword = "hush-hush"', "sasl_password = 17_4711_17"])
def test_a_password_that_is_not_understood_is_not_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str
) -> None:
    (tmp_path / "copydesk.toml").write_text(line + "\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match="COPYDESK_SASL_PAS") as refused:
        load()
    assert "hush" not in str(refused.value)
    assert "4711" not in str(refused.value)


def test_a_password_is_in_no_picture_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_SASL_PASSWORD", "hush-hush")
    settings = load()
    assert settings.sasl_password.get_secret_value() == "hush-hush"
    assert "hush" not in f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"


def test_a_password_may_be_a_mounted_file(tmp_path: Path) -> None:
    (tmp_path / "copydesk_sasl_password").write_text("hush-hush\n")
    program = "from copydesk.agents.settings import load; print(load().sasl_password.get_secret_value())"
    told = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "COPYDESK_SECRETS_DIR": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout == "hush-hush\n"


def test_metrics_are_for_this_machine_alone_unless_it_is_said_otherwise() -> None:
    assert load().metrics_host == "127.0.0.1"
