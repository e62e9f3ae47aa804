"""The version, wherever it is written, and what CHANGELOG.md says of it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITTEN = {
    "pyproject.toml": r'^version = "(.+)"$',
    "copydesk/__init__.py": r'^__version__ = "(.+)"$',
    "pipeline/__init__.py": r'^VERSION = "(.+)"$',
    "docker-compose.yml": r"^ +image: copydesk:(\S+)$",
    "ops/kubernetes/worker.yaml": r"^ +image: copydesk:(\S+)$",
}


class NotReady(Exception):
    """Something does not say that it is this version; the message names it."""


def notes(version: str, root: Path = ROOT) -> str:
    """What changed in ``version``, for users.

    Raises:
        NotReady: a file has another version, or CHANGELOG.md has no section of this one.
    """
    for name, found in written(root).items():
        if found != {version}:
            raise NotReady(f"{name} says {', '.join(sorted(found)) or 'no version'}, not {version}")
    section = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n(.*?)(?=^## \[|\Z)"
    told = re.search(section, (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    if told is None:
        raise NotReady(f"CHANGELOG.md has no section [{version}] with a day")
    return told[1].strip() + "\n"


def written(root: Path = ROOT) -> dict[str, set[str]]:
    """The versions that each file says."""
    return {
        name: set(re.findall(pattern, (root / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name, pattern in WRITTEN.items()
    }
