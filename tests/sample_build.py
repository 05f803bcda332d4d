"""The packaged sample, built once per test process; and the command run as people run it."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
SAMPLES = ROOT / "kg" / "samples"
SAMPLE = SAMPLES / "highlights-2024.txt"


@cache
def built() -> Path:
    """An output folder of the sample; read it only."""
    from kg.pipeline import build

    folder = Path(tempfile.mkdtemp(prefix="kg-sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    build(SAMPLE, folder)
    return folder


def kg(
    *arguments: str | Path, cwd: Path | None = None, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``kg`` in a process of its own."""
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        input=stdin,
        env={**os.environ, "PYTHONPATH": paths, **environment},
        timeout=300,
    )
