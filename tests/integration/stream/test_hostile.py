"""Pages that mean harm end as articles or typed dead letters, and the worker goes on; `ops.hostile` does more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ops.hostile.pages import CATEGORIES, seeds


@pytest.mark.kafka
@pytest.mark.timeout(420)
def test_no_hostile_page_ends_a_worker_or_is_lost(tmp_path: Path) -> None:
    count = len(list(seeds()))
    assert count > 200
    command = [sys.executable, "-m", "ops.hostile", "--pages", str(count), "--shared", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert f"{count} sent, 0 lost, the worker did not end" in done.stdout
    assert all(f" {category}" in done.stdout for category in CATEGORIES)
