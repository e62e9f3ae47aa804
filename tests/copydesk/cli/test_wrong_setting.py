import pytest
from typer.testing import CliRunner

from copydesk.cli import app


@pytest.mark.parametrize(
    "command",
    ["worker", "settings", "feed -", "topics list", "topics create", "dead-letters", "serve", "tail news.enriched"],
)
def test_a_wrong_setting_ends_every_command_with_a_line_that_names_it(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPYDESK_PARTITIONS", "many")
    done = CliRunner().invoke(app, command.split())
    assert done.exit_code == 2
    name, *_ = command.split()
    assert done.stderr.splitlines()[-1].startswith(f"copydesk {name}: COPYDESK_PARTITIONS='many': ")
