"""What must hold for any project, any answers and any dirt."""

from __future__ import annotations

import csv
import io
import random
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import Folder, all_text, cells, instrument, problems, question

from pipeline.core import contracts
from pipeline.core.config import Ingest, Source
from pipeline.ingest import readers
from pipeline.ingest.feedback import Batch, harmonise
from pipeline.ingest.instrument import Instrument
from pipeline.ingest.translating import translated

WORD = st.text(alphabet="abcdefghijklmnoprstuvyåäö", min_size=3, max_size=8)
LABEL = st.lists(WORD, min_size=1, max_size=3).map(", ".join)


@st.composite
def _questionnaires(draw: st.DrawFn) -> Instrument:
    """Return a questionnaire of some select questions whose labels hold commas, with a "don't know"."""
    words = draw(st.lists(LABEL, min_size=9, max_size=9, unique_by=lambda t: t.casefold()))
    choices = [{"list_name": "l", "name": f"o{i}", "label::fi": f"{text} {i}"} for i, text in enumerate(words[:4])]
    choices[-1]["missing"] = draw(st.sampled_from(["dont_know", "refused", "not_asked"]))
    kinds = draw(st.lists(st.sampled_from(["select_one l", "select_multiple l"]), min_size=1, max_size=4))
    mark = draw(st.sampled_from(["", "?", ":", " (1-5)"]))
    return instrument([question(kind, f"k{i}", f"{words[4 + i]} {i}{mark}") for i, kind in enumerate(kinds)], choices)


@st.composite
def _answered(draw: st.DrawFn) -> tuple[Instrument, list[dict[str, Any]], str, bool]:
    """Return a questionnaire, answers of some people, how multiple choices are exported, and codes or labels."""
    made = draw(_questionnaires())
    code = st.sampled_from(["o0", "o1", "o2", "o3"])
    person = {
        q.name: st.none()
        | (code if q.type == "select_one" else st.sets(st.sampled_from(["o0", "o1", "o2"]), min_size=1))
        for q in made.questions.values()
    }
    people = draw(st.lists(st.fixed_dictionaries(person), min_size=1, max_size=5))
    return made, people, draw(st.sampled_from(["joined", "columns", "block"])), draw(st.booleans())


def _export(
    made: Instrument, people: list[dict[str, Any]], form: str, labels: bool
) -> tuple[list[str], list[list[str]]]:
    def text(name: str, code: str) -> str:
        option = next(o for o in made.options[name] if o.code == code)
        return option.labels["fi"] if labels else code

    header, columns = [], []
    for q in made.questions.values():
        given, codes = [p[q.name] for p in people], ["o0", "o1", "o2"]
        if q.type == "select_one":
            header.append(q.labels["fi"])
            columns.append([text(q.name, g) if g else "" for g in given])
        elif form == "joined":
            header.append(q.labels["fi"])
            columns.append([", ".join(text(q.name, c) for c in sorted(g)) if g else "" for g in given])
        elif form == "columns":
            header += [f"{q.labels['fi']} [{text(q.name, c)}]" for c in codes]
            columns += [["" if not g else "10"[c not in g] for g in given] for c in codes]
        else:
            header += [q.labels["fi"], "", ""]
            columns += [[text(q.name, c) if g and c in g else "" for g in given] for c in codes]
    return header, [list(row) for row in zip(*columns, strict=True)]


def _harmonise(path: Path, made: Instrument) -> Batch:
    (table,) = readers.read(path, "feedback/a.csv")[1]
    return harmonise(table, made, {}, Source(match="*"), Ingest())


@given(_answered())
def test_answers_exported_in_any_form_come_back_exactly(
    tmp_path: Path, case: tuple[Instrument, list[dict[str, Any]], str, bool]
) -> None:
    made, people, form, labels = case
    header, rows = _export(made, people, form, labels)
    # further columns, so that a form left blank is a row too, and a header of few names is a header
    more = [f"nro{i}" for i in range(8)]
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(
            [[*more, *header], *([str(i)] * 8 + row for i, row in enumerate(rows))]
        )
    if all(not p[q] for p in people for q in p):
        return
    batch = _harmonise(tmp_path / "a.csv", made)
    assert not [f for f in batch.findings if f.kind != "column_unmapped"]
    for q in made.questions.values():
        reason = {o.code: o.missing_reason for o in made.options[q.name]}
        for row, person in zip(batch.codes.index, people, strict=True):
            given_ = person[q.name]
            if q.type == "select_one":
                expected = {q.name: ("no_answer" if given_ is None else reason[given_] or given_)}
            else:
                left = "not_ticked" if given_ else "no_answer"
                expected = {f"{q.name}/{c}": "1" if given_ and c in given_ else left for c in ("o0", "o1", "o2")}
            found = {item: batch.codes.loc[row, item] for item in expected}
            found = {i: batch.reasons.loc[row, i] if pd.isna(v) else v for i, v in found.items()}
            assert found == expected


