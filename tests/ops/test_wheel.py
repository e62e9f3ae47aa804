"""What is installed is one import name, whoever else has a package called agents."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ("agents", "copydesk", "pipeline", "schemas", "pyproject.toml", "README.md", "LICENSE")
NOTHING = {"PATH": "/usr/bin:/bin"}
"""The environment of somebody who has set nothing."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder)
    build = ["wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder / "out")]
    subprocess.run([sys.executable, "-m", "pip", *build, str(folder)], check=True)
    [made] = (folder / "out").glob("*.whl")
    return made


def test_the_wheel_has_one_name_at_its_top_and_all_of_the_rooms_in_it(wheel: Path) -> None:
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in held} == {"copydesk"}
    for top in ("agents", "pipeline", "schemas"):
        here = {str(path.relative_to(ROOT)) for path in (ROOT / top).rglob("*") if path.is_file()}
        missing = {name for name in here if "__pycache__" not in name and f"copydesk/{name}" not in held}
        assert missing == set()


def test_installed_beside_a_package_called_agents_it_runs_the_demo_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    python = str(tmp_path / "venv/bin/python")
    asked = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())
    (packages / "agents").mkdir()
    (packages / "agents/__init__.py").write_text("OWNER = 'somebody else'\n")
    # What Copydesk needs comes from here; that it is installed here does not show there: a .pth file counts in its own.
    (packages / "needs.pth").write_text(sysconfig.get_path("purelib") + "\n")
    install = ["--python", python, "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True)

    told = [python, "-c", "import agents, copydesk; print(agents.OWNER, copydesk.__file__)"]
    shown = subprocess.run(told, capture_output=True, text=True, check=True, cwd=tmp_path, env=NOTHING).stdout
    assert shown.split() == ["somebody", "else", str(packages / "copydesk/__init__.py")]
    demo = [str(tmp_path / "venv/bin/copydesk"), "demo", "-o", "events.jsonl"]
    done = subprocess.run(demo, capture_output=True, text=True, check=False, cwd=tmp_path, env=NOTHING)
    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "events.jsonl").read_bytes().splitlines()) == 49
