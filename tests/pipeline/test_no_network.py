"""The pipeline reads what it is given: it opens no connection, whatever addresses a page holds."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk import pipeline

FOLDER = Path(pipeline.__file__).parent
NETWORK = {"socket", "ssl", "http", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "asyncio", "kafka",
           "aiokafka", "faust", "subprocess", "webbrowser", "xmlrpc"}  # fmt: skip
OF_URLLIB = {"request", "robotparser"}

WORK = """
import sys
seen = []
TOLD = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request",
        "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}
sys.addaudithook(lambda event, arguments: seen.append((event, arguments))
    if event in TOLD else None)
from copydesk.agents.carrying import work
from ops.hostile.pages import message, seeds
import random
from copydesk.schemas import ContractError
from copydesk.pipeline.extraction import ExtractionError
read = 0
for category, page in seeds():
    if category in ("addresses", "entities", "injections", "shapes"):
        try:
            extracted = work.extract(message(0, page, random.Random(2)), "news.raw", 0, 0)
        except (ContractError, ExtractionError):
            continue
        work.sketch(extracted.article)
        work.annotate(extracted.article, None)
        read += 1
print(read, seen)
"""


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.py")), ids=lambda file: str(file.relative_to(FOLDER)))
def test_nothing_of_the_network_is_imported(file: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    assert not {name for name in imported if name.split(".")[0] in NETWORK}
    assert not imported & {f"urllib.{name}" for name in OF_URLLIB}


def test_no_connection_is_opened_for_a_page_full_of_addresses() -> None:
    done = subprocess.run([sys.executable, "-c", WORK], capture_output=True, text=True, check=True)
    read, seen = done.stdout.split(" ", 1)
    assert int(read) > 50
    assert seen.strip() == "[]"
