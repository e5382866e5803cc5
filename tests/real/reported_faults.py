"""Faults that people reported of other tools, ids as in the list of cases: the right value, or a refusal by name.

Every input is written here from scratch; the reading half of the list, for the other half is of statistics and figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.core.config import Ingest, Source
from pipeline.core.errors import PipelineError, ReadError
from pipeline.ingest import readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.dates import parse_times
from pipeline.ingest.feedback import Batch, harmonise
from pipeline.ingest.instrument import build, load
from pipeline.ingest.link import link
from pipeline.ingest.numbers import parse_number
from pipeline.ingest.showing import show

Seen = dict[str, Any]


def text(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def book(folder: Path, sheets: Mapping[str, Mapping[tuple[int, int], Any]], name: str = "a.xlsx") -> Path:
    """Write an xlsx; a value (value, format) is written with that number format."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(folder / name), {"remove_timezone": True}) as made:
        for title, cells in sheets.items():
            page = made.add_worksheet(title)
            for (row, column), value in cells.items():
                shown = made.add_format({"num_format": value[1], "bold": True}) if isinstance(value, tuple) else None
                page.write(row, column, value[0] if isinstance(value, tuple) else value, shown)
    return folder / name


def sav(folder: Path, frame: pd.DataFrame, **more: Any) -> Path:
    import pyreadstat

    pyreadstat.write_sav(frame, str(folder / "a.sav"), **more)
    return folder / "a.sav"


def table(path: Path) -> Cells:
    (cells,) = readers.read(path, f"feedback/{path.name}")[1]
    return cells


def column(path: Path, name: str) -> list[str | None]:
    (only,) = show(path)["tables"]
    return [row[only["header"].index(name)] for row in only["rows"]]


def answered(path: Path, survey: list[dict[str, str]], choices: dict[str, str] | None = None) -> Batch:
    options = [{"list_name": "l", "name": code, "label": label} for code, label in (choices or {}).items()]
    sheets = {"survey": list(enumerate(survey, 2)), "choices": list(enumerate(options, 2))}
    return harmonise(table(path), build(sheets, "instrument.xlsx"), {}, Source(match="*"), Ingest())  # type: ignore[arg-type]


def q(kind: str, name: str, label: str) -> dict[str, str]:
    return {"type": kind, "name": name, "label": label}


def b01(folder: Path) -> None:
    path = sav(folder, pd.DataFrame({"v": ["muu", "7", "77"]}), missing_ranges={"v": ["7", "77"]})
    (only,) = show(path)["tables"]
    assert [row[0] for row in only["rows"]] == ["muu", "7", "77"] and only["user_missing"] == {"v": ["7", "77"]}


def b03(folder: Path) -> None:
    (only,) = show(sav(folder, pd.DataFrame({"K3": ["a" * 700], "K32": ["b" * 400]})))["tables"]
    assert only["header"] == ["K3", "K32"] and only["rows"] == [["a" * 700, "b" * 400]]


def b06(folder: Path) -> None:
    frame = pd.DataFrame({"e": [13915324800.0], "a": [13915324800.0]})
    (only,) = show(sav(folder, frame, variable_format={"e": "EDATE10", "a": "ADATE10"}))["tables"]
    assert only["rows"] == [["2023-09-29", "2023-09-29"]]


def b08(folder: Path) -> None:
    path = sav(folder, pd.DataFrame({"v": ["Åsa Öhman"]}))
    path.write_bytes(path.read_bytes().replace(b"UTF-8", b"latn1"))  # declares another encoding than it has
    assert column(path, "v") == ["Åsa Öhman"]


def b10(folder: Path) -> None:
    path = folder / "a.dta"
    pd.DataFrame({"v": ["hyvä ####"]}).to_stata(path, write_index=False, version=117)
    path.write_bytes(path.read_bytes().replace(b"hyv\xe4 ####", b"hyv# ####").replace(b"####", b"\xf0\x9f\x99\x82"))
    assert column(path, "v") == ["hyv# 🙂"]


def b11(folder: Path) -> None:
    assert parse_times(pd.Series(["03.04.2023", "20.10.2023"]))["moment"].dt.strftime("%Y-%m-%d").tolist() == [
        "2023-04-03", "2023-10-20",
    ]  # fmt: skip
    assert parse_times(pd.Series(["03.04.2023"]))["moment"].tolist() == [pd.Timestamp(2023, 4, 3)]


def b14(folder: Path) -> None:
    read = parse_times(pd.Series(["2023-09-29 14.54.27", "4.9.2023 14.54"]))["moment"]
    assert read.astype(str).tolist() == ["2023-09-29 14:54:27", "2023-09-04 14:54:00"]


def b15(folder: Path) -> None:
    assert column(text(folder, "maa;x\nFI;1\nNA;2\n"), "maa") == ["FI", "NA"]
    assert column(book(folder, {"S": {(0, 0): "maa", (0, 1): "x", (1, 0): "NA", (1, 1): 1}}), "maa") == ["NA"]


