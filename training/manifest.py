"""Says of each data file that ships which script made it, so that a test can tell when one is out of date."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = Path(__file__).with_name("manifest.json")


def record(script: str, *outputs: Path, reads: Sequence[Path] = ()) -> None:
    """Note that ``script`` as it stands, with the modules ``reads``, has made ``outputs`` as they stand."""
    known = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else {}
    for output in outputs:
        made = known[within(output)] = {
            "made_by": within(Path(script)),
            "script_sha256": digest(Path(script)),
            "sha256": digest(output),
        }
        if reads:
            made["reads"] = {within(path): digest(path) for path in reads}
    MANIFEST.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def within(path: Path) -> str:
    """``path`` as the project has it, whatever link it was come by."""
    return str(path.resolve().relative_to(ROOT))


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal; of a module, of what it does: not of its words, nor of where modules lie."""
    held = path.read_bytes()
    return hashlib.sha256(meaning(held) if path.suffix == ".py" else held).hexdigest()


def meaning(source: bytes) -> bytes:
    """A module without comments, docstrings, and the packages that its names are imported from."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            del node.body[0]
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    names = sorted(f"{alias.name} {alias.asname}" for node in imports for alias in node.names)
    tree.body = [node for node in tree.body if node not in imports]
    return f"{names} {ast.dump(tree)}".encode()
