from __future__ import annotations

import shutil
import subprocess

import pytest

from copydesk.serving.web import STATIC


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
def test_the_script_of_the_live_page_can_be_read() -> None:
    script = (STATIC / "live.js").read_bytes()
    read = subprocess.run(
        ["node", "--check", "--input-type=module", "-"], input=script, capture_output=True, check=False
    )
    assert read.returncode == 0, read.stderr.decode()