def b17(folder: Path) -> None:
    path = text(folder, "nro;kommentti\n1;null\n2;n/a\n3;Ei mitään\n")
    found = answered(path, [q("text", "n", "nro"), q("text", "say", "kommentti")])
    assert found.comments["say"].tolist() == ["null", "n/a", "Ei mitään"]


def b18(folder: Path) -> None:
    path = text(folder, "postinro;puh\n00100;0401234567\n")
    assert column(path, "postinro") == ["00100"] and column(path, "puh") == ["0401234567"]


def b20(folder: Path) -> None:
    blanks = (" ", "\u00a0", "\u202f")
    assert parse_number("2.450,75") == 2450.75
    assert [parse_number(f"1{blank}234,5") for blank in blanks] == [1234.5] * 3


def b22(folder: Path) -> None:
    cells = {(0, 0): "a", (0, 1): "b", (1, 0): 1, (1, 1): 2, (2, 0): 3, (2, 1): 4, (59_999, 0): ("", "0")}
    only = table(book(folder, {"S": cells}))
    assert len(only.rows) == 2


def b24(folder: Path) -> None:
    rows = {(r, c): f"{'abc'[c]}{r if r > 5 else ''}" for r in range(5, 9) for c in range(3)}
    (only,) = show(book(folder, {"S": rows}))["tables"]
    assert only["header"] == ["a", "b", "c"] and only["first_row"] == 7 and len(only["rows"]) == 3


def b26(folder: Path) -> None:
    cells = {(0, 0): "klo", (0, 1): "x", (1, 0): (0, "hh:mm"), (1, 1): "y"}
    assert column(book(folder, {"S": cells}), "klo") == ["00:00:00"]


def b27(folder: Path) -> None:
    assert table(text(folder, b"\xef\xbb\xbfnimi;ika\nA;1\n")).header == ("nimi", "ika")


OPTIONS = {"a": "Lapset, nuoret ja perheet", "b": "Työ, koulutus", "c": "Muu, mikä?"}


def b29(folder: Path) -> None:
    told = '"Lapset, nuoret ja perheet, Työ, koulutus"'
    found = answered(text(folder, f"nro;Aihe\n1;{told}\n2;{told[:-1]}, outo asia\"\n"), [
        q("text", "n", "nro"), q("select_multiple l", "k", "Aihe")], OPTIONS)  # fmt: skip
    assert [i for i in ("a", "b", "c") if found.codes.loc[2, f"k/{i}"] == "1"] == ["a", "b"]
    assert [(f.kind, f.place.row) for f in found.findings if f.kind == "cell_invalid"] == [("cell_invalid", 3)]


def b32(folder: Path) -> None:
    for mark in ";,":
        assert table(text(folder, f'"id"{mark}"A1"\n"1"{mark}"4"\n')).header == ("id", "A1")


def b33(folder: Path) -> None:
    twice = text(folder, '"id","submitdate","Q5","Q5"\n"1","2020-01-01","1","2"\n')
    with pytest.raises(ReadError, match="Q5"):
        answered(twice, [q("select_one l", "Q5", "Mielipide")], {"1": "Eri", "2": "Sama"})
    with pytest.raises(ReadError, match="not one answer matches"):
        answered(text(folder, "nro;Mielipide\n1;Täyttä totta\n"), [q("select_one l", "q5", "Mielipide")], OPTIONS)


def b35(folder: Path) -> None:
    own = "start,end,_id,_uuid,_submission_time,_index"
    last = "2020-01-01,2020-01-01,{0},u{0},2020-01-01,{0}"
    path = text(
        folder,
        "\n".join([f"k,k/b,k/c,k/a,puh,{own}", f",,,,0401234567,{last.format(1)}", f"b,1,0,0,040,{last.format(2)}"]),
    )
    found = answered(path, [q("select_multiple l", "k", "Aihe"), q("text", "puh", "Puhelin")], OPTIONS)
    items = ["k/a", "k/b", "k/c"]
    assert found.reasons.loc[2, items].tolist() == ["no_answer"] * 3 and list(found.codes[items]) == items
    assert found.codes.loc[3, "k/b"] == "1" and found.reasons.loc[3, ["k/a", "k/c"]].tolist() == ["not_ticked"] * 2
    assert column(path, "puh")[0] == "0401234567"


def b38(folder: Path) -> None:
    path = text(folder, "nro;Syy [Muu];Apu [Muu]\n1;1;0\n2;0;1\n")
    found = answered(path, [q("select_multiple l", "syy", "Syy"), q("select_multiple l", "apu", "Apu")], {"muu": "Muu"})
    assert found.codes[["syy/muu", "apu/muu"]].notna().to_numpy().tolist() == [[True, False], [False, True]]


