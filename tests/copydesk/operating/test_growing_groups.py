"""What is asked of a broker about its groups when it has just begun."""

from __future__ import annotations

from typing import Any

import pytest
from kafka.errors import CoordinatorNotAvailableError

from copydesk.operating import growing


class Beginning:
    """A broker that knows its groups when it was asked often enough."""

    def __init__(self, times: int) -> None:
        self.left = times

    def groups(self, group: str) -> dict[str, Any]:
        self.left -= 1
        if self.left >= 0:
            raise CoordinatorNotAvailableError
        return {group: "known"}


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "AGAIN_SECONDS", 0.0)


def test_a_broker_that_has_no_coordinator_yet_is_asked_again() -> None:
    assert growing._of_group("desk", Beginning(3).groups) == "known"


def test_one_that_never_has_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copydesk.clients.PATIENCE_SECONDS", 0.05)
    with pytest.raises(CoordinatorNotAvailableError):
        growing._of_group("desk", Beginning(1_000_000).groups)
