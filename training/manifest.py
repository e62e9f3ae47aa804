"""Says of each data file that ships which script made it, so that a test can tell when one is out of date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
MANIFEST = Path(__file__).parent / "manifest.json"


def record(script: str, *outputs: Path, reads: Sequence[Path] = ()) -> None:
    """Note that ``script`` as it stands, with the modules ``reads``, has made ``outputs`` as they stand."""
    known = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else {}
    for output in outputs:
        known[str(output.relative_to(ROOT))] = {
            "made_by": str(Path(script).relative_to(ROOT)),
            "script_sha256": digest(Path(script)),
            "sha256": digest(output),
        }
        if reads:
            known[str(output.relative_to(ROOT))]["reads"] = {
                str(path.relative_to(ROOT)): digest(path) for path in reads
            }
    MANIFEST.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
