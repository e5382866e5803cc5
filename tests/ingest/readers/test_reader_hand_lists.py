"""Lists kept by hand: signature sheets, names one under another, grids of ticks, Word tables, ods."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest
from attendance_lists import docx, harmonised, ods, packed, read, text, unharmed, visits, xlsx
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import ReadError

NAMES = ["Maija Aho", "Olli Oja", "Ulla Uusi-Kylä", "Ville Vesi", "Åsa Öhman"]
SIGNED = [
    ["Sign-in sheet", None, "Date"],
    ["#", "Student  Name", "Signature"],
    *([str(i), name, None] for i, name in enumerate(NAMES, start=1)),
    ["6", None, None],
    ["7", None, None],
]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_an_unsigned_sheet_is_registered_people_of_whom_nothing_is_known(tmp_path: Path, kind: str) -> None:
    sheets = {"Sheet1": SIGNED, "Fall 2016": [["Course: Other"], *SIGNED[1:]]}
    content = xlsx(tmp_path / "x.xlsx", sheets) if kind == "xlsx" else ods(sheets)
    name, tables = read(tmp_path, content, f"E1_signin.{kind}")
    assert name == "signin" and list(tables[0].rows.index) == [3, 4, 5, 6, 7]
    assert "2 rows that hold only a running number" in tables[0].dropped
    (first,) = harmonised(tables[:1])
    assert first.people["status"].tolist() == ["unknown"] * 5 and set(first.people["event_id"]) == {"E1"}
    with pytest.raises(ReadError, match=r"sheet 'Fall 2016'"):
        harmonised([tables[1], tables[0]])


@pytest.mark.parametrize(
    ("sheet", "title", "why"),
    [
        ("Fall 2016", "Sign-in", "of the year 2016"),
        ("Sheet2", "Päivä 1.9.2016", "no event of the register is on the day"),
        ("Sheet2", "Kurssi: Puutyö", "an event the register does not know"),
        ("Puutyö", "Osallistujat", "one of several tables"),
    ],
)
def test_a_sheet_left_behind_is_refused(tmp_path: Path, sheet: str, title: str, why: str) -> None:
    content = xlsx(tmp_path / "x.xlsx", {"Sheet1": SIGNED, sheet: [[title], *SIGNED[1:]]})
    _, tables = read(tmp_path, content, "E1_lista.xlsx")
    harmonised([tables[0], tables[0]])
    with pytest.raises(ReadError, match=why):
        harmonised([tables[1], tables[0]])


def test_a_known_day_or_title_goes_before_the_name_of_the_file(tmp_path: Path) -> None:
    for title, event in (("Pvm 10.3.2018", "E3"), ("Juhla", "E4"), ("Tapahtuma: Talkoot", "E1")):
        _, tables = read(tmp_path, text([[title], ["Nimi", "Allekirjoitus"], ["Maija Aho", "MA"]]), "E2.csv")
        assert harmonised(tables)[0].people["event_id"].tolist() == [event]


def test_one_sheet_per_year_and_a_merged_title(tmp_path: Path) -> None:
    def sheet(*letters: str) -> list[list[str | None]]:
        head = [["Student Information", None, None], ["Student Name", "Email  Address", "Phone"]]
        return [*head, *([letter * 3, f"{letter}@x.fi", "0401234567"] for letter in letters)]

    names = ["2017", "2018", "2019", "2020"]
    content = xlsx(tmp_path / "x.xlsx", {name: sheet(*"abcdefghij") for name in names})
    _, tables = read(tmp_path, content, "four.xlsx")
    assert [len(cells.rows) for cells in tables] == [10] * 4 and tables[0].header[1] == "Email  Address"
    with pytest.raises(ReadError, match="sheet '2017'"):
        harmonised(tables)


def test_names_one_under_another(tmp_path: Path) -> None:
    for rows in ([["Talkoot"], [], *([n] for n in NAMES)], [["Talkoot 2021"], *([n] for n in NAMES)]):
        name, tables = read(tmp_path, text(rows), "E1.csv")
        assert name == "name_list" and tables[0].rows[0].tolist() == NAMES
    name, tables = read(tmp_path, text([["Nimi"], *([n] for n in NAMES)]), "E1.csv")
    assert name == "plain" and len(visits(tables)) == len(NAMES)
    swapped = "\n".join(f"{n.split()[1]}, {n.split()[0]}" for n in NAMES).encode()
    name, tables = read(tmp_path, swapped, "E1.csv")
    assert name == "name_list" and visits(tables)["status"].tolist() == ["attended"] * len(NAMES)


@pytest.mark.parametrize(
    "rows",
    [
        [["Kommentti"], ["Hyvä juttu"], ["Lisää kiitos"], ["Oli kivaa"]],
        [["Mitä opit?"], ["Paljon"], ["En mitään"], ["Kaikkea"]],
        [["q1"], ["1"], ["2"], ["3"]],
    ],
)
def test_other_single_columns_are_no_lists_of_names(tmp_path: Path, rows: list[list[str]]) -> None:
    assert read(tmp_path, text(rows))[0] == "plain"


GRID = [
    ["Kahvila", None, None, None, None],
    ["Nimi", "3.3.", "10.3.", "17.3.", "Yhteensä"],
    ["Maija Aho", "x", "X", None, "2"],
    ["Olli Oja", None, "x", None, "1"],
    ["Ulla Uusi", "-", None, None, "0"],
    ["Ville Vesi", None, None, None, "0"],
]


def test_each_tick_is_a_visit_to_the_event_of_its_day(tmp_path: Path) -> None:
    content = xlsx(tmp_path / "x.xlsx", {"2018": GRID})
    name, tables = read(tmp_path, content, "ruudukko.xlsx")
    assert name == "month_grid" and [cells.sheet for cells in tables] == ["2018 / 2018-03-03", "2018 / 2018-03-10"]
    assert any("no ticks" in text for text in tables[0].dropped) and "1 rows without any tick" in tables[0].dropped
    made = visits(tables)
    assert sorted(zip(made["event_id"], made["status"], strict=True)) == [
        ("E2", "attended"), ("E2", "registered"), ("E3", "attended"), ("E3", "attended"),
    ]  # fmt: skip
    assert made["person_id"].nunique() == 3


def test_bare_days_take_month_and_year_from_the_title(tmp_path: Path) -> None:
    days = ["Nimi", *map(str, range(1, 11))]
    row = ["Maija Aho", *("x" if day in (3, 10) else None for day in range(1, 11))]
    _, tables = read(tmp_path, text([["Maaliskuu 2018"], days, row], ";"), "k.csv")
    assert [cells.rows.iloc[0].tolist() for cells in tables] == [
        ["Maija Aho", "2018-03-03", "x"],
        ["Maija Aho", "2018-03-10", "x"],
    ]
    for title in ("Kahvila", "Kahvila 2018"):
        with pytest.raises(ReadError, match="have no"):
            read(tmp_path, text([[title], days, row], ";"), "k.csv")


def test_a_day_without_an_event_is_refused_by_its_date(tmp_path: Path) -> None:
    rows = [["Nimi", "1.5.2018", "2.5.2018", "3.5.2018"], ["Maija Aho", "x", "x", "x"]]
    _, tables = read(tmp_path, text(rows, ";"))
    with pytest.raises(ReadError, match="2018-05-01"):
        harmonised(tables)


def test_word_tables(tmp_path: Path) -> None:
    rows = [["Nimi", "Sähköposti", "Rooli"], *([n, None, "osallistuja"] for n in NAMES)]
    name, tables = read(tmp_path, docx("Osallistujalista", "Tapahtuma: Talkoot", rows, "Kahvila 2", rows[:3]), "l.docx")
    assert name == "docx" and [cells.sheet for cells in tables] == ["table 1", "table 2"]
    made = visits(tables)
    assert made["event_id"].value_counts().to_dict() == {"E1": 5, "E3": 2}
    with pytest.raises(ReadError, match="holds no table"):
        read(tmp_path, docx("Vain tekstiä"), "l.docx")
    entity = packed({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})
    with pytest.raises(ReadError, match="entities"):
        read(tmp_path, entity, "l.docx")
    deep = packed({"word/document.xml": "<x>" * 50_000 + "</x>" * 50_000})
    with pytest.raises(ReadError):
        read(tmp_path, deep, "l.docx")


def test_merged_cells_of_word_tables(tmp_path: Path) -> None:
    content = docx([["Nimi", "Yhdistys"], ["Maija Aho", "Kylä ry"], ["Olli Oja", ""]])
    import io
    import zipfile

    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    last = xml.rindex("<w:tc>")
    xml = xml[:last] + "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + xml[last + len("<w:tc>") :]
    _, (cells,) = read(tmp_path, packed({"word/document.xml": xml}), "l.docx")
    assert cells.rows[1].tolist() == ["Kylä ry", "Kylä ry"]


def test_a_swedish_list_that_a_program_wrote(tmp_path: Path) -> None:
    rows = [
        ["Namn", "E-post", "Telefon"],
        ["Åsa Öhman", "asa@x.se", "0735123456"],
        ["Bo Ek", "delad@x.se", "46720123456"],
        ["Cia Ek", "delad@x.se", "+46 720 12 34 56"],
        ["Dan Ro", "NA", "0720123456"],
        ["Eva Sjö", "NA", "NA"],
    ]
    _, tables = read(tmp_path, text(rows), "E1.csv")
    (part,) = harmonised(tables)
    assert part.people["phone"].fillna("").tolist() == ["+46735123456", *["+46720123456"] * 3, ""]
    assert part.people["email"].isna().tolist() == [False, False, False, True, True]
    assert visits(tables)["person_id"].nunique() == 5  # shared addresses and numbers are not one person


def test_a_line_of_totals_is_no_person(tmp_path: Path) -> None:
    _, tables = read(tmp_path, text([["Nimi", "Rooli"], ["Maija Aho", ""], ["Yhteensä 1", ""]]), "E1.csv")
    assert harmonised(tables)[0].quarantined.to_dict() == {3: "a line of totals, no person"}


@pytest.mark.parametrize(
    ("title", "file", "status"),
    [
        ("Ilmoittautuneet", "E1.csv", "registered"),
        ("Talkoot", "E1_ilmoittautumiset.csv", "registered"),
        ("Anmälda", "E1.csv", "registered"),
        ("Ilmoittautuneet osallistujat", "E1.csv", "registered"),
        ("Ennakkoilmoittautuneet", "E1.csv", "registered"),
        ("Kutsutut", "E1.csv", "registered"),
        ("Anmälda deltagare", "E1.csv", "registered"),
        ("Ilmoittautuneet ja osallistuneet", "E1.csv", "attended"),
        ("Ilmoittautuneet, läsnä olleet", "E1.csv", "attended"),
        ("Osallistujat", "E1.csv", "attended"),
    ],
)
def test_a_list_of_registrations_is_no_list_of_comers(tmp_path: Path, title: str, file: str, status: str) -> None:
    _, tables = read(tmp_path, text([[title], [], ["Nimi", "Puhelin"], *([n, "0401234567"] for n in NAMES)]), file)
    (part,) = harmonised(tables)
    assert part.people["status"].tolist() == [status] * len(NAMES)
    assert any("registrations" in f.problem for f in part.findings) == (status == "registered")


def test_a_promise_is_a_word_or_a_day(tmp_path: Path) -> None:
    rows = [["Nimi", "RSVP"], ["Maija Aho", "Yes"], ["Olli Oja", "No"], ["Ulla Uusi", None]]
    _, tables = read(tmp_path, text(rows), "E1.csv")
    (part,) = harmonised(tables)
    assert part.quarantined.index.tolist() == [3] and part.people["status"].tolist()[::2] == ["registered", "unknown"]
    rows = [["Nimi", "Ilmoittautunut", "Läsnä"], ["Maija Aho", "1.3.2018", "x"], ["Olli Oja", "2.3.2018", None]]
    _, tables = read(tmp_path, text(rows), "E1.csv")
    assert visits(tables)["status"].tolist() == ["attended", "registered"]


def test_a_time_of_day_is_of_the_day_of_the_event(tmp_path: Path) -> None:
    rows = [["Nimi", "Saapui", "Lähti"], ["Maija Aho", "klo 18.14", "20:00"], ["Olli Oja", "aamulla", "20:00"]]
    _, tables = read(tmp_path, text(rows), "E1.csv")
    (part,) = harmonised(tables)
    assert part.people["joined"].iloc[0] == pd.Timestamp("2021-04-13 18:14")
    assert [(f.place.row, f.place.column) for f in part.findings if f.kind == "cell_invalid"] == [(3, "Saapui")]
    assert visits(tables)["minutes"].fillna(-1).tolist() == [106.0, -1]


def test_names_may_be_numbered(tmp_path: Path) -> None:
    name, tables = read(tmp_path, "\n".join(f"{i}. {n}" for i, n in enumerate(NAMES, 1)).encode(), "E1.csv")
    assert name == "name_list" and tables[0].rows[0].tolist() == NAMES


CELL = st.text(alphabet="aåäö É19,;\"'<&-", min_size=1, max_size=8).map(" ".join).map(str.strip).filter(bool)


@given(rows=st.lists(st.tuples(CELL, st.none() | CELL), min_size=1, max_size=8), title=st.booleans())
def test_what_is_written_is_read(tmp_path: Path, rows: list[tuple[str, str | None]], title: bool) -> None:
    table = [["Nimi", "Allekirjoitus"], *([who, sign] for who, sign in rows)]
    above = [["Lista", "Päivä"]] if title else []
    first = 3 if title else 2
    expected = [[" ".join(who.split()), " ".join(sign.split()) if sign else None] for who, sign in rows]
    for name, content in (
        ("a.csv", text([*above, *table])),
        ("a.ods", ods({"S": [*above, *table]})),
        ("a.docx", docx([*above, *table])),
    ):
        _, (cells,) = read(tmp_path, content, name)
        got = [
            [" ".join(c.split()) if isinstance(c, str) else None for c in row] for row in cells.rows.to_numpy(object)
        ]
        got = [row + [None] * (2 - len(row)) for row in got]
        assert got == expected and cells.rows.index[0] == first, name


@given(seed=st.integers(0, 10_000), kind=st.sampled_from(["docx", "ods"]))
def test_damaged_documents_are_read_or_refused(tmp_path: Path, seed: int, kind: str) -> None:
    dice = random.Random(seed)
    content = bytearray(docx("Talkoot", SIGNED[1:]) if kind == "docx" else ods({"S": SIGNED}))
    for _ in range(dice.randint(1, 6)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    unharmed(tmp_path, bytes(content[: dice.randrange(10, len(content) + 1)]), [], f"a.{kind}")


def test_dates_are_read_once_a_register_has_them(tmp_path: Path) -> None:
    _, tables = read(tmp_path, text([["Nimi", "Pvm"], ["Maija Aho", "3.3.2018"], ["Olli Oja", "10.3.2018"]]), "l.csv")
    assert harmonised(tables)[0].people["event_id"].tolist() == ["E2", "E3"]
    assert isinstance(tables[0].rows, pd.DataFrame)
