"""Files like the real ones that trip readers and may not be passed on: written from scratch, with the same trap."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest
from attendance_lists import Row, harmonised, ods, read, text, visits, xlsx
from form_exports import as_csv, as_xlsx, batch, form, put

from pipeline.core.errors import ReadError
from pipeline.ingest import duplicates, readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.showing import show


def table(path: Path, reader: str) -> Cells:
    """Return the one table of a feedback file that `reader` must recognise."""
    chosen, tables = readers.read(path, f"feedback/{path.name}")
    assert reader == chosen.NAME and len(tables) == 1
    return tables[0]


def minutes(made: pd.DataFrame) -> list[float]:
    return [float(m) for m in made["minutes"].fillna(-1).round(2)]


def f01(folder: Path) -> None:
    """Swedish times with dots; the same answers again, longer and passed through R."""
    items = ["Innehåll", "Lokal", "Mat", "Tid", "Helhet"]
    stamps = [f"2023-09-29 14.54.{second}" for second in range(27, 48)]
    given = [[stamp, *(str(1 + (i + k) % 5) for k in range(5))] for i, stamp in enumerate(stamps)]
    passed = [[str(i), row[0].replace(".", ":") + ".120", *row[1:], "29"] for i, row in enumerate(given, start=1)]
    later = [[str(i), f"2023-10-{i - 20} 09:00:00.5", *"34521", str(i - 20)] for i in range(22, 50)]
    one = table(put(folder / "a.csv", as_csv([["Tidstämpel", *items], *given])), "google_forms")
    two = table(put(folder / "b.csv", as_csv([["", "Tidstämpel", *items, "day"], *passed, *later])), "google_forms")
    made = form(*({"type": "integer", "name": f"q{i}", "label": item} for i, item in enumerate(items)))
    batches = [batch(one, made), batch(two, made)]
    assert str(batches[0].responses["submitted_at"].iloc[0]) == "2023-09-29 14:54:27"
    _, repeats = duplicates.resolve(batches)
    assert [len(rows) for rows in repeats] == [0, 21] and len(two.rows) == 49


def f04(folder: Path) -> None:
    """A pile keyed in at once: one time for all, blanks behind the names."""
    rows = [["2023-09-29 14.54.27", f"Henkilö {chr(97 + i)}  ", "4"] for i in range(21)]
    cells = table(put(folder / "a.csv", as_csv([["Timestamp", "Name", "q"], *rows])), "google_forms")
    _, repeats = duplicates.resolve([batch(cells, form({"type": "integer", "name": "q", "label": "q"}))])
    assert len(cells.rows) == 21 and len(repeats[0]) == 0


def f08(folder: Path) -> None:
    """Completed a day before it was begun."""
    start = dt.datetime(2023, 9, 29, 14, 0)
    own = ["ID", "Start time", "Completion time", "Email", "Name", "Olitko paikalla?"]
    times = [(start, start + dt.timedelta(minutes=2)), (start, start - dt.timedelta(days=1))]
    rows: list[list[Any]] = [[i, *pair, "anonymous", None, "Kyllä"] for i, pair in enumerate(times, start=1)]
    cells = table(as_xlsx(folder / "a.xlsx", [own, *rows]), "ms_forms")
    assert len(cells.rows) == 2 and any("completed before it was begun: row 3" in text for text in cells.remarks)


def f10(folder: Path) -> None:
    """Two rows of header in a workbook, numbers of ten digits, columns nobody filled."""
    first = ["Respondent ID", "Collector ID", "Start Date", "First Name", "Question 1", "Question 2", None, None]
    second = [None, None, None, None, "Response", "Open-Ended Response", "Muu", None]
    rows = [[5_379_192_392 + i, 1.0, "2023-01-02", None, "Hyvä", None, "x", None] for i in range(198)]
    cells = table(as_xlsx(folder / "a.xlsx", [first, second, *rows]), "surveymonkey")
    assert len(cells.rows) == 198 and cells.rows[0].str.fullmatch(r"\d{10}").all()
    assert {"Question 1 - Response", "Question 2 - Muu"} <= set(cells.header)


def _lime(header: Sequence[str], *rows: Sequence[str]) -> bytes:
    lines = [";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (header, *rows)]
    return b"\xef\xbb\xbf" + "\r\n".join([*lines, ""]).encode()


def f15(folder: Path) -> None:
    """Byte-order mark, every cell quoted, code and text with tabs in one header."""
    own = ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language"]
    asked = [f"TYPstudy[s{i}]. Mihin\tosallistuit? [Asia {i}]" for i in range(3)]
    rows = [[str(i), "2018-05-12 10:00:00", "3", "fi", "Y", "", "Y"] for i in range(1, 11)]
    cells = table(put(folder / "a.csv", _lime([*own, *asked], *rows)), "limesurvey")
    assert len(cells.rows) == 10 and cells.header[0] == "id" and cells.header[4] == "TYPstudy[s0]"
    options = tuple({"list_name": "s", "name": f"s{i}", "label": f"Asia {i}"} for i in range(3))
    found = batch(cells, form({"type": "select_multiple s", "name": "TYPstudy", "label": "Mihin?"}, choices=options))
    assert found.codes.iloc[0].fillna("").tolist() == ["1", "", "1"]
    assert found.reasons["TYPstudy/s1"].tolist() == ["not_ticked"] * 10


def f18(folder: Path) -> None:
    """Most were begun and not submitted; line breaks within answers."""
    header = ["id", "submitdate", "lastpage", "startlanguage", "q"]
    rows = [[str(i), "NA", "0", "nl-informal", "eka\nrivi"] for i in range(28)]
    rows += [[str(i), "2018-05-12 10:00:00", "3", "nl-informal", "1"] for i in (28, 29)]
    cells = table(put(folder / "a.csv", _lime(header, *rows)), "limesurvey")
    assert len(cells.rows) == 30 and list(cells.set_aside.values()) == ["not submitted"] * 28


def f42(folder: Path) -> None:
    """An old portable file: blanks in labels are two, and a label "missing" is no rule of missing."""
    frame = pd.DataFrame({"DAYOFWK": [1.0, 9.0, None], "LONGNAME": [2.0, 3.0, 4.0]})
    labels = {"DAYOFWK": {1: "SUNDAY", 9: "MISSING"}, "LONGNAME": {2: "SUDDEN  DEATH"}}
    pyreadstat.write_sav(frame, str(folder / "a.sav"), variable_value_labels=labels)
    pyreadstat.write_por(frame, str(folder / "a.por"))
    cells = table(folder / "a.sav", "spss")
    assert cells.value_labels[1]["2"] == "SUDDEN  DEATH" and not cells.user_missing.get(0)
    for name in ("a.sav", "a.por"):
        assert table(folder / name, "spss").rows[0].fillna("").tolist() == ["1", "9", ""]
    long = "variable_with_a_name_of_more_than_eight_letters"
    pyreadstat.write_sav(pd.DataFrame({long: [1.0]}), str(folder / "b.sav"))
    assert table(folder / "b.sav", "spss").header == (long,)


def f44(folder: Path) -> None:
    """Labels in capitals keep the order of their codes; a file without rows is an empty table that says so."""
    names = ["EXCELLENT", "GOOD", "FAIR", "BAD", "POOR"]
    days = pd.to_datetime([f"2018-05-{day:02d}" for day in range(1, 31)])
    rated = pd.Categorical.from_codes([i % 5 for i in range(30)], categories=names, ordered=True)
    frame = pd.DataFrame({"rate": rated, "day": days})
    frame.to_stata(folder / "a.dta", write_index=False, convert_dates={"day": "td"})
    cells = table(folder / "a.dta", "stata")
    assert len(cells.rows) == 30 and cells.rows[1].iloc[0] == "2018-05-01"
    assert [label for _, label in sorted(cells.value_labels[0].items(), key=lambda pair: int(pair[0]))] == names
    pd.DataFrame({"rate": pd.Series(dtype=float)}).to_stata(folder / "b.dta", write_index=False)
    empty = table(folder / "b.dta", "stata")
    assert len(empty.rows) == 0 and empty.remarks == ("the file holds variables but no rows",)


def f53(folder: Path) -> None:
    """A log of who came and went: half of the people have no line of leaving."""
    header: Row = ["Full Name", "User Action", "Timestamp"]
    came: list[Row] = [[f"Ana {chr(97 + i // 26)}{chr(97 + i % 26)}o", "Joined before", f"11/4/2020, 9:{i + 10}:12 AM"]
                       for i in range(38)]  # fmt: skip
    went: list[Row] = [[row[0], "Left", "11/4/2020, 10:50:12 AM"] for row in came[:19]]
    name, tables = read(folder, text([header, *came, *went], ",", "utf-8-sig"), "E1.csv")
    made = minutes(visits(tables))
    assert name == "teams" and len(made) == 38 and made.count(-1) == 19 and not any(-1 < m <= 0 for m in made)
    assert harmonised(tables)[0].people["joined"].min() == pd.Timestamp("2020-11-04 09:10:12")


FRENCH: list[Row] = [
    ["Résumé de la réunion"],
    ["Nombre total de participants", "7"],
    ["Titre de la réunion", "Talkoot"],
    [],
    ["Nom complet", "Heure d'arrivée", "Heure de départ", "Durée", "E-mail", "Rôle"],
    ["A***", "13/04/2021 à 09:01:31", "13/04/2021 à 11:45:31", "2 h 44 m", "a@x.fr", "Organisateur"],
    *([f"{letter}***", "13/04/2021 à 09:08:39", "13/04/2021 à 11:27:03", "2 h 25 m", f"{letter}@x.fr", "Participant"]
      for letter in "bcdef"),
    ["F***", "13/04/2021 à 11:30:00", "13/04/2021 à 11:40:00", "10 m", "f@x.fr", "Participant"],
]  # fmt: skip


def f55(folder: Path) -> None:
    """French, UTF-16: two rows are one address, five printed durations are not those of their times."""
    name, tables = read(folder, text(FRENCH, "\t", "utf-16"), "E1.csv")
    (part,) = harmonised(tables)
    assert name == "teams" and len(part.people) == 7
    assert [f.place.row for f in part.findings if "printed duration" in f.problem] == [7, 8, 9, 10, 11]
    assert minutes(visits(tables)) == [164.0, *[138.4] * 4, 148.4]


def f56(folder: Path) -> None:
    """Portuguese, UTF-16: the day comes first although nothing proves it."""
    rows: list[Row] = [["Nome Completo", "Atividade (Entrou/Saiu)", "Data e hora"]]
    people = [f"Ana {chr(97 + i // 26)}{chr(97 + i % 26)}ra" for i in range(47)]
    rows += [[person, "Entrou", f"08/03/2021 14:{10 + i}:00"] for i, person in enumerate(people)]
    rows += [[person, "Saiu", "08/03/2021 15:10:00"] for person in people[:34]]
    _, tables = read(folder, text(rows, "\t", "utf-16"), "E1.csv")
    assert set(harmonised(tables)[0].people["joined"].dropna().dt.strftime("%d.%m.")) == {"08.03."}
    made = minutes(visits(tables))
    assert len(made) == 47 and made.count(-1) == 13


ZOOM = ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"]


def f59(folder: Path) -> None:
    """Saved again by a spreadsheet: two devices overlap, the list to match has last names first."""
    rows: list[Row] = [
        ["Harry Potter", "harry@x.fi", "1/26/2021 7:45", "1/26/2021 9:04", "79", "Yes"],
        ["Harry Potter", "harry@x.fi", "1/26/2021 7:50", "1/26/2021 9:03", "73", "Yes"],
        ["Potter, Harry", "", "1/26/2021 9:10", "1/26/2021 9:11", "1", "Yes"],
    ]
    name, tables = read(folder, text([ZOOM, *rows]), "E4.csv")
    assert name == "zoom" and set(harmonised(tables)[0].people["name"]) == {"harry potter"}
    assert minutes(visits(tables))[0] >= 79.0 and sum(minutes(visits(tables))) == 80.0  # 153 summed


def f60(folder: Path) -> None:
    """The header of 2023: a device without an address is nobody known, the waiting room is no attendance."""
    clock = "01/26/2021 07:{}:00 AM"
    rows: list[Row] = [
        ["Maija Aho", "m@x.fi", clock.format(40), clock.format(45), "5", "Yes", "", "Yes"],
        ["Maija Aho", "m@x.fi", clock.format(45), clock.format(55), "10", "Yes", "Y", "No"],
        ["Olli Oja", "o@x.fi", clock.format(45), clock.format(55), "10", "Yes", "Y", "No"],
        ["Galaxy A52", "", clock.format(50), clock.format(55), "5", "Yes", "", "No"],
    ]
    _, tables = read(folder, text([[*ZOOM, "Recording Consent", "In Waiting Room"], *rows], ",", "utf-8-sig"), "E4.csv")
    (part,) = harmonised(tables)
    assert part.quarantined.to_dict() == {2: "only in the waiting room"}
    assert len(visits(tables)) == 3 and part.people["name"].isna().sum() == 1


def f62(folder: Path) -> None:
    """A promise to come is no attendance; two clocks of one event disagree."""
    status = ["show"] * 6 + ["noshow"] * 3 + ["reactedyes"] * 3
    people = [{"id": i, "firstname": f"Aino {chr(97 + i)}", "lastname": "Aho", "email": f"p{i}@x.fi", "status": s,
               "is_avec": 0, "answers": {}} for i, s in enumerate(status)]  # fmt: skip
    answer = {"results": {"107-1": {"id": 1, "participants": people}}, "url": "https://api/v2/events/abc123/x"}
    name, tables = read(folder, json.dumps(answer).encode(), "E1_participants.json")
    assert name == "lyyti"
    assert visits(tables)["status"].value_counts().to_dict() == {"attended": 6, "registered": 6}
    event = {"name": {"en": "Weekly"}, "start_time_utc": 1583100000, "start_time": 1460556000}
    counts = {"participant_counts": {"show": 6, "noshow": 3, "reactedyes": 3}}
    _, events = read(folder, json.dumps({"results": {"abc": event | counts}}).encode(), "events.json")
    assert events[0].rows.iloc[0, 2:5].tolist() == ["6", "3", "3"] and "disagree" in events[0].remarks[0]


def f64(folder: Path) -> None:
    """Sheets for signatures that nobody signed; another year's course left behind in the workbook."""
    names = [f"Maija {chr(97 + i)}ho" for i in range(26)]
    signed: list[Row] = [["Sign-in sheet", None, "Date"], [], ["#", "Student Name", "Signature"]]
    signed += [[str(i), name, None] for i, name in enumerate(names, start=1)]
    old = [["Course: Other"], *signed[2:]]
    for kind in ("xlsx", "ods"):
        sheets = {"Sheet1": signed, "Fall 2016": old}
        content = xlsx(folder / "x.xlsx", sheets) if kind == "xlsx" else ods(sheets)
        _, tables = read(folder, content, f"E1_signin.{kind}")
        assert harmonised(tables[:1])[0].people["status"].tolist() == ["unknown"] * 26
        with pytest.raises(ReadError, match="sheet 'Fall 2016'"):
            harmonised([tables[1], tables[0]])


