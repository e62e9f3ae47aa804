"""What scripts make is what the scripts, as they stand, made."""

import json

import pytest

from training.manifest import MANIFEST, ROOT, digest

MADE = json.loads(MANIFEST.read_text(encoding="utf-8"))


@pytest.mark.parametrize("output", sorted(MADE))
def test_shipped_data_is_what_its_script_made(output: str) -> None:
    made = MADE[output]
    assert digest(ROOT / output) == made["sha256"], f"{output} was changed by hand: run {made['made_by']}"
    assert digest(ROOT / made["made_by"]) == made["script_sha256"], f"{made['made_by']} has changed: run it"
    for path, sha256 in made.get("reads", {}).items():
        assert digest(ROOT / path) == sha256, f"{path} has changed: run {made['made_by']}"
