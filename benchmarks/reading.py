"""How fast files are read: as ratios to pandas.read_csv and to calamine on the same files in the same run.

    .venv/bin/python benchmarks/reading.py --rows 1000000

A CSV of 30 questions goes through the whole ingest stage (read, harmonised, duplicates sought, tables checked and
written); an xlsx of 20 000 x 30 is read to text cells. Memory is the largest the process had.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
LABELS = (
    "Täysin eri mieltä",
    "Jokseenkin eri mieltä",
    "Ei samaa eikä eri mieltä",
    "Jokseenkin samaa mieltä",
    "Täysin samaa mieltä",
    "En osaa sanoa",
    "",
)
QUESTIONS = 28
#: What is promised: seconds and megabytes for a million rows, and the ratio to calamine.
PROMISED = "60 s, 2000 MB; xlsx 1.5 x calamine"


def write_project(raw: Path, rows: int) -> Path:
    """Write a project with one CSV of `rows` responses and return the CSV."""
    (raw / "feedback").mkdir(parents=True)
    outcome = "[[outcomes]]\nkey = 'c0'\nlabel = { fi = 'C0' }\nprimary = true\n"
    (raw / "project.toml").write_text(f"[project]\ncode = 'B'\nname = 'Benchmark'\n{outcome}", encoding="utf-8")
    questions = [f",select_one agree,q{i:02},Kysymys {i:02},c{i // 4},transition," for i in range(QUESTIONS)]
    choices = [f",agree,{i},{label}," for i, label in enumerate(LABELS[:5], start=1)]
    lines = [
        "survey,type,name,label::Suomi (fi),construct,design,field",
        ",text,key,Numero,,,response_key",
        ",datetime,when,Aikaleima,,,submitted_at",
        *questions,
        ",text,comment,Vapaa palaute,,,",
        ",decimal,hours,Tunteja,,background,",
        "choices,list_name,name,label::Suomi (fi),missing",
        *choices,
        f",agree,dk,{LABELS[5]},dont_know",
    ]
    (raw / "instrument.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    path = raw / "feedback" / "answers.csv"
    answers = np.array(LABELS, dtype=object)[np.random.default_rng(1).integers(0, 7, (rows, QUESTIONS))]
    with path.open("w", encoding="utf-8") as stream:
        header = ";".join(f"Kysymys {i:02}" for i in range(QUESTIONS))
        stream.write(f"Numero;Aikaleima;{header};Vapaa palaute;Tunteja\n")
        for i, row in enumerate(answers):
            moment = f"{i % 28 + 1}.5.2017 klo {i % 24}.{i % 60:02}"
            stream.write(f"{i};{moment};{';'.join(row)};palaute {i % 5000};{i % 40 / 2}\n")
    return path


def write_workbook(path: Path) -> None:
    """Write an xlsx of 20 000 x 30, a third of it numbers."""
    import xlsxwriter

    codes = np.random.default_rng(1).integers(0, 6, (20_000, 30))
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [f"Kysymys {i:02}" for i in range(30)])
        for number, row in enumerate(codes, start=1):
            sheet.write_row(number, 0, [int(c) if i % 3 == 0 else LABELS[c] for i, c in enumerate(row)])


def stage(raw: Path, out: Path) -> tuple[float, float]:
    """Run the ingest stage in a process of its own; return seconds and megabytes."""
    code = (
        "import pathlib, resource, time\n"
        "from pipeline import stages\n"
        "from pipeline.core.workspace import Workspace\n"
        "start = time.perf_counter()\n"
        f"stages.run('ingest', Workspace.split({str(raw)!r}, {str(out)!r}))\n"
        "size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        # on Linux that is at least what the parent had: the kernel keeps it over fork and exec
        "status = pathlib.Path('/proc/self/status')\n"
        "lines = status.read_text().splitlines() if status.exists() else []\n"
        "size = next((line.split()[1] for line in lines if line.startswith('VmHWM')), size)\n"
        "print(time.perf_counter() - start, size)"
    )
    seconds, size = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT).split()
    return float(seconds), int(size) / (1_000_000 if sys.platform == "darwin" else 1_000)


def median(function: Callable[[], object], rounds: int) -> float:
    """Return the median seconds of a call."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print seconds, memory and ratios."""
    import pandas as pd
    import python_calamine

    sys.path.insert(0, str(ROOT))
    from pipeline.ingest import readers

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = write_project(Path(folder) / "raw", arguments.rows)
        plain = median(lambda: pd.read_csv(path, sep=";", dtype=str, keep_default_na=False), 1)
        seconds, size = stage(Path(folder) / "raw", Path(folder) / "out")
        book = Path(folder) / "answers.xlsx"
        write_workbook(book)

        def calamine() -> object:
            sheets = python_calamine.CalamineWorkbook.from_path(str(book))
            return sheets.get_sheet_by_index(0).to_python(skip_empty_area=False)

        alone = median(calamine, arguments.rounds)
        ours = median(lambda: readers.read(book, book.name), arguments.rounds)
    print(f"promised for 1 000 000 rows: {PROMISED}")
    print(f"CSV, {arguments.rows} x {QUESTIONS + 4}: ingest stage {seconds:.1f} s, {size:.0f} MB", end="; ")
    print(f"pandas.read_csv {plain:.1f} s; ratio {seconds / plain:.1f}")
    print(f"xlsx, 20000 x 30: read {ours:.2f} s; calamine alone {alone:.2f} s; ratio {ours / alone:.2f}")


if __name__ == "__main__":
    main()
