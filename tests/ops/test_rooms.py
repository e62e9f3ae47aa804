"""The house is in order: who may know whom is kept, and no room is a heap."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOPS = ("agents", "benchmarks", "copydesk", "ops", "pipeline", "schemas", "training")
MOST = 16  # modules directly in a folder


def test_no_module_knows_what_it_may_not_and_no_folder_has_a_circle() -> None:
    lint = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_folder_is_a_heap() -> None:
    modules = [module for top in TOPS for module in (ROOT / top).rglob("*.py") if module.name != "__init__.py"]
    folders = Counter(str(module.parent.relative_to(ROOT)) for module in modules)
    assert {folder: count for folder, count in folders.items() if count > MOST} == {}
