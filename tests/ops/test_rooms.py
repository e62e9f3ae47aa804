"""The house is in order: who may know whom is kept, and no room is a heap."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
TOPS = ("agents", "benchmarks", "copydesk", "ops", "pipeline", "schemas", "training")
MOST = 16  # modules directly in a folder


def test_no_module_knows_what_it_may_not_and_no_folder_has_a_circle() -> None:
    assert lint_imports(str(ROOT / "pyproject.toml"), cache_dir=None) == 0


def test_no_folder_is_a_heap() -> None:
    modules = [module for top in TOPS for module in (ROOT / top).rglob("*.py") if module.name != "__init__.py"]
    folders = Counter(str(module.parent.relative_to(ROOT)) for module in modules)
    assert {folder: count for folder, count in folders.items() if count > MOST} == {}