def form(extra: dict[str, Any], gap: int = 0) -> dict[str, Any]:
    survey = {(0, 0): "type", (0, 1): "name", (0, 2): "label", (1, 0): "text", (1, 1): "a", (1, 2): "A"}
    survey |= {(2 + gap, 0): "text", (2 + gap, 1): "b", (2 + gap, 2): "B"} | ({(2, 0): " "} if gap else {})
    return {"survey": survey, "choices": {(0, 0): "list_name", (0, 1): "name", (0, 2): "label"}, **extra}


def b39(folder: Path) -> None:
    book(folder, form({"muutosloki": {(0, 0): "pvm", (1, 0): (dt.date(1900, 1, 1), "d.m.yyyy")}}), "instrument.xlsx")
    assert list(load(folder).questions) == ["a", "b"]


def b41(folder: Path) -> None:
    book(folder, form({}, gap=30), "instrument.xlsx")
    assert list(load(folder).questions) == ["a", "b"]


def b43(folder: Path) -> None:
    assert (parse_number("1,71"), parse_number("1.71")) == (1.71, 1.71)


def b45(folder: Path) -> None:
    path = text(folder, "id;q\n" + "".join(f"{i};1\n" for i in range(1, 1501)) + "HKI00042;1\n")
    ids = column(path, "id")
    assert ids[0] == "1" and ids[-1] == "HKI00042" and all(isinstance(key, str) for key in ids)


def b47(folder: Path) -> None:
    ids = '"{""ImportId"":""startDate"",""timeZone"":""Z""}","{""ImportId"":""QID18""}","{""ImportId"":""QID9""}"'
    only = table(text(folder, f"StartDate,Q3.13,Q3.13\nStart Date,Kysymys,Toinen\n{ids}\n2020-01-01 10:00:00,7,4\n"))
    assert {"QID18", "QID9"} <= set(only.header) and only.rows.iloc[0, 1:].tolist() == ["7", "4"]


def b49(folder: Path) -> None:
    twice = "Miten kuulit hankkeesta?"
    path = text(folder, f"Respondent ID,Collector ID,Start Date,{twice},{twice}\n,,,Response,Response\n"
                f"1000000001,1,2020-01-01,Lehti,\n1000000002,1,2020-01-01,,Tuttu\n")  # fmt: skip
    only = table(path)
    assert sum(name.startswith(twice) for name in only.header) == 2
    with pytest.raises(ReadError, match="both hold"):
        answered(path, [q("text", "how", twice)])


def b51(folder: Path) -> None:
    path = text(folder, "nro;Mielipide\n1;Hyvä\n2;Huono\n")
    with pytest.raises(PipelineError, match="options '1' and '3' share a label"):
        answered(path, [q("select_one l", "m", "Mielipide")], {"1": "Hyvä", "2": "Huono", "3": "Hyvä"})


def b56(folder: Path) -> None:
    path = text(folder, "nro;a\n1;1\n2;2\n3;4\n")
    scale = {str(i): f"taso {i}" for i in range(1, 6)}
    assert answered(path, [q("select_one l", "a", "Väite")], scale).codes["a"].tolist() == ["1", "2", "4"]


def b75(folder: Path) -> None:
    people = pd.DataFrame(
        {"name": ["Aho Anna", "Oja Olli"], "email": ["", None], "phone": [None, ""], "birth_year": [None, None]}
    )
    assert link(people, 90).person.nunique() == 2


def b76(folder: Path) -> None:
    mails = ["a@x.fi", "a@x.fi", None]
    people = pd.DataFrame(
        {
            "name": ["Aho Anna", "Anna Aho", "Aho Anna"],
            "email": mails,
            "phone": [None, "+358401234567", "+358401234567"],
            "birth_year": [None] * 3,
        }
    )
    assert link(people, 90).person.nunique() == 1


def b90(folder: Path) -> None:
    path = text(folder, "nro;Väite\n1;samaa mieltä\n2;samaa mielto\n")
    found = answered(path, [q("select_one l", "a", "Väite")], {"2": "samaa mieltä", "1": "eri mieltä"})
    assert found.reasons.loc[3, "a"] == "invalid" and found.codes.loc[2, "a"] == "2"
    (finding,) = (f for f in found.findings if f.kind == "cell_invalid")
    assert (finding.place.row, finding.place.column) == (3, "Väite")


def b92(folder: Path) -> None:
    found = answered(text(folder, "nro;A;B\n1;kaksi;3\n2;20;4\n"), [q("integer", "a", "A"), q("integer", "b", "B")])
    assert [f.place.column for f in found.findings if f.kind == "cell_invalid"] == ["A"]


REPORTED: dict[str, Callable[[Path], None]] = {
    case.__name__.upper(): case
    for case in (
        b01, b03, b06, b08, b10, b11, b14, b15, b17, b18, b20, b22, b24, b26, b27, b29, b32, b33, b35, b38, b39, b41,
        b43, b45, b47, b49, b51, b56, b75, b76, b90, b92,
    )
}  # fmt: skip
