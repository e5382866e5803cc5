"""The command line as a person meets it: help, mistakes, and the tables of one file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.__main__ import COMMANDS, main

RAW = Path(__file__).resolve().parents[2] / "raw"


def test_help_names_every_command(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("arguments", [["nonsense"], ["run"], ["read"], ["run", "--raw"]])
def test_a_mistyped_command_is_explained_with_exit_code_2(arguments, capsys):
    assert main(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_our_own_errors_are_a_message_and_exit_code_1(tmp_path, capsys):
    assert main(["run", "--raw", str(tmp_path), "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: ") and "project.toml" in said and "to fix:" in said


def test_an_unknown_stage_lists_the_stages(capsys):
    assert main(["stage", "nothing"]) == 1
    assert "ingest, construct, analyse, facts, figures, report" in capsys.readouterr().err


def test_read_shows_reader_places_and_what_stands_above_the_header(capsys):
    assert main(["read", str(RAW / "feedback" / "tapahtumakioski_2017.xlsx")]) == 0
    shown = capsys.readouterr().out
    assert "header in row 5" in shown and "sheet 'Vastaukset': 72 rows" in shown and "row 6" in shown


def test_read_as_json_gives_every_cell_as_text(capsys):
    assert main(["read", str(RAW / "feedback" / "vanha_palaute.csv"), "--json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    (table,) = seen["tables"]
    assert "encoding cp1252" in seen["notes"] and "separator ';'" in seen["notes"]
    assert len(table["rows"]) == 22 and table["first_row"] == 2
    assert all(cell is None or isinstance(cell, str) for row in table["rows"] for cell in row)
    hours = table["header"].index("Kuinka monta tuntia viikossa teet vapaaehtoistyötä?")
    assert any("," in (row[hours] or "") for row in table["rows"])  # a decimal comma, as it was written


def test_read_names_a_file_it_does_not_know(tmp_path, capsys):
    path = tmp_path / "kuva.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x01\x02")
    assert main(["read", str(path)]) == 1
    assert "kuva.csv" in capsys.readouterr().err
