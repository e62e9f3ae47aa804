"""A release says one version everywhere, tells what changed, and is the same bytes each time."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from ops.release import __main__ as command
from ops.release.dist import packed
from ops.release.version import ROOT, WRITTEN, NotReady, notes, written

CHANGELOG = """# Changelog

## [Unreleased]

## [1.2.3] - 2026-01-09

### Added
- Snow.

## [1.2.2] - 2026-01-08
- Rain.
"""
SAID = {
    "pyproject.toml": 'version = "1.2.3"\n',
    "copydesk/__init__.py": '__version__ = "1.2.3"\n',
    "pipeline/__init__.py": 'VERSION = "1.2.3"\n',
    "docker-compose.yml": "  image: copydesk:1.2.3\n",
    "ops/kubernetes/worker.yaml": "          image: copydesk:1.2.3\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {**SAID, "CHANGELOG.md": CHANGELOG}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_project_has_one_version() -> None:
    assert len(set.union(*written().values())) == 1
    assert all(written().values())


def test_every_image_of_ours_that_is_named_has_the_version() -> None:
    named = [path for path in ROOT.glob("ops/kubernetes/*.y*ml") if "copydesk:" in path.read_text(encoding="utf-8")]
    assert {str(path.relative_to(ROOT)) for path in named} <= WRITTEN.keys()


def test_the_notes_are_the_versions_own(root: Path) -> None:
    assert notes("1.2.3", root) == "### Added\n- Snow.\n"


@pytest.mark.parametrize("name", SAID)
def test_a_file_that_was_forgotten_is_named(root: Path, name: str) -> None:
    (root / name).write_text(SAID[name].replace("1.2.3", "1.2.2"))
    with pytest.raises(NotReady, match=rf"{name} says 1\.2\.2, not 1\.2\.3"):
        notes("1.2.3", root)


def test_a_version_without_notes_is_not_ready(root: Path) -> None:
    (root / "CHANGELOG.md").write_text(CHANGELOG.replace("[1.2.3] - 2026-01-09", "[1.2.3]"))
    with pytest.raises(NotReady, match="no section"):
        notes("1.2.3", root)


@pytest.mark.parametrize("tag", ["1.2.3", "v1.2", "v1.2.3; true", ""])
def test_what_is_no_version_is_refused(tag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(tag) == 2
    assert "no version" in capsys.readouterr().err


def sdist(names: list[str], at: int, owner: int) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.mtime, member.uid, member.mode, member.size = at, owner, 0o600 + owner, len(name)
            archive.addfile(member, io.BytesIO(name.encode()))
    return made.getvalue()


def test_an_sdist_is_the_same_whoever_packs_it_and_when() -> None:
    one, other = sdist(["a/b", "a/c"], at=1, owner=0), sdist(["a/c", "a/b"], at=2, owner=7)
    assert one != other
    assert packed(one, 1_767_981_600) == packed(other, 1_767_981_600)


def test_an_sdist_packed_again_holds_what_it_held() -> None:
    with tarfile.open(fileobj=io.BytesIO(packed(sdist(["a/b"], at=1, owner=0), 5))) as archive:
        (member,) = archive.getmembers()
        assert (member.name, member.mtime, member.mode) == ("a/b", 5, 0o644)
        assert (archive.extractfile(member) or io.BytesIO()).read() == b"a/b"
