"""Personal data stop at the door: identity codes refused, contacts and listed names masked, told by place alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import Folder, account, all_text, problems

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
