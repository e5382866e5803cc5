"""One person, or everybody, is taken out of what the pipeline made; what is left anywhere is found and named."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from ingest_folder import KEY, Folder

from pipeline.commands.purge import purge
from pipeline.core import tables
from pipeline.core.config import Params, load_project
from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace
from pipeline.ingest import traces
from pipeline.ingest.project import ingest
from pipeline.report import spss

LIST = "Nimi;Sähköposti;Puhelin\nXaviera Qvistnamn;xaviera.q@zz.example;040 987 6543\nPekka Aho;;\n"
WHO = ("Xaviera Qvistnamn", "qvistnamn xaviera", "xaviera.q@zz.example", "+358 40 9876543", "attendance/E1.csv:2")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace with two events, one person on both lists, after a run."""
    monkeypatch.setenv(*next(iter(KEY.items())))
    folder = Folder(tmp_path / "raw").events("E1,A1,Pihatalkoot,,2017-05-12", "E2,A1,Kahvila,,2017-06-01")
    folder.put("attendance/E1.csv", LIST).put("attendance/E2.csv", LIST.replace("Pekka", "Paavo"))
    folder.put("feedback/a.csv", "Lomake nro;q1;Muuta sanottavaa\n1;1;Kiitos\n")
    _store(tmp_path)
    return tmp_path


def _store(root: Path) -> dict[str, pd.DataFrame]:
    place = Workspace.at(root)
    made = ingest(place.raw, load_project(place.raw), Params(), KEY)
    for name in ("attendance", "persons", "responses", "answers", "comments"):
        tables.write(place, name, made[name])
    return made


