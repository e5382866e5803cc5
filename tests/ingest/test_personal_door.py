"""Personal data stop at the door: identity codes refused, contacts and listed names masked, told by place alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import KEY, Folder, account, all_text, problems

from pipeline import stages
from pipeline.core.config import Params, load_project
from pipeline.core.workspace import Workspace
from pipeline.ingest import checking, received
from pipeline.ingest.personal_patterns import (
    holds_identity_code,
    is_iban,
    is_identity_code,
    kinds,
    mask_name,
    mask_text,
)

MARKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
FORM = "Lomake nro;Tapahtuma;q1;Ikä;Muuta sanottavaa\n"


def code(day: int, month: int, year: int, sign: str, number: int) -> str:
    digits = f"{day:02}{month:02}{year:02}"
    return f"{digits}{sign}{number:03}{MARKS[int(f'{digits}{number:03}') % 31]}"


@given(
    st.integers(1, 31), st.integers(1, 12), st.integers(0, 99), st.sampled_from("+-ABCDEFUVWXY"), st.integers(2, 999),
    st.sampled_from(["{}", "tunnus {}.", "({})", "hetu:{};", "{} kiitos"]),
)  # fmt: skip
def test_every_identity_code_is_found_whatever_its_century_and_whether_temporary(
    day: int, month: int, year: int, sign: str, number: int, around: str
) -> None:
    made = code(day, month, year, sign, number)
    for text in (made, made.lower(), made.replace("-", "–"), f"{made[:6]}\u200b{made[6:]}"):
        assert is_identity_code(text) or "\u200b" in text
        assert holds_identity_code(around.format(text))
        masked = mask_text(around.format(text))
        assert "[henkilötunnus]" in masked and made[7:] not in masked
    wrong = made[:-1] + MARKS[(MARKS.index(made[-1]) + 1) % 31]
    assert not holds_identity_code(wrong) and mask_text(wrong) == "[henkilötunnus]"


@pytest.mark.parametrize("text", ["310294-000X", "991394-1234", "000094-123A", "170512-1234", "1234567-8"])
def test_other_numbers_are_no_identity_codes(text: str) -> None:
    assert not holds_identity_code(text)


@pytest.mark.parametrize(
    "text",
    ["FI2112345600000785", "FI21 1234 5600 0007 85", "fi21-1234-5600-0007-85", "SE4550000000058398257466",
     "EE382200221020145685", "DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32"],
)  # fmt: skip
def test_account_numbers_are_masked_wherever_the_sentence_goes_on(text: str) -> None:
    assert is_iban(text)
    for around in ("{}", "maksa tilille {} kiitos", "tili {}.", "({}), 20 euroa"):
        assert mask_text(around.format(text)) == around.format("[tilinumero]")


def test_a_mistyped_account_number_is_a_number() -> None:
    assert (
        not is_iban("FI2112345600000786")
        and not is_iban("FI21")
        and "tilinumero" not in mask_text("AB12 kpl 34567890123")
    )


@given(st.text(max_size=60))
def test_masking_is_stable_and_leaves_nothing_to_find(text: str) -> None:
    once = mask_text(text)
    assert mask_text(once) == once and not kinds(once)


def test_long_texts_take_no_time() -> None:
    import time

    start = time.perf_counter()
    for text in ("a" * 200_000, "1" * 200_000, "a.b@" * 20_000, "FI21 " * 20_000, "040 123 4567 " * 5_000):
        mask_text(text)
    assert time.perf_counter() - start < 60  # a hang, not a speed


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "raw").events("E1,A1,Pihatalkoot,,2017-05-12")
    return made.put("attendance/E1.csv", "Sukunimi;Etunimi\nVirtanen;Maija\nMäki;Onni\nAho;Eva\n")


def test_a_row_with_an_identity_code_in_any_cell_is_refused_and_told_by_place(folder: Folder) -> None:
    rows = [
        "1;E1;1;45;hyvä",
        "2;E1;1;010594Y9032;",
        "3;E1;010594-9032;45;",
        "010594Y9032;E1;1;45;",
        "5;010594Y9032;1;1;",
        "6;E1;1;45;olen 131052-308T, moi",
    ]
    tables = folder.put("feedback/a.csv", FORM + "\n".join(rows) + "\n").ingest()
    assert account(tables, "feedback/a.csv") == (6, 1, 0, 5)
    text = all_text(tables)
    assert "9032" not in text and "308T" not in text
    assert "a personal identity code stands in column 'Ikä'" in problems(tables, "feedback/a.csv")


def test_lists_of_people_are_searched_too(folder: Folder) -> None:
    folder.put("attendance/E1.csv", "Nimi;Henkilötunnus\nMaija Virtanen;010594Y9032\nPekka Aho;\n")
    tables = folder.ingest()
    assert account(tables, "attendance/E1.csv") == (2, 1, 0, 1) and "9032" not in all_text(tables)
    (fix,) = tables["findings"].loc[tables["findings"]["kind"] == "row_quarantined", "fix"]
    assert fix.startswith("delete the identity codes from the file")


def test_an_identity_code_in_a_header_or_a_name_refuses_the_table(folder: Folder) -> None:
    import xlsxwriter

    folder.put("feedback/010594Y9032.csv", FORM + "1;E1;1;45;hyvä\n")
    folder.put("feedback/b.csv", "Lomake nro;q1;010594Y9032\n1;1;1\n")
    with xlsxwriter.Workbook(str(folder.raw / "feedback" / "c.xlsx")) as book:
        sheet = book.add_worksheet("010594Y9032")
        sheet.write_row(0, 0, ["Lomake nro", "q1"])
        sheet.write_row(1, 0, ["1", "1"])
    tables = folder.ingest()
    assert tables["responses"].empty and "9032" not in all_text(tables)
    refused = tables["findings"].loc[tables["findings"]["kind"] == "file_refused", "problem"]
    assert len(refused) == 3 and all("a personal identity code" in text for text in refused)


def test_an_address_in_a_file_name_is_masked_in_every_table(folder: Folder) -> None:
    tables = folder.put("feedback/maija.v@esimerkki.example.csv", FORM + "1;E1;1;45;hyvä\n").ingest()
    assert account(tables, "feedback/[sähköposti]")[1] == 1 and "maija.v" not in all_text(tables)
    assert mask_name("vastaukset 20170512-1405.csv") == "vastaukset 20170512-1405.csv"


def test_a_phone_number_in_a_file_name_is_masked_and_times_are_none(folder: Folder) -> None:
    tables = folder.put("feedback/Me-talo 040 987 6543.csv", FORM + "1;E1;1;45;hyvä\n").ingest()
    assert account(tables, "feedback/Me-talo [puhelin].csv")[1] == 1 and "987" not in all_text(tables)
    assert any("holds a phone number; it is masked" in text for text in problems(tables))
    line = "file,row,column,action,expected,value,reason\nfeedback/Me-talo 040 987 6543.csv,2,,drop,,,\n"
    assert account(folder.put("corrections.csv", line).ingest(), "feedback/Me-talo [puhelin].csv")[3] == 1
    for name in (
        "01012018-31122018.csv",
        "04052018-1405.csv",
        "survey 054321 2018-05-12 10.15.00.csv",
        "05122018.xlsx",
    ):
        assert mask_name(name) == name


@pytest.mark.parametrize("text", ["anna.suo at x.fi", "anna_suo ät posti.example.fi"])
def test_an_address_with_its_sign_as_a_word_is_masked(text: str) -> None:
    assert mask_text(f"kirjoita {text} kiitos") == "kirjoita [sähköposti] kiitos"
    assert mask_text("we met at lappeenranta.fi") == "we met at lappeenranta.fi"


def test_contacts_are_named_by_place_and_never_written(folder: Folder) -> None:
    rows = [
        "1;E1;1;0401234567;soita 040 123 4567",
        "2;E1;a.b@esimerkki.example;45;FI2112345600000785",
        "3;a.b@x.fi;1;1;",
    ]
    tables = folder.put("feedback/a.csv", FORM + "\n".join(rows) + "\n").ingest()
    text = all_text(tables)
    assert not any(value in text for value in ("1234567", "401234567", "esimerkki.example", "x.fi", "123456"))
    places = {(f.problem, f.row, f.column) for f in tables["findings"].itertuples() if f.kind == "note"}
    assert places >= {
        ("a phone number stands in place of a number; counted as invalid", 2, "Ikä"),
        ("a phone number stands in this open answer; masked", 2, "Muuta sanottavaa"),
        ("an e-mail address stands in this column; it is not passed on", 3, "q1"),
        ("a bank account number stands in this open answer; masked", 3, "Muuta sanottavaa"),
        ("an e-mail address stands in this column; it is not passed on", 4, "Tapahtuma"),
    }
    age = tables["answers"].query("item == 'age' and response_id == 'a.csv:2'")
    assert age["missing_reason"].item() == "invalid"


def test_names_of_listed_people_are_masked_in_comments(folder: Folder) -> None:
    said = [
        "Kiitos Maija Virtaselle!",
        "maija virtanen oli paikalla",
        "Onni Mäen puhe, Mäki oli liukas ja onni myötä",
        "Eva oli",
    ]
    rows = "\n".join(f"{n};E1;1;45;{text}" for n, text in enumerate(said))
    tables = folder.put("feedback/a.csv", FORM + rows + "\n").ingest()
    assert tables["comments"]["text"].tolist() == [
        "Kiitos [nimi]!", "[nimi] oli paikalla", "[nimi] puhe, Mäki oli liukas ja onni myötä", "Eva oli",
    ]  # fmt: skip
    found = tables["findings"]
    named = found[found["problem"].str.contains("name of a person")]
    assert named["rows"].tolist() == ["2-4"] and "irta" not in all_text(tables)


def test_names_on_a_list_that_is_refused_are_masked_as_well(folder: Folder) -> None:
    folder.put("attendance/tuntematon.csv", "Nimi\nTuula Heikkilä\n")
    tables = folder.put("feedback/a.csv", FORM + "1;E1;1;45;Heikkilän Tuula lauloi\n").ingest()
    assert tables["comments"]["text"].tolist() == ["[nimi] lauloi"]


INTERVIEWS = "attendance/E1.csv", "Nimi\nAulikki Ruusuvuori\nMaija Virtanen\n"


def _interviews(path: Path, *sheets: str, header: str = "", first: int = 1) -> None:
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        for number, name in enumerate(sheets, start=first):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Lomake nro", "Tapahtuma", "q1", header])
            sheet.write_row(1, 0, [str(number), "E1", "1", "x"])


def test_a_sheet_a_header_and_a_file_called_by_a_listed_person_are_masked_everywhere(folder: Folder) -> None:
    """One sheet per person interviewed: each stays a place of its own, and no name gets into a table."""
    folder.put(*INTERVIEWS)
    _interviews(folder.raw / "feedback/haastattelut.xlsx", "Aulikki Ruusuvuori", "virtanen", "Muut", header="Aulikin x")
    _interviews(folder.raw / "feedback/Ruusuvuori_Aulikki.xlsx", "Taul1", first=11)
    _interviews(folder.raw / "feedback/VirtanenMaija.xlsx", "Taul1", first=12)
    tables = folder.ingest()
    assert set(tables["responses"]["response_id"]) == {
        *(f"haastattelut.xlsx:{sheet}:2" for sheet in ("[nimi]", "[nimi] 2", "Muut")),
        *(f"{name}.xlsx:Taul1:2" for name in ("[nimi]", "[nimi] 2")),
    }
    text = all_text(tables).casefold()
    assert not any(name in text for name in ("aulik", "ruusuvuor", "virtane", "maija"))
    found = tables["findings"].query("kind == 'note'")
    assert "[nimi] x" in set(found.loc[found["problem"].str.startswith("the header of this column"), "column"])
    assert found["problem"].str.contains("names a listed person").sum() == 3


def test_a_decision_speaks_of_a_masked_file_by_either_name(folder: Folder) -> None:
    folder.put(*INTERVIEWS)
    _interviews(folder.raw / "feedback/Maija Virtanen.xlsx", "Aulikki Ruusuvuori", "Muut", header="Aulikin x")
    head = "file;sheet;row;column;action;expected;value;reason\n"
    for file, sheet in (("[nimi].xlsx", "[nimi]"), ("feedback/Maija Virtanen.xlsx", "Aulikki Ruusuvuori")):
        folder.put("corrections.csv", f"{head}{file};{sheet};2;;drop;;;\n")
        assert account(folder.ingest(), "feedback/[nimi].xlsx") == (2, 1, 0, 1)
    folder.put("corrections.csv", f"{head}feedback/[nimi].xlsx;[nimi];2;[nimi] x;set;x;;\n")
    assert account(folder.ingest(), "feedback/[nimi].xlsx") == (2, 2, 0, 0)


def test_what_is_said_of_a_masked_file_is_still_said_of_it(tmp_path: Path) -> None:
    source = '[[sources]]\nmatch = "{}"\nmode = "paper"\nevent = "E1"\n'
    for match in ("feedback/Aulikki Ruusuvuori.csv", "Aulikki*.csv", "[nimi].csv"):
        folder = Folder(tmp_path / match[-9:-4] / "raw", source.format(match)).put(*INTERVIEWS)
        folder.events("E1,A1,Pihatalkoot,,2017-05-12")
        tables = folder.put("feedback/Aulikki Ruusuvuori.csv", "Lomake nro;q1\n1;1\n").ingest()
        assert tables["responses"]["mode"].tolist() == ["paper"]
        assert not any("of [[sources]]" in text for text in problems(tables))


def test_an_event_called_by_a_person_is_still_the_event(folder: Folder) -> None:
    folder.events("E1,A1,Pihatalkoot,,2017-05-12", "E2,A1,Maija Virtasen muistojuhla,,2017-06-12")
    folder.put("feedback/Maija Virtasen muistojuhla.csv", "Lomake nro;q1\n1;1\n")
    folder.put("attendance/Maija Virtasen muistojuhla.csv", "Nimi\nMaija Virtanen\n")
    tables = folder.ingest()
    assert tables["attendance"]["event_id"].tolist().count("E2") == 1
    assert account(tables, "feedback/Maija Virtasen muistojuhla.csv")[1] == 1


def test_what_was_received_and_a_check_name_nobody(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.put(*INTERVIEWS).put("feedback/Aulikki Ruusuvuori.csv", FORM + "1;E1;1;45;hyvä\n")
    settings, params = load_project(folder.raw), Params()
    monkeypatch.setenv(*next(iter(KEY.items())))
    stages.run("ingest", Workspace.split(folder.raw, folder.raw.parent))
    before = received.read(folder.raw.parent / "processed/received.json")
    assert before is not None and "feedback/[nimi].csv" in before and "Aulikki" not in str(before)
    found = checking.check(folder.raw, settings, params, KEY, before)
    assert found.files.set_index("file").at["feedback/[nimi].csv", "change"] == "unchanged"
    folder.put("corrections.csv", "file\n")
    stopped = checking.check(folder.raw, settings, params, KEY, before)
    assert stopped.error is not None and "Aulikki" not in str(stopped.files.to_csv())
