"""Builds the sdist and, from it, the wheel: of what is committed alone, and the same bytes for the same commit.

usage: python -m ops.release.dist [FOLDER]

The build backend is the one that requirements.lock pins. It sets times and owners as it finds them in an sdist, so that
is packed once more; of a wheel SOURCE_DATE_EPOCH decides.
Reference:
    https://reproducible-builds.org/docs/archives/
"""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODES = {True: 0o755, False: 0o644}  # folder or not: nothing in a release is a program


def main(folder: Path) -> None:
    """Write both to ``folder``."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    epoch = int(git("log", "-1", "--format=%ct"))
    with tempfile.TemporaryDirectory() as name:
        committed, built = Path(name, "committed"), Path(name, "built")
        unpack(git("archive", "HEAD"), committed)
        sdist = build("sdist", committed, built, epoch)
        (folder / sdist.name).write_bytes(packed(sdist.read_bytes(), epoch))
        unpack(gzip.decompress((folder / sdist.name).read_bytes()), built)
        wheel = build("wheel", built / sdist.name.removesuffix(".tar.gz"), folder, epoch)
    print(f"{folder / sdist.name}\n{wheel}")


def packed(sdist: bytes, epoch: int) -> bytes:
    """The same files in the order of their names, all of one time, nobody's."""
    packed = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(sdist)) as old,
        gzip.GzipFile(fileobj=packed, mode="wb", filename="", mtime=epoch) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.PAX_FORMAT) as new,
    ):
        for member in sorted(old.getmembers(), key=lambda member: member.name):
            same = tarfile.TarInfo(member.name)
            same.type, same.size, same.mtime, same.mode = member.type, member.size, epoch, MODES[member.isdir()]
            new.addfile(same, old.extractfile(member))
    return packed.getvalue()


def build(kind: str, tree: Path, into: Path, epoch: int) -> Path:
    """What the build backend makes of ``tree``."""
    into.mkdir(exist_ok=True)
    call = f"import sys; from setuptools import build_meta; print(build_meta.build_{kind}(sys.argv[1]))"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
    command = [sys.executable, "-c", call, str(into)]
    # A wheel holds the files' modes: not as whoever builds it would have them.
    done = subprocess.run(command, cwd=tree, env=environment, umask=0o022, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return into / done.stdout.splitlines()[-1]


def unpack(archive: bytes, into: Path) -> None:
    """A tar archive, to a folder."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(into, filter="data")


def git(*arguments: str) -> bytes:
    """What git says."""
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist"))
