from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from copydesk.pipeline.wanted_models import ModelNotFound, check, entries


def test_a_pipeline_may_have_its_language_before_it() -> None:
    assert list(entries("en_core_web_lg, uk=xx_ent_wiki_sm,")) == [("", "en_core_web_lg"), ("uk", "xx_ent_wiki_sm")]


def test_ours_a_package_and_a_folder_are_there(tmp_path: Path) -> None:
    check(f"copydesk_en,uk=json,{tmp_path}")
    check(None)


@pytest.mark.parametrize("wanted", ["en_nowhere_sm", "copydesk_en,../nowhere"])
def test_one_that_is_not_there_is_named(wanted: str) -> None:
    with pytest.raises(ModelNotFound, match="nowhere"):
        check(wanted)


def test_the_main_process_of_a_worker_loads_no_spacy() -> None:
    loaded = "import copydesk.agents.worker, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