def f67(folder: Path) -> None:
    """A merged title above the header, one sheet per year; and names one under another."""
    head: list[Row] = [["Student Information", None], ["Student Name", "Email  Address"]]
    sheets = {str(year): [*head, *([c, f"{c}@x.fi"] for c in "abcdefghij")] for year in range(2017, 2021)}
    _, tables = read(folder, xlsx(folder / "x.xlsx", sheets), "four.xlsx")
    assert [len(cells.rows) for cells in tables] == [10] * 4
    assert [cells.rows.index[0] for cells in tables] == [3] * 4
    names: list[Row] = [[f"Maija {chr(65 + i)}ho"] for i in range(19)]
    name, found = read(folder, text(names), "E1.csv")
    assert name == "name_list" and len(found[0].rows) == 19


def f68(folder: Path) -> None:
    """A leading zero and a lost plus sign are one number; a shared address is not one person; NA is missing."""
    rows: list[Row] = [["Namn", "E-post", "Telefon"], ["Åsa Öhman", "asa@x.se", "0735123456"],
            ["Bo Ek", "delad@x.se", "46720123456"], ["Cia Ek", "delad@x.se", "+46 720 12 34 56"],
            ["Dan Ro", "NA", "0720123456"]]  # fmt: skip
    _, tables = read(folder, text(rows), "E1.csv")
    assert tables[0].rows[2].iloc[0] == "0735123456"
    (part,) = harmonised(tables)
    assert part.people["phone"].tolist() == ["+46735123456", *["+46720123456"] * 3]
    assert part.people["email"].isna().sum() == 1 and visits(tables)["person_id"].nunique() == 4


def f69(folder: Path) -> None:
    """Finnish headers, a sentence as header, and a code that is text."""
    header = ["ikä", "sukupuoli", "Suomen pitäisi tehdä enemmän. Mitä mieltä olet?", "vaalipiiri"]
    rows = [["45", "nainen", "4", "08 Kaakkois-Suomen vaalipiiri"]] * 200
    (seen,) = show(put(folder / "a.csv", as_csv([header, *rows])))["tables"]
    assert seen["header"] == header and len(seen["rows"]) == 200 and seen["rows"][0][3].startswith("08 ")


LIKE: dict[str, Callable[[Path], None]] = {
    f.__name__.upper(): f
    for f in (f01, f04, f08, f10, f15, f18, f42, f44, f53, f55, f56, f59, f60, f62, f64, f67, f68, f69)
}
