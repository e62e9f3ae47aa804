"""Extraction as it reads sites that it has not learned from: copies of the program, each trained without some sites."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Final

from training.extraction import SCRIPTS
from training.manifest import MANIFEST, ROOT

PARTS: Final = ("agents", "benchmarks", "copydesk", "pipeline", "schemas", "training")


class ProgramFailed(Exception):
    """A program that a bench has started did not end well; its last lines say why."""


def taught(program: Path, gold: Path) -> Path:
    """A copy of this program, whose extraction knows what ``gold`` teaches and nothing else.

    It is trained by the command that trains what ships. What ships is left as it is.

    Args:
        program: directory to make.
        gold: files of gold pages.
    Raises:
        ProgramFailed: training did not come to an end; without the packages of the group ``bench`` it does not begin.
    """
    copy(program)
    run(program, "training.extraction", gold.resolve())
    return program


def copy(program: Path) -> None:
    """A copy without the files that training makes: what does not learn cannot read."""
    for part in PARTS:
        copytree(ROOT / part, program / part, symlinks=True, ignore=ignore_patterns("__pycache__"))
    for path in learned():
        (program / path).unlink()


def learned() -> list[str]:
    """The files that training makes, from the root."""
    scripts = {f"training/extraction/{script}.py" for script in SCRIPTS}
    made = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return [path for path, how in made.items() if how["made_by"] in scripts]


def run(program: Path, module: str, *arguments: Path | str) -> None:
    """Runs a module of the copy in ``program``: what is there goes before what is installed."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=program, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise ProgramFailed(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