@pytest.mark.parametrize("who", WHO)
def test_one_person_is_gone_from_every_table_and_stays_away(
    workspace: Path, who: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Workspace.at(workspace)
    before = tables.read(place, "attendance")
    cache = workspace / ".dvc/cache/old"
    cache.mkdir(parents=True)
    (cache / "x").write_text("xaviera.q@zz.example")
    code, said = purge(who, workspace=workspace), "".join(capsys.readouterr())
    after = tables.read(place, "attendance")
    assert code == 0 and "0 found" in said and len(before) - len(after) == 2 and not cache.exists()
    assert "attendance/E1.csv, row 2: the whole row" in said and "attendance/E2.csv, row 2: the whole row" in said
    assert len(tables.read(place, "persons")) == 2
    again = _store(workspace)
    assert len(again["persons"]) == 2 and not set(again["attendance"]["person_id"]) - set(after["person_id"])
    assert (again["findings"]["problem"] == "this person asked to be removed").sum() == 2


def test_a_response_with_a_name_or_an_address_is_removed_too(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = "Lomake nro;q1;Muuta sanottavaa;Nimi;Sähköposti\n1;1;Kiitos;Ulla Uusi;ulla@zz.example\n2;2;Hei;;\n"
    (workspace / "raw/feedback/a.csv").write_text(form, "utf-8")
    _store(workspace)
    for who in ("Uusi Ulla", "ULLA@zz.example"):
        code, said = purge(who, workspace=workspace), "".join(capsys.readouterr())
        assert code == 0 and "feedback/a.csv, row 2: the whole row" in said and "purged.csv" not in said
        place = Workspace.at(workspace)
        assert tables.read(place, "responses")["response_id"].tolist() == ["a.csv:3"]
        assert tables.read(place, "comments")["text"].tolist() == ["Hei"]
        _store(workspace)


def test_only_decisions_about_this_person_are_to_be_deleted(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Row 2 of one list and row 3 of another are two people, though a line has both numbers."""
    lines = ["file,row,file,row,same", "E1.csv,3,E2.csv,3,no", "E1.csv,3,E2.csv,2,no", "E2.csv,3,E1.csv,3,no"]
    (workspace / "raw/coding").mkdir()
    (workspace / "raw/coding/people.csv").write_text("\n".join(lines[:3]) + "\n", "utf-8")
    purge(WHO[0], workspace=workspace)
    assert "raw/coding/people.csv: row 3\n" in "".join(capsys.readouterr())


ANSWER = "Tunnistettava lause: vuotava katto ja siilikuusi."


def test_a_removed_response_is_in_no_product_of_the_run(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file for SPSS and the places of words hold answers too; what quotes them is found and named."""
    form = f"Lomake nro;q1;Muuta sanottavaa;Sähköposti\n1;1;{ANSWER};ulla@zz.example\n2;2;Hei;\n12;2;Hoi;\n"
    (workspace / "raw/feedback/a.csv").write_text(form, "utf-8")
    (workspace / "raw/report").mkdir()
    quotations = "response_id,item,released_by,date\na.csv:2,say,K,2018-01-01\na.csv:22,say,K,2018-01-01\n"
    (workspace / "raw/report/quotations.csv").write_text(quotations, "utf-8")
    made, place = _store(workspace), Workspace.at(workspace)
    sav, context = place.processed / "responses.sav", place.processed / "notebooks/keyword_in_context.csv"
    given = [made[name] for name in ("items", "options", "responses", "answers")]
    spss.write_sav(sav, *given, "fi")
    context.parent.mkdir()
    context.write_text(f"katto,{ANSWER}", "utf-8")
    page, printed = place.report / "index.html", place.report / "final_report.pdf"
    place.report.mkdir()
    page.write_text(f"<p>{ANSWER.replace(':', '&#58;')}</p>", "utf-8")
    printed.write_bytes(b"%PDF-1.7")
    code, said = purge("ulla@zz.example", workspace=workspace), "".join(capsys.readouterr())
    assert code == 1 and f"still there: {page}: 1" in said and "1 found" in said and str(printed) in said
    assert not sav.exists() and not context.exists() and "responses.sav: deleted" in said
    assert "report/quotations.csv, row 2, column 'response_id'" in said and "quotations.csv, row 3" not in said
    sav.parent.mkdir(exist_ok=True)
    spss.write_sav(sav, *given, "fi")
    assert traces.Traces(responses=frozenset({"a.csv:2"})).in_file(sav) == 1
    assert (
        purge("ulla@zz.example", workspace=workspace) == 1
    )  # what it finds does not hang on the tables cleaned before
    page.unlink()
    printed.unlink()
    assert purge("ulla@zz.example", workspace=workspace) == 0


def test_a_response_with_the_name_of_a_listed_person_goes_and_one_of_a_namesake_stays(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["1;1;a;Qvistnamn Xaviera;", "2;1;b;Xaviera Qvistnamn;other@zz.example", "3;1;c;;xaviera.q@zz.example"]
    form = "Lomake nro;q1;Muuta sanottavaa;Nimi;Sähköposti\n" + "\n".join(rows) + "\n"
    (workspace / "raw/feedback/a.csv").write_text(form, "utf-8")
    _store(workspace)
    assert purge(WHO[0], workspace=workspace) == 0
    said = "".join(capsys.readouterr())
    assert tables.read(Workspace.at(workspace), "responses")["response_id"].tolist() == ["a.csv:3"]
    assert "feedback/a.csv, row 2: the whole row" in said and "feedback/a.csv, row 3, column 'Nimi'" in said


def test_a_response_with_first_and_last_name_apart_goes(workspace: Path) -> None:
    rows = "1;1;Xaviera;Qvistnamn\n2;1;Xaviera;Aho\n"
    (workspace / "raw/feedback/a.csv").write_text(f"Lomake nro;q1;Etunimi;Sukunimi\n{rows}", "utf-8")
    _store(workspace)
    assert purge(WHO[0], workspace=workspace) == 0
    assert tables.read(Workspace.at(workspace), "responses")["response_id"].tolist() == ["a.csv:3"]


def test_decisions_that_hold_the_name_or_speak_of_the_row_are_listed(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        "attendance/E1.csv,,3,Nimi,set,Pekka Aho,Pekka Ahola,not Xaviera Qvistnamn",
        "attendance/E2.csv,,2,Puhelin,set,040 987 6543,,",
        "attendance/E2.csv,,3,Nimi,set,Paavo Aho,Paavo Ahola,",
    ]
    head = "file,sheet,row,column,action,expected,value,reason\n"
    (workspace / "raw/corrections.csv").write_text(head + "\n".join(lines) + "\n", "utf-8")
    purge(WHO[0], workspace=workspace)
    said = "".join(capsys.readouterr())
    assert "corrections.csv, row 2, column 'reason'" in said and "corrections.csv, row 4" not in said
    assert "then delete from raw/corrections.csv: row 3\n" in said


def test_a_file_and_a_sheet_called_by_the_person_are_to_be_renamed(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No run can take the name out of what is called by it: the list to mend says which file that is."""
    form = pd.DataFrame({"Lomake nro": [7], "q1": [1], "Xaviera Qvistnamn sanoi": ["x"]})
    for name in ("Xaviera Qvistnamn.xlsx", "haastattelut.xlsx"):
        path = workspace / "raw/feedback" / name
        form.to_excel(path, sheet_name="Qvistnamn Xaviera", index=False, engine="xlsxwriter")
    _store(workspace)
    assert purge(WHO[0], workspace=workspace) == 0
    said = "".join(capsys.readouterr())
    assert "feedback/[nimi].xlsx: rename it" in said and "haastattelut.xlsx, sheet '[nimi]': rename it" in said
    assert "column '[nimi] sanoi': the header itself" in said and "Qvist" not in said


def test_a_response_in_a_file_outside_the_project_is_found_too(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = workspace / "raw/project.toml"
    toml.write_text(f'{toml.read_text("utf-8")}\n[ingest]\nfeedback = ["../answers/*.csv"]\n', "utf-8")
    (workspace / "answers").mkdir()
    (workspace / "answers/b.csv").write_text("Lomake nro;q1;Sähköposti\n5;1;ulla@zz.example\n", "utf-8")
    _store(workspace)
    assert purge("ulla@zz.example", workspace=workspace) == 0
    assert tables.read(Workspace.at(workspace), "responses")["response_id"].tolist() == ["a.csv:2"]
    assert "b.csv, row 2: the whole row" in "".join(capsys.readouterr())


@pytest.mark.parametrize("row", ["xaviera.q@zz.example;;", "X Q;xaviera.q@zz.example;", ";;040 987 6543"])
def test_somebody_removed_does_not_come_back_without_a_name(workspace: Path, row: str) -> None:
    purge(WHO[0], workspace=workspace)
    head = "Nimi;Sähköposti;Puhelin\n"
    (workspace / "raw/attendance/E1.csv").write_text(f"{head}Pekka Aho;;\n{row}\n", "utf-8")
    (workspace / "raw/attendance/E2.csv").write_text(f"{head}Kalle Qvistnamn;xaviera.q@zz.example;\n", "utf-8")
    again = _store(workspace)["attendance"]
    assert again["source_file"].value_counts().to_dict() == {"attendance/E1.csv": 1, "attendance/E2.csv": 1}


def _document(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", "<w:p><w:t>Kiitos Xav</w:t><w:t>iera Qvistnamn!</w:t></w:p>")


@pytest.mark.parametrize(
    "where", ["figures/a.svg", "notebooks/a.ipynb", "report/a.docx", "releases/1/a.txt", "processed/review.xlsx"]
)
def test_what_is_left_is_named_and_the_exit_code_is_one(
    workspace: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / where
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".docx":
        _document(path)
    elif path.suffix == ".xlsx":
        pd.DataFrame({"a": ["Qvistnamn Xaviera"]}).to_excel(path, index=False, engine="xlsxwriter")
    else:
        path.write_text('{"text": "soita 0409876543"}')
    code, said = purge(WHO[0], workspace=workspace), "".join(capsys.readouterr())
    assert code == 1 and where.rpartition("/")[2] in said and "1 found" in said


def test_somebody_nobody_knows_is_an_error_that_does_not_repeat_the_name(workspace: Path) -> None:
    with pytest.raises(PipelineError) as fault:
        purge("Outo Tuntematon", workspace=workspace)
    assert "Tuntematon" not in str(fault.value)


def test_everybody_goes_after_the_retention_date_and_not_before(workspace: Path) -> None:
    place, toml = Workspace.at(workspace), workspace / "raw/project.toml"
    kept, text = len(tables.read(place, "responses")), toml.read_text("utf-8")
    assert kept == 1
    toml.write_text(f"{text}\n[privacy]\nretention_until = {dt.date.today()}\n", encoding="utf-8")
    with pytest.raises(PipelineError, match="retention time is not over"):
        purge(expired=True, workspace=workspace)
    toml.write_text(f"{text}\n[privacy]\nretention_until = 2020-01-01\n", encoding="utf-8")
    context = place.processed / "notebooks" / "keyword_in_context.csv"
    context.parent.mkdir(parents=True, exist_ok=True)
    context.write_text("an open answer", "utf-8")
    assert purge(expired=True, workspace=workspace) == 0
    assert not context.exists()
    for name in ("attendance", "persons", "responses", "answers", "comments"):
        assert tables.read(place, name).empty, name


def test_a_name_in_two_runs_of_a_paragraph_is_found_and_words_of_two_paragraphs_are_no_name(tmp_path: Path) -> None:
    wanted = traces.Traces(names=(("xaviera", "qvistnamn"),))
    _document(tmp_path / "a.docx")
    assert wanted.in_file(tmp_path / "a.docx") == 1
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as made:
        made.writestr("word/document.xml", "<w:p><w:t>Xaviera</w:t></w:p><w:p><w:t>Qvistnamn</w:t></w:p>")
    assert wanted.in_file(tmp_path / "b.docx") == 0
