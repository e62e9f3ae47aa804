from __future__ import annotations

import shutil
import subprocess

import pytest

from copydesk.serving.web import STATIC


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_the_script_of_the_live_page_can_be_read() -> None:
    subprocess.run(["node", "--check", STATIC / "live.js"], check=True)