CELLS = st.sampled_from(
    ["1", "4", "samaa mieltä", "En osaa sanoa", "höpö", "", " ", "3 4", "Työ, koulutus", "testi", "9" * 30]
)
DIRTY = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from(["", "E1", "kahvila", "Outo", "talkoot"]),
        st.sampled_from(["", "12.5.2017 klo 9.05", "12.5.2017", "eilen"]),
        CELLS, CELLS, CELLS, CELLS, CELLS,
    ),
    max_size=8,
)  # fmt: skip
HEADER = ["Lomake nro", "Tapahtuma", "Aikaleima", "q1", "q2", "Mihin osallistuit?", "Ikä", "Muuta sanottavaa"]


PEOPLE = st.tuples(st.sampled_from(["Aho Anna", "Anna Aho", "Puro", "", "?"]), st.sampled_from(["", "a@x.fi", "-"]))


@pytest.fixture(scope="module")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    events = ("E1,A1,Pihatalkoot,Talkoot,2017-05-12", "E2,A1,Kahvila,,2017-06-01", "E3,A1,Kahvila,,2017-07-01")
    return Folder(tmp_path_factory.mktemp("dirty") / "raw").events(*events)


def _csv(rows: list[Any]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows([HEADER, *rows])
    return stream.getvalue()


@pytest.mark.slow
@given(
    files=st.lists(DIRTY, max_size=3),
    people=st.lists(PEOPLE, max_size=6),
    tail=st.sampled_from(["", ";;;;;;;;;x\n", "\n\n", '"', "1;2;3\n"]),
)  # fmt: skip
def test_the_ledger_adds_up_under_any_dirt(dirty: Folder, files: list[Any], people: list[Any], tail: str) -> None:
    for name in ("feedback", "attendance"):
        shutil.rmtree(dirty.raw / name, ignore_errors=True)
    for number, rows in enumerate(files):
        dirty.put(f"feedback/{number}.csv", _csv(rows) + (tail if number == 0 else ""))
    dirty.put("attendance/E1.csv", "Nimi;Sähköposti\n" + "".join(f"{n};{e}\n" for n, e in people))
    tables = dirty.made()
    for name in ("responses", "answers", "attendance"):
        contracts.check(name, tables[name])
    counts = tables["ledger"].fillna({"part": ""})
    assert set(counts["unit"]) == {"attendance/E1.csv", *(f"feedback/{n}.csv" for n in range(len(files)))}
    assert (counts["rows_read"] == counts["accepted"] + counts["duplicate"] + counts["quarantined"]).all()
    assert counts["accepted"].sum() == len(tables["responses"]) + len(tables["attendance"])
    said = {*tables["findings"]["problem"], *tables["findings"]["fix"].dropna()}
    assert not [text for text in said if translated(text) is None]  # a coordinator reads Finnish
    # every row that was not accepted is named, and every answer is a code or one reason
    named = tables["findings"]["kind"].isin(["duplicate", "row_quarantined"]).sum()
    refused = counts["reason"].fillna("").str.startswith("refused")
    assert named == counts.loc[~refused, ["duplicate", "quarantined"]].to_numpy().sum()
    answers = tables["answers"]
    assert (answers["code"].isna() != answers["missing_reason"].isna()).all()
    assert len(answers) == 8 * len(tables["responses"])


@given(rows=DIRTY, seed=st.integers(0, 99))
def test_the_order_of_rows_changes_no_answer(rows: list[Any], seed: int) -> None:
    rows = [tuple(c if c.strip() else None for c in row) for row in rows]
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    # one cell that fits keeps the table from being refused whole, one date that can only be day first keeps the order
    fixed = (None, "E1", "31.5.2017", "1", None, None, None, None)
    made, events = instrument(), {"e1": "E1", "talkoot": "E1", "kahvila": None}
    plain, mixed = (
        harmonise(cells(HEADER, *table, fixed), made, events, Source(match="*"), Ingest())
        for table in (rows, [rows[i] for i in order])
    )
    for name in ("responses", "codes", "reasons", "comments"):
        one, other = getattr(plain, name).iloc[[*order, -1]], getattr(mixed, name)
        assert one.reset_index(drop=True).equals(other.reset_index(drop=True)), name
    place = {2 + old: 2 + new for new, old in enumerate(order)}
    assert {(place[f.place.row], f.problem) for f in plain.findings if f.place.row} == {
        (f.place.row, f.problem) for f in mixed.findings if f.place.row
    }


MARKS = {
    "name": "Xaviera Qvistnamn", "mail": "xaviera.q@zz.example", "phone": "040 987 6543", "code": "010594Y9032",
    "odd": "ZZODDVALUEZZ", "slip": "010594Y9033",
}  # fmt: skip


def test_no_personal_data_and_no_value_reaches_any_table(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "raw").events("E1,A1,Pihatalkoot,,2017-05-12")
    odd, personal = MARKS["odd"], " ".join(v for k, v in MARKS.items() if k in ("mail", "phone", "slip"))
    rows = [
        ["1", "E1", "2017-05-12 10:00", "1", odd, odd, odd, personal],
        ["1", "E1", odd, "2", "1", f"Työ, koulutus, {odd}", "30", ""],
        [MARKS["name"], MARKS["mail"], MARKS["phone"], "1", "1", "fam", MARKS["phone"], ""],
        ["2", odd, "", "1", "1", "", "", "testi"],
        ["3", "E1", "", "1", "1", "", "", f"tunnukseni on {MARKS['code']}"],
    ]
    folder.put("feedback/a.csv", _csv(rows))
    folder.put("feedback/long.csv", _csv([["5", "E1", "", "1", "1", "", "", "x", odd]]))
    folder.put("feedback/open.csv", f'q1;q2\n1;"{odd}\n2;3\n')
    folder.put("feedback/nul.csv", f"q1;q2\n1;{odd}\n" * 9000 + "\0")
    folder.put("feedback/none.csv", f"{MARKS['mail']};q1;{MARKS['phone']}\n{odd};1;{odd}\n")
    folder.put("feedback/zero.csv", f"q1;q2\n{odd};{odd}\n")
    who = f"{MARKS['name']};{MARKS['mail']};{MARKS['phone']};{odd};{odd};{odd}"
    header = "Nimi;Sähköposti;Puhelin;Syntymävuosi;Rooli;Yhdistys"
    folder.put("attendance/E1.csv", f"{header}\n{who}\n{who}\n;;{MARKS['phone']};;;\n")
    folder.put("attendance/E1 ei otsikkoa.csv", f"{who}\n{who}\n")
    folder.put("attendance/tuntematon.csv", f"{header}\n{who}\n")
    tables = folder.ingest()
    text = all_text(tables)
    for mark in (*MARKS.values(), "Xaviera", "Qvistnamn", "9876543", "xaviera qvistnamn", "qvistnamn xaviera"):
        assert mark.casefold() not in text.casefold(), mark
    assert "[puhelin]" in text and "[sähköposti]" in text and "[henkilötunnus]" in text
    assert "a personal identity code stands in column 'Muuta sanottavaa'" in problems(tables, "feedback/a.csv")


@pytest.mark.parametrize("where", ["text", "workbook", "spss"])
def test_three_formats_of_one_file_give_one_table(tmp_path: Path, where: str) -> None:
    rows = [
        ["1", "E1", "12.5.2017 klo 9.05", "samaa mieltä", "En osaa sanoa", "Työ, koulutus", "45", "ok"],
        ["2", "", "", "1", "2", "", "", ""],
    ]
    folder = Folder(tmp_path / "raw").events("E1,A1,Pihatalkoot,,2017-05-12")
    if where == "text":
        folder.put("feedback/a.x", _csv(rows).encode("utf-16"))
    elif where == "workbook":
        xlsxwriter = pytest.importorskip("xlsxwriter")
        folder.put("feedback/a.x", b"")
        with xlsxwriter.Workbook(str(folder.raw / "feedback/a.x")) as book:
            for number, row in enumerate([HEADER, *rows]):
                book.get_worksheet_by_name("S") or book.add_worksheet("S")
                book.get_worksheet_by_name("S").write_row(number, 0, row)
    else:
        pyreadstat = pytest.importorskip("pyreadstat")
        names = [f"V{i}" for i in range(len(HEADER))]
        frame = pd.DataFrame(rows, columns=names).assign(V3=[4.0, 1.0], V4=[9.0, 2.0], V6=[45.0, 999.0])
        labels = {"V3": {1: "Täysin eri mieltä", 4: "Samaa mieltä"}, "V4": {2: "Eri mieltä", 9: "EOS"}}
        folder.put("feedback/a.x", b"")
        pyreadstat.write_sav(
            frame, str(folder.raw / "feedback/a.x"), column_labels=HEADER, variable_value_labels=labels,
            missing_ranges={"V4": [9], "V6": [999]},
        )  # fmt: skip
    tables = folder.ingest()
    answers = tables["answers"].assign(n=tables["answers"].groupby("item").cumcount()).set_index(["n", "item"])
    shown = answers["code"].fillna(answers["missing_reason"])
    assert [shown[0, i] for i in ("q1", "q2", "did/work", "age")] == ["4", "dont_know", "1", "45"]
    assert [shown[1, i] for i in ("q1", "q2", "did/work", "age")] == ["1", "2", "no_answer", "no_answer"]
    assert str(tables["responses"]["submitted_at"].iloc[0]) == "2017-05-12 09:05:00"
    assert tables["comments"]["text"].tolist() == ["ok"]
    assert [text.partition(";")[0] for text in problems(tables)] == ["1 of 2 responses name no event"]
