"""Lists as people keep them: who came, who did not, what is no person, and what is several lists in one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from ingest_folder import Folder, account, problems

from pipeline.core.config import Params, load_project
from pipeline.ingest import came, no_person
from pipeline.ingest.attendance_headers import kind_of
from pipeline.ingest.project import ingest_and_review

KEY = {"PIPELINE_PERSON_KEY": "a key only tests know"}
NAMES = ("Aino Aalto", "Berta Berg", "Carl Dahl")


def _folder(raw: Path, **lists: str) -> Folder:
    folder = Folder(raw).events("E1,A1,Pihatalkoot,,2018-03-03", "E2,A1,Avoimet ovet,,2018-03-10")
    for name, content in lists.items():
        folder.put(f"attendance/{name}.csv", content)
    return folder


def _statuses(raw: Path, header: str, *cells: str) -> list[str]:
    rows = [f"{name};0401234567;{cell}" for name, cell in zip(NAMES, cells, strict=False)]
    tables = _folder(raw, E1="\n".join([f"Nimi;Puhelin;{header}", *rows]) + "\n").ingest()
    found = tables["attendance"].set_index("source_row")["status"].reindex(range(2, 2 + len(rows)))
    return found.fillna("aside").tolist()


@pytest.mark.parametrize(
    ("header", "cells", "statuses"),
    [
        ("Osallistui", ("kyllä", "ei", "ei"), "ARR"),
        ("Läsnäolo", ("läsnä", "poissa", "pois"), "ARR"),
        ("Läsnä (x)", ("x", "", "ei tullut"), "ARR"),
        ("Läsnä", ("☑", "☐", "______"), "ARR"),
        ("Allekirjoitus 23.4.", ("AA", "", ""), "ARR"),
        ("Kuittaus", ("AA", "", "-"), "ARR"),
        ("Saapui", ("kyllä", "ei", "--"), "ARR"),
        ("Attended", ("x", "No", ""), "ARR"),
        ("Saapui", ("17:05", "--", "-"), "ARR"),
        ("Läsnä", ("x", "✗", "0,0"), "ARR"),
        ("Läsnä", ("x", "sairas", "perui"), "ARa"),
        ("Läsnä", ("x", "o", "p"), "AUU"),
        ("Läsnä", ("o", "o", ""), "AAR"),
        ("Läsnä", ("x", "lomalla", "unohtui"), "ARU"),
        ("Läsnä", ("myöhässä", "etänä", "klo 10-12"), "AAA"),
        ("Läsnä", ("2 h", "0 h", "?"), "ARU"),
        ("Läsnä", ("k", "e", "e"), "ARR"),
        ("Läsnä", ("l", "p", ""), "ARR"),
        ("Läsnä", ("x", "s", "x?"), "AUU"),
        ("Läsnä", ("x, lähti 12", "(x)", "x"), "AAA"),
        ("Läsnä", ("Aino A", "Berg", "CD"), "AAA"),
        ("Läsnä", ("mv", "mv", "poissa"), "AAR"),
        ("Allekirjoitus", ("EI", "BB", "kesken"), "UAU"),
        ("Allekirjoitus", ("A. Aalto", "B Berg", "KK"), "AAA"),
        ("Poissa", ("", "x", "x"), "ARR"),
        ("Poissa", ("", "lomalla", "2 h"), "ARU"),
        ("Poissa", ("ei", "x", "poissa"), "ARR"),
        ("Läsnä", ("p", "p", ""), "UUR"),
        ("Läsnä / Poissa", ("L", "P", "L"), "ARA"),
        ("Läsnä / Närvarande", ("x", "", "x"), "ARA"),
        ("Mukana", ("x", "jäi pois", "peruutettu 2.3."), "ARa"),
        ("Allekirj.", ("AA", "", "ei voinut tulla"), "ARR"),
        ("Saapui", ("17.05", "", "17.10"), "ARA"),
        ("Osallistun", ("Kyllä", "En", "En pääse"), "Raa"),
        ("Aikaleima", ("1.3.2018 10:00", "3.3.2018 17:01", "4.3.2018 9:00"), "RAA"),
        ("Lisätietoja", ("perui 2.3.", "ei päässyt tulemaan", "poissa sairauden takia"), "aRR"),
        ("Kommentit", ("peruuttanut sairauden vuoksi", "Ei tullut paikalle", "lapsi sairas"), "aRA"),
        ("Deltog", ("ja", "nej", "ej"), "ARR"),
        ("Huom", ("kasvis", "perui", "ei tullut"), "AaR"),
        ("Osallistumisen tila", ("Paikalla", "Ei paikalla", "Peruttu"), "ARa"),
        ("Ilmoittautunut", ("1.3.2018", "perui", ""), "RaU"),
        ("Tila", ("Myöhässä", "Sairas", "7"), "ARU"),
        ("Kunta", ("LPR", "LPR", "LPR"), "AAA"),
    ],
)
def test_who_came(tmp_path: Path, header: str, cells: tuple[str, ...], statuses: str) -> None:
    words = {"A": "attended", "R": "registered", "U": "unknown", "a": "aside"}
    assert _statuses(tmp_path / "raw", header, *cells) == [words[letter] for letter in statuses]


def test_a_word_of_presence_nobody_knows_is_said_and_not_counted(tmp_path: Path) -> None:
    rows = ["Nimi;Läsnä", "Aino Aalto;x", "Berta Berg;karonkka", "Carl Dahl;x"]
    tables = _folder(tmp_path / "raw", E1="\n".join(rows) + "\n").ingest()
    found = tables["findings"].iloc[0]
    assert (found["kind"], found["row"], found["column"]) == ("cell_invalid", 3, "Läsnä")
    assert found["problem"].startswith("unknown word for who came") and "karonkka" not in str(tables["findings"])


@pytest.mark.parametrize(
    ("header", "kind"),
    [("vko 9", "column_unmapped"), ("1. kerta", "column_unmapped"), ("Oletteko paikalla", "column_unmapped"),
     ("Kasvisruoka", "note"), ("Kunta", "note")],
)  # fmt: skip
def test_ticks_below_a_header_of_time_wait_for_a_person(tmp_path: Path, header: str, kind: str) -> None:
    rows = [f"Nimi;Puhelin;{header}", "Aino Aalto;1;x", "Berta Berg;2;"]
    found = _folder(tmp_path / "raw", E1="\n".join(rows) + "\n").ingest()["findings"]
    assert found["kind"].tolist() == [kind]


def test_an_empty_column_of_a_tool_claims_nothing(tmp_path: Path) -> None:
    rows = ["Nimi;Etu- ja sukunimi;Puhelin", ";Aino Aalto;0401234567", ";Berta Berg;0401234568"]
    tables = _folder(tmp_path / "raw", E1="\n".join(rows) + "\n").ingest()
    assert len(tables["persons"]) == 2 and tables["findings"].empty


@pytest.mark.parametrize("title", ["3.3.", "Kerho 3.3.18", "la 3.3."])
def test_a_day_without_its_year_is_looked_up_in_the_register(tmp_path: Path, title: str) -> None:
    folder = _folder(tmp_path / "raw", lista=f"{title}\nNimi;Puhelin\nAino Aalto;1\n")
    assert folder.ingest()["attendance"]["event_id"].tolist() == ["E1"]


def test_two_of_one_first_name_on_a_list_are_two_until_a_person_says_otherwise(tmp_path: Path) -> None:
    club = "Nimi;Läsnä\nEmma;x\nLeo;x\nEmma;x\n"
    folder = _folder(tmp_path / "raw", E1=club, E2="Nimi;Läsnä\nEmma;x\nLeo;x\n", kopio_E1=club)
    folder.put("attendance/kopio_E1.csv", "Pihatalkoot\n" + club)
    tables = folder.ingest()
    assert tables["attendance"]["event_id"].value_counts().to_dict() == {"E1": 3, "E2": 2}
    assert len(tables["persons"]) == 3 and sum("may be the person" in text for text in problems(tables)) >= 1


def test_initials_that_spell_a_no_are_those_of_whom_they_fit(tmp_path: Path) -> None:
    rows = ["Nimi;Allekirjoitus", "Eila Ilola;EI", "Berta Berg;EI"]
    tables = _folder(tmp_path / "raw", E1="\n".join(rows) + "\n").ingest()
    assert tables["attendance"]["status"].tolist() == ["attended", "unknown"]


def test_a_column_no_word_is_known_for_is_said(tmp_path: Path) -> None:
    tables = _folder(tmp_path / "raw", E1="Nro;Nimi;Saatavuus;Tyhjä\n1;Aino Aalto;x;\n2;Berta Berg;;\n").ingest()
    found = tables["findings"]
    assert found["column"].tolist() == ["Saatavuus"] and found["problem"].str.contains("is not used").all()


@pytest.mark.parametrize("name", ["Maija Aho (ei tullut)", "Maija Aho POISSA"])
def test_an_aside_behind_a_name_counts(name: str) -> None:
    assert came.aside(pd.Series([name], dtype="str"), name=True).tolist() == ["registered"]
    others = [
        "Maija Poissalo",
        "Maija Perunen",
        "Maija Sairasto",
        "Sairas Sanna",
        "Aino Aalto (ei osallistu kuvauksiin)",
    ]
    assert came.aside(pd.Series(others, dtype="str"), name=True).isna().all()


@pytest.mark.parametrize(
    "remark",
    ["ei osallistu kuvauksiin", "sairastaa diabetesta", "ei pääse portaita", "poissa klo 18 jälkeen", "perui kyydin",
     "perui ensin, tuli kuitenkin", "lapsi sairas, tuli yksin", "absent from lunch", "poissa 2.5."],
)  # fmt: skip
def test_a_remark_about_something_else_takes_nobody_off(tmp_path: Path, remark: str) -> None:
    assert _statuses(tmp_path / "a", "Huom", remark) == ["attended"]
    signed = f"Nimi;Läsnä;Huom\nAino Aalto;x;{remark}\nBerta Berg;x;ei tullut\n"
    tables = _folder(tmp_path / "b", E1=signed).ingest()
    assert tables["attendance"]["status"].tolist() == ["attended", "attended"]  # a mark goes before any remark


@pytest.mark.parametrize(
    "line", ["Sivu 2", "1/2", "Jatkuu seuraavalla sivulla", "Osallistujalista jatkuu", "Pihatalkoot"]
)
def test_what_stands_over_a_header_on_the_next_page(tmp_path: Path, line: str) -> None:
    rows = ["Pihatalkoot;;", "Nimi;Puhelin;Allekirjoitus", "Aino Aalto;1;AA", f"{line};;", "Nimi;Puhelin;Allekirjoitus"]
    tables = _folder(tmp_path / "raw", E1="\n".join([*rows, "Dan Dahl;2;DD"]) + "\n").ingest()
    assert tables["attendance"]["status"].tolist() == ["attended"] * 2


def test_the_header_of_two_columns_is_no_person(tmp_path: Path) -> None:
    tables = _folder(tmp_path / "raw", E1="Nimi;Kunta\nMaija Aho;LPR\nMaja Virta;LPR\nOlli Oja;LPR\n").ingest()
    assert len(tables["persons"]) == 3


def test_marks_go_before_headings_and_a_time_before_a_dash(tmp_path: Path) -> None:
    rows = ["Nimi;Läsnä", "Ilmoittautuneet;", "Aino Aalto;x", "Berta Berg;", "Muut;", "Carl Dahl;x"]
    tables = _folder(tmp_path / "a", E1="\n".join(rows) + "\n").ingest()
    assert tables["attendance"].set_index("source_row")["status"].to_dict() == {
        3: "attended",
        4: "registered",
        6: "attended",
    }
    tables = _folder(tmp_path / "b", E1="Nimi;Saapui;Poistui\nAino Aalto;17.35;-\nBerta Berg;-;-\n").ingest()
    assert tables["attendance"]["status"].value_counts().to_dict() == {"attended": 1, "registered": 1}


def test_initials_are_signatures_and_summa_is_a_name(tmp_path: Path) -> None:
    assert _statuses(tmp_path / "a", "Allekirjoitus", "AA", "E", "x") == ["attended"] * 3
    tables = _folder(tmp_path / "b", E1="Sukunimi;Etunimi;Kylä\nSumma;Sirpa;Hamina\nAalto;Aino;Summa\n").ingest()
    assert len(tables["persons"]) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Yhteensä 15 henkilöä", no_person.TOTAL),
        ("Osallistujia yhteensä", no_person.TOTAL),
        ("Joista lapsia 4", no_person.TOTAL),
        ("Päivitetty 24.4. / MK", no_person.TOTAL),
        ("Vapaaehtoiset:", no_person.HEADING),
        ("Työntekijät", no_person.HEADING),
        ("Peruneet", no_person.HEADING),
        ("Pihatalkoot", no_person.HEADING),
        ("+ 2 lasta", no_person.NAMELESS),
        ("3 lasta", no_person.NAMELESS),
        ("+1", no_person.NAMELESS),
        ("_________", no_person.NAMELESS),
        ("15", no_person.NAMELESS),
        ('"', no_person.NAMELESS),
        ("Matti ja Maija Aho", no_person.SEVERAL),
        ("Matti Virta & Maija Aho", no_person.SEVERAL),
        ("Perhe Virtanen", no_person.SEVERAL),
        ("Aino Aalto + 2 lasta", no_person.SEVERAL),
        ("Perhe Virtanen (4 hlö)", no_person.SEVERAL),
        ("Virtasen perhe", no_person.SEVERAL),
        ("Maija Aho", None),
        ("Aho/Virta Maija", None),
        ("Maija Aho (1 hlö)", None),
        ("Maija Aho / Martat", None),
        ("Anja Jaakkola", None),
        ("Aho-Virta Maija", None),
        ("+358401234567", None),
        ("Maija", None),
        ("Öhman, Otto", None),
    ],
)
def test_what_is_one_person(text: str, reason: str | None) -> None:
    written = pd.Series([text], dtype="str")
    found = no_person.reasons(written, pd.Series([True]), {"pihatalkoot": "E1"}).iloc[0]
    assert found == reason if reason else pd.isna(found)


def test_people_under_a_heading_of_those_who_did_not_come(tmp_path: Path) -> None:
    rows = [
        "Aino Aalto;1",
        "Peruneet:;",
        "Berta Berg;1",
        "Ilmoittautuneet, ei paikalla;",
        "Carl Dahl;1",
        "Muut:;",
        "Eva Ek;1",
    ]
    tables = _folder(tmp_path / "raw", E1="\n".join(["Nimi;Puhelin", *rows]) + "\n").ingest()
    assert tables["attendance"].set_index("source_row")["status"].to_dict() == {
        2: "attended",
        6: "registered",
        8: "attended",
    }


def test_a_row_of_several_people_counts_once_accepted_and_not_before(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "raw", E1="Nimi;Kunta\nMatti ja Maija Aho;LPR\nAino Aalto;LPR\n+ 2 lasta;\n")
    assert account(folder.ingest(), "attendance/E1.csv") == (3, 1, 0, 2)
    head = "file,sheet,row,column,action,expected,value,reason\n"
    folder.put("corrections.csv", f"{head}attendance/E1.csv,,2,,accept,,,\nattendance/E1.csv,,4,,drop,,,\n")
    assert account(folder.ingest(), "attendance/E1.csv") == (3, 2, 0, 1)


def test_those_whose_name_nobody_knows_are_several_and_nobody_elsewhere(tmp_path: Path) -> None:
    rows = "Nimi;Kunta\nVieras 1;LPR\nVieras 2;LPR\nLapsi;LPR\nLapsi;LPR\nN.N.;LPR\n"
    tables = _folder(tmp_path / "raw", E1=rows, E2=rows.replace("LPR", "IMA")).ingest()
    assert len(tables["persons"]) == 10 and (tables["persons"]["n_events"] == 1).all()


def test_a_copy_of_a_list_adds_no_device(tmp_path: Path) -> None:
    rows = "Nimi;Puhelin\nAino Aalto;0401234567\niPhone;\nVieras;\n"
    tables = _folder(tmp_path / "raw", E1=rows, **{"E1 kopio": rows}).ingest()
    assert len(tables["persons"]) == 3 and account(tables, "attendance/E1.csv") == (3, 0, 3, 0)
    assert any("without a name" in text for text in problems(tables))


@pytest.mark.parametrize("header", ["Puh / s-posti", "Puhelin ja sähköposti", "Yhteystiedot", "Sähköposti/puh."])
def test_a_column_of_both_contacts_is_both(tmp_path: Path, header: str) -> None:
    assert kind_of(header) == "contact"
    first = f"Nimi;{header}\nPäivi Aho;paivi@x.example\nJorma Oja;040 123 4567\nEeva Ek;e@x.example, 0501112222\n"
    second = f"Nimi;{header}\nAho Päivi;paivi@x.example\nJorma Oja;050 999 8888\nEeva Ek;050 111 2222\n"
    tables = _folder(tmp_path / "raw", E1=first, E2=second).ingest()
    assert sorted(tables["persons"]["n_events"]) == [1, 1, 2, 2]


def test_a_family_with_one_address_is_asked_about_and_not_merged(tmp_path: Path) -> None:
    rows = "Nimi;Sähköposti\nAnna Aalto;perhe@x.example\nAnni Aalto;perhe@x.example\nMatti Aalto;perhe@x.example\n"
    folder = _folder(tmp_path / "raw", E1=rows)
    made = ingest_and_review(folder.raw, load_project(folder.raw), Params(), KEY)
    assert len(made.tables["persons"]) == 3
    assert made.review[["row_1", "row_2"]].to_numpy().tolist() == [["2", "3"]]


def _refused(raw: Path, content: str) -> str:
    tables = _folder(raw, E1=content).ingest()
    assert len(tables["persons"]) == 0
    return problems(tables)[0]


def test_lists_of_another_shape_are_refused(tmp_path: Path) -> None:
    beside = "Nimi;Puhelin;Nimi;Puhelin\nAino Aalto;1;Reino Rae;2\n"
    assert "two lists side by side" in _refused(tmp_path / "a", beside)
    matrix = "Nimi;E1;E2\nAino Aalto;x;\nBerta Berg;;x\n"
    assert "2 columns are headed by events" in _refused(tmp_path / "b", matrix)
    register = "event_id,action_id,name\nE1,A1,Pihatalkoot\n"
    assert "a register of the project" in _refused(tmp_path / "c", register)
    below = (
        "Pihatalkoot\n;\nNimi;Puhelin\nAino Aalto;1\nBerta Berg;2\nAvoimet ovet 10.3.2018;\nNimi;Puhelin\nCarl Dahl;3\n"
    )
    assert "another title stands within the list" in _refused(tmp_path / "d", below)


def test_a_header_repeated_on_the_next_page_is_no_person(tmp_path: Path) -> None:
    rows = [
        "Pihatalkoot;",
        "Nimi;Puhelin",
        "Aino Aalto;1",
        "Pihatalkoot;",
        "Nimi;Puhelin",
        "Berta Berg;2",
        "Namn;Telefon",
    ]
    tables = _folder(tmp_path / "raw", E1="\n".join([*rows, "Carl Dahl;3"]) + "\n").ingest()
    assert len(tables["persons"]) == 3 and account(tables, "attendance/E1.csv") == (6, 3, 0, 3)


def test_a_page_break_after_a_name_alone_is_no_new_list(tmp_path: Path) -> None:
    rows = ["Pihatalkoot;", "Nimi;Allekirjoitus", "Aino Aalto;AA", "Berta Berg;", "Nimi;Allekirjoitus", "Carl Dahl;CD"]
    tables = _folder(tmp_path / "a", E1="\n".join(rows) + "\n").ingest()
    assert tables["attendance"]["status"].value_counts().to_dict() == {"attended": 2, "registered": 1}
    one = ["Nimi", "Aino Aalto", "Berta Berg", "Nimi", "Carl Dahl"]
    assert len(_folder(tmp_path / "b", E1="\n".join(one) + "\n").ingest()["persons"]) == 3


def test_a_row_for_several_people_is_said(tmp_path: Path) -> None:
    tables = _folder(tmp_path / "raw", E1="Nimi;Lukumäärä\nAino Aalto;3\nBerta Berg;1\n").ingest()
    assert "1 rows stand for more than one person: 2 people without names" in problems(tables)
