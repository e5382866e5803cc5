"""How long whole commands take, as ratios to importing the libraries in the same run.

    .venv/bin/python benchmarks/speed.py     (Windows: .venv\\Scripts\\python; nothing of the project is changed)

Seconds depend on the machine, ratios much less. Every command is run several times in turn, so that a slow minute of
the machine hits all of them; the median counts. Memory is the largest single process.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMPORTS = "import pandas, scipy.special, pyarrow, pydantic, pyreadstat, python_calamine, matplotlib.figure"
#: What is promised on two cores, in seconds.
PROMISED = {"pipeline check": 3, "pipeline run": 10, "repro --force": 45, "repro, nothing to do": 3}


def commands(copy: Path, out: Path) -> dict[str, tuple[list[str], Path]]:
    """Return name -> (command, folder it runs in); `copy` is a copy of the project that repro may write to."""
    python = sys.executable
    return {
        "import the libraries": ([python, "-c", IMPORTS], ROOT),
        "pipeline check": ([python, "-m", "pipeline", "check"], copy),
        "pipeline run": ([python, "-m", "pipeline", "run", "--raw", str(ROOT / "raw"), "--out", str(out)], ROOT),
        "repro --force": ([python, "-m", "dvc", "repro", "--force"], copy),
        "repro, nothing to do": ([python, "-m", "dvc", "repro"], copy),
    }


def seconds(command: list[str], folder: Path) -> float:
    """Run a command quietly and return how long it took; 1 is the code of a check that leaves something to decide."""
    scripts = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": os.pathsep.join([scripts, os.environ["PATH"]]), "PYTHONPATH": str(folder)}
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if done.returncode not in ((0, 1) if "check" in command else (0,)):
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}")
    return time.perf_counter() - start


def copy_of_project(folder: Path) -> Path:
    """Copy what repro needs, without git: DVC is told so."""
    copy = folder / "project"
    ignore = shutil.ignore_patterns(".venv", ".git", "__pycache__", "processed", "figures", "dvc.lock", ".*_cache")
    shutil.copytree(ROOT, copy, ignore=ignore)
    (copy / ".dvc" / "config.local").write_text("[core]\n    no_scm = true\n", encoding="utf-8")
    return copy


def peak_megabytes(command: list[str], folder: Path) -> float:
    """Return the largest resident size of a command."""
    code = (
        "import resource, subprocess\n"
        f"subprocess.run({command!r}, cwd={str(folder)!r}, stdout=-3, stderr=-3, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    size = int(subprocess.check_output([sys.executable, "-c", code], text=True))
    return size / (1_000_000 if sys.platform == "darwin" else 1_000)


def main() -> None:
    """Print one row per command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        todo = commands(copy_of_project(Path(folder)), Path(folder) / "out")
        times: dict[str, list[float]] = {name: [] for name in todo}
        for _ in range(rounds):
            for name, (command, where) in todo.items():
                times[name].append(seconds(command, where))
        memory = peak_megabytes(*todo["pipeline run"])
    unit = statistics.median(times["import the libraries"])
    print(f"{'command':24}{'seconds':>9}{'ratio':>8}{'promised':>10}")
    for name, found in times.items():
        median, promised = statistics.median(found), PROMISED.get(name)
        print(f"{name:24}{median:9.2f}{median / unit:8.1f}{f'{promised} s' if promised else '':>10}")
    print(f"pipeline run, memory: {memory:.0f} MB (promised 600 MB)")


if __name__ == "__main__":
    main()
