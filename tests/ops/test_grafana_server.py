"""How a Grafana is started, seen from its side: a stand-in that takes up what its environment leads it to."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ops.answering import DoesNotAnswer
from ops.grafana.dashboards import ALL
from ops.grafana.server import Grafana, installed

STAND_IN = """#!{python}
import json, os, pathlib, re, sys, http.server
assert sys.argv[1] == "server"
provider = pathlib.Path(os.environ["GF_PATHS_PROVISIONING"], "dashboards", "copydesk.yaml").read_text()
folder = os.path.expandvars(re.search("path: (.+)", provider)[1])
pages = [json.loads(file.read_text()) for file in pathlib.Path(folder).glob("*.json")]
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps([{{"uid": page["uid"]}} for page in pages]).encode())
address = os.environ["GF_SERVER_HTTP_ADDR"], int(os.environ["GF_SERVER_HTTP_PORT"])
http.server.HTTPServer(address, Handler).serve_forever()
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "bin" / "grafana"
    file.parent.mkdir()
    file.write_text(STAND_IN.format(python=sys.executable))
    file.chmod(0o755)
    monkeypatch.setenv("PATH", str(file.parent), prepend=os.pathsep)
    return file


def prometheus() -> Any:
    return SimpleNamespace(address="127.0.0.1:9")


def test_it_is_led_to_every_dashboard(stand_in: Path, tmp_path: Path) -> None:
    assert installed()
    with Grafana(tmp_path, prometheus()) as grafana:
        assert grafana.dashboards() == {page.uid for page in ALL}


def test_one_that_does_not_start_is_told_with_its_log(stand_in: Path, tmp_path: Path) -> None:
    stand_in.write_text("#!/bin/sh\necho no home >&2\nexit 1\n")
    with pytest.raises(DoesNotAnswer, match="no home"), Grafana(tmp_path, prometheus()):
        pass
