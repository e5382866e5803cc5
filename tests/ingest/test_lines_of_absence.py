"""Lines and marks of lists that say who did not come, or name nobody; and people who only look so."""

from __future__ import annotations

from pathlib import Path

import pytest
from ingest_folder import Folder, problems

from pipeline.ingest import list_headings, no_person, odd_lines
from pipeline.ingest.attendance_headers import kind_of
from pipeline.ingest.list_lines import HEADING, NAMELESS, REMARK, is_heading, reason

NAMES = ["Matti Virtanen", "Maija Aho", "Pekka Sorsa", "Liisa Lahti", "Aino Suo", "Eero Puro"]
EVENTS = ("E1,A1,Pihatalkoot,,2018-03-03,Me-talo", "E2,A1,Avoimet ovet,,2018-03-10,")


def _folder(raw: Path, **lists: str) -> Folder:
    folder = Folder(raw).events()
    folder.put("registers/events.csv", "\n".join(["event_id,action_id,name,aliases,date,place", *EVENTS]) + "\n")
    for name, content in lists.items():
        folder.put(f"attendance/{name}.csv", content)
    return folder


def _list(raw: Path, *lines: str, wide: bool = False) -> dict[str, object]:
    names = [f"{name};{number}@x.example" for number, name in enumerate(NAMES)] if wide else NAMES
    head = "Nimi;Sähköposti" if wide else "Nimi"
    more = [f"{line};" for line in lines] if wide else [*lines]
    return _folder(raw, E1="\n".join([head, *names, *more]) + "\n").ingest()  # type: ignore[return-value]


def _below(tables: dict[str, object]) -> dict[int, str]:
    """Return the status of the rows below the names."""
    found = tables["attendance"]
    status = dict(zip(found["source_row"], found["status"], strict=True))  # type: ignore[index, call-overload]
    return {row: said for row, said in status.items() if row > len(NAMES) + 1}


@pytest.mark.parametrize(
    "heading",
    ["Peruneet (2)", "Peruneet 2 kpl", "Poissa 2", "Poissa (2 hlö)", "Poissaolleet", "Eivät päässeet", "Eivät tulleet",
     "Perutut", "Puuttuivat", "Puuttuvat", "Anteeksi pyysivät", "Poisjäännit", "Poisjääneet", "Jäivät pois",
     "Förhinder",
     "Apologies", "-- POISSA --", "POISSA / PERUNEET", "Muut kutsutut", "Sairastuneet", "Este:", "2 poissa",
     "Poissa ilman ilmoitusta", "Ilmoittautuneet, eivät tulleet", "Absent (with apologies)", "== Peruneet ==",
     "❌ Poissa", "Peruneet - 3", "Poissa / Frånvarande / Absent", "Unable to attend", "Anmält förhinder",
     "Kieltäytyneet",
     "Lapset (poissa):", "Poissaolonsa ilmoittaneet", "Ei mahtuneet mukaan"],
)  # fmt: skip
@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("blank", [False, True])
def test_nobody_under_a_heading_of_absence_came(tmp_path: Path, heading: str, wide: bool, blank: bool) -> None:
    tables = _list(tmp_path / "raw", *[""] * blank, heading, "Ulla Mäki", "Irma Joki", wide=wide)
    assert set(_below(tables).values()) <= {"registered"} and HEADING in problems(tables)  # type: ignore[arg-type]
    assert tables["attendance"]["status"].eq("attended").sum() == len(NAMES)  # type: ignore[index]


@pytest.mark.parametrize("heading", ["Etänä", "Teamsin kautta", "1. ryhmä", "Naiset (2)", "Lisäksi", "Uudet:", "MUUT"])
def test_those_under_another_heading_came(tmp_path: Path, heading: str) -> None:
    tables = _list(tmp_path / "raw", heading, "Ulla Mäki", "Irma Joki")
    assert list(_below(tables).values()) == ["attended"] * 2 and len(tables["persons"]) == 8  # type: ignore[arg-type]
    assert problems(tables) == [HEADING]  # type: ignore[arg-type]


def test_people_under_a_heading_no_word_is_known_for_are_said(tmp_path: Path) -> None:
    tables = _list(tmp_path / "a", "Kesken jättäneet:", "Ulla Mäki", "Irma Joki")
    assert set(_below(tables).values()) == {"attended"} and no_person.UNCLEAR in problems(tables)  # type: ignore[arg-type]
    tables = _list(tmp_path / "b", "Eivät halua kuvia", "Ulla Mäki", "Irma Joki")
    assert set(_below(tables).values()) == {"attended"} and no_person.UNCLEAR in problems(tables)  # type: ignore[arg-type]
    tables = _list(tmp_path / "c", "Hukassa olevat", "Ulla Mäki", "Irma Joki")
    assert odd_lines.UNLIKE in problems(tables)  # type: ignore[arg-type]


@pytest.mark.parametrize("title", ["Eivät päässeet", "Apologies", "Poissaolleet", "Förhinder (2)", "Ehkä tulevat"])
def test_a_title_of_those_who_did_not_come(tmp_path: Path, title: str) -> None:
    tables = _folder(tmp_path / "raw", E1=f"{title}\nNimi;Puhelin\nAino Aalto;1\n").ingest()
    assert not tables["attendance"]["status"].eq("attended").any()
    assert any("did not come" in text for text in problems(tables))


@pytest.mark.parametrize("title", ["Este-ratakisa", "Kutsu jonoon", "Ei kiirettä -ilta", "Tulevaisuusilta"])
def test_a_title_that_only_looks_so(tmp_path: Path, title: str) -> None:
    tables = _folder(tmp_path / "raw", E1=f"{title}\nNimi;Puhelin\nAino Aalto;1\n").ingest()
    assert tables["attendance"]["status"].tolist() == ["attended"]


def test_those_who_may_come_are_not_known(tmp_path: Path) -> None:
    for heading in ("Epävarmat", "Ehkä", "Tulossa (2)"):
        assert set(_below(_list(tmp_path / heading, heading, "Ulla Mäki", "Irma Joki")).values()) == {"unknown"}


@pytest.mark.parametrize("number", ["2", "2 hlö"])
def test_a_number_beside_a_heading_of_absence_is_how_many(tmp_path: Path, number: str) -> None:
    rows = [
        "Nimi;Puhelin",
        *(f"{name};040123456{i}" for i, name in enumerate(NAMES)),
        f"Poissa;{number}",
        "Ulla Mäki;1",
    ]
    tables = _folder(tmp_path / "a", E1="\n".join(rows) + "\n").ingest()
    assert len(tables["persons"]) == 7 and _below(tables) == {9: "registered"}  # type: ignore[arg-type]
    sums = [*rows[:-2], "Paikalla;6", "Poissa;2", "Ulla Mäki;1"]  # among sums it says nothing of the next page
    tables = _folder(tmp_path / "b", E1="\n".join(sums) + "\n").ingest()
    assert _below(tables) == {10: "attended"} and no_person.UNCLEAR in problems(tables)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "status"),
    [("Poissa Jari Lampi", "registered"), ("(poissa) Jari Lampi", "registered"), ("PERUI: Jari", "aside"),
     ("Sairas Sanna Maria", "attended"), ("Este Lahti Ville", "attended")],
)  # fmt: skip
def test_a_word_of_absence_before_a_whole_name(tmp_path: Path, name: str, status: str) -> None:
    assert _below(_list(tmp_path / "raw", name)).get(8, "aside") == status


def test_a_blank_line_within_those_who_did_not_come_is_said(tmp_path: Path) -> None:
    tables = _list(tmp_path / "raw", "Peruneet", "Ulla Mäki", "", "Irma Joki")
    assert _below(tables) == {11: "attended"} and no_person.UNCLEAR in problems(tables)  # type: ignore[arg-type]


def test_a_page_does_not_end_those_who_did_not_come(tmp_path: Path) -> None:
    assert set(_below(_list(tmp_path / "raw", "Poissa", "Ulla Mäki", "Sivu 2", "Irma Joki")).values()) == {"registered"}


@pytest.mark.parametrize(
    "name",
    ["Este Lahti", "ESTE LAHTI", "Poika Peruna", "Perttu Puutio", "Sairas Sanna", "sairas sanna", "Jono Jaakko",
     "Perunen",
     "Matti Poissa", "Poissalo", "Reino Reservi", "Absalon Missinger", "Kom Inte Lars", "Regina Regrets"],
)  # fmt: skip
def test_names_that_look_like_absence_are_no_heading(name: str) -> None:
    assert list_headings.says(name) is None


@pytest.mark.parametrize(
    "name", ["Ei Mon", "Ei Htun", "Lista Liisa", "Uusi Ulla", "Lapsi Lauri", "List Franz", "Muu Maija"]
)
def test_names_that_look_like_other_headings_are_none(name: str) -> None:
    assert not is_heading(name)


@pytest.mark.parametrize(
    "line",
    ["Terveisin Liisa Lahti", "t. Liisa Lahti", "c.c. Eero Puro", "Laatinut Aino Suo", "Pöytäkirjan laati Aino Suo",
     "Ohjaajana Aino Suo", "Vetäjänä toimi Aino Suo", "pvm", "Allekirjoitus", "Lappeenranta 10.3.2018", "Me-talo",
     "Hyvää kesää kaikille", "Huom! Matti tuli myöhässä", "www.lappeenranta.fi",
     "EU:n rahoittama", "Vipuvoimaa EU:lta", "ESR", "Hanke S20562", "xxx", "Etunimi Sukunimi", "Testi Testaaja",
     "TESTI",
     "Esimerkki Esa", "Nimi puuttuu", "#N/A", "nan", "(tyhjä)"],
)  # fmt: skip
@pytest.mark.parametrize("wide", [False, True])
def test_lines_right_below_a_list_are_nobody(tmp_path: Path, line: str, wide: bool) -> None:
    tables = _list(tmp_path / "raw", line, wide=wide)
    assert len(tables["persons"]) == len(NAMES)  # type: ignore[arg-type]
    assert (tables["findings"]["kind"] == "row_quarantined").sum() == 1  # type: ignore[index]


@pytest.mark.parametrize(
    "name",
    ["Ella 5v", "Eemeli 7 v", "9. Emma",
     "EMMA", "- Emma Aalto", "Emma Kivi 040 123 4567", "Emma kivi", "emma", "Hassan Najat",
     "Kaur Navneet", "Ratas Jüri", "Buss Anna", "EI MON", "Ei Phyu Phyu Win", "Peruna", "Jonovaara",
     "Anna Maria Este", "Liisa Oja: vegaani", "Eino Oja 4b luokka",
     "Fatima al-Hussein", "Jeanne d'Arc", "Maija von Wright", "Maija A.", "Ulla Mäki 5 v", "Ulla Mäki (6)", "李明",
     "明 李",
     "Анна Иванова", "Nan Goldin", "Terveen Pekka", "Tatjana Terve", "Ohjaaja Ulla Mäki", "Anna Summa", "T. Mäki",
     "ulla@mäki.example", "Nguyen Thi Lan", "Kirjava Kaisa", "Testa Maria", "Esa Esimerk"],
)  # fmt: skip
@pytest.mark.parametrize("wide", [False, True])
def test_odd_names_right_below_a_list_are_people(tmp_path: Path, name: str, wide: bool) -> None:
    tables = _list(tmp_path / "raw", name, wide=wide)
    assert len(tables["persons"]) == len(NAMES) + 1  # type: ignore[arg-type]
    assert _below(tables) == {8: "attended"}


@pytest.mark.parametrize("line", ["Kahvitarjoilu", "Hyvää kesää", "Muistiinpanot"])
def test_a_line_that_may_be_a_name_in_a_hurry_is_counted_and_said(tmp_path: Path, line: str) -> None:
    tables = _list(tmp_path / "raw", line)
    assert len(tables["persons"]) == len(NAMES) + 1 and odd_lines.UNLIKE in problems(tables)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "heading",
    ["Sairaanhoitajat", "Sjuksköterskor", "Varasijalta päässeet", "Kutsutut puhujat", "Invited guests",
     "Peruutuspaikan saaneet", "Puuttuvat allekirjoitukset", "Eivät ilmoittautuneet, mutta tulivat"],
)  # fmt: skip
def test_people_under_a_heading_that_only_begins_so_came(tmp_path: Path, heading: str) -> None:
    tables = _list(tmp_path / "raw", heading, "Ulla Mäki", "Irma Joki")
    assert {_below(tables)[row] for row in (9, 10)} == {"attended"}


def test_a_list_in_small_letters_keeps_names_of_three_words(tmp_path: Path) -> None:
    tables = _folder(tmp_path / "raw", E1="Nimi\nmaija aho\nolli oja\nabdi ali hassan\nulla mäki\n").ingest()
    assert len(tables["persons"]) == 4


def test_a_list_may_begin_with_the_name_of_its_own_event(tmp_path: Path) -> None:
    text = "Pihatalkoot\n" + "\n".join(NAMES) + "\n"
    tables = _folder(tmp_path / "raw", E1=text).ingest()
    assert len(tables["persons"]) == len(NAMES)


def test_first_names_alone_are_people_and_said_where_others_are_whole(tmp_path: Path) -> None:
    rows = "\n".join(["Nimi", *NAMES[:3], "Emma", *NAMES[3:], "Leo"])
    tables = _folder(tmp_path / "a", E1=rows + "\n").ingest()
    assert len(tables["persons"]) == 8 and problems(tables) == [odd_lines.UNLIKE]
    club = _folder(tmp_path / "b", E1="Nimi\nEmma\nLeo\nNoora\nmaija\n").ingest()
    assert len(club["persons"]) == 4 and club["findings"].empty
    for name in ("Lapsi", "Vieras", "Anonyymi", "joku"):  # somebody whose name nobody knows is a person of this list
        tables = _list(tmp_path / name, name, wide=True)
        assert len(tables["persons"]) == 7 and any("without a name" in text for text in problems(tables))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["Marttojen porukka 8", "Koulun 5B-luokka", "Marttojen porukka", "Porukka 8", "5B luokka"]
)
def test_a_group_is_no_single_person(text: str) -> None:
    assert reason(text) == NAMELESS


@pytest.mark.parametrize(
    "text", ["Laura Luokkala", "Väinö Väki", "Ryhmä Reijo", "Emma 8", "Tiimi Timo", "Joukkue Jari"]
)
def test_names_that_look_like_groups_are_people(text: str) -> None:
    assert reason(text) is None


def test_an_example_in_a_form_is_nobody() -> None:
    assert [reason(text) for text in ("Etunimi Sukunimi", "Matti Meikäläinen", "Testi")] == [REMARK] * 3
    assert [reason(text) for text in ("Matti Meikäaho", "Testamentti Teemu", "Jane Doerr")] == [None] * 3


@pytest.mark.parametrize(
    ("remark", "status"),
    [("oli poissa", "registered"), ("poissaoleva", "registered"), ("varalla", "registered"), ("jonossa", "registered"),
     ("ei tavoitettu", "registered"), ("ei tuu", "registered"), ("matkoilla", "unknown"), ("töissä", "unknown"),
     ("unohti", "unknown"), ("tulee ehkä", "unknown"), ("lapsi sairaana", "attended"), ("ei maksanut", "attended"),
     ("kasvis", "attended"), ("ei kahvia", "attended"), ("oli mukana", "attended"),
     ("oli poissa ruokailusta", "attended"),
     ("töissä kaupungilla", "attended"), ("varalla oleva avain", "attended")],
)  # fmt: skip
def test_remarks_of_absence(tmp_path: Path, remark: str, status: str) -> None:
    rows = f"Nimi;Huom\nAino Aalto;\nBerta Berg;{remark}\n"
    tables = _folder(tmp_path / "a", E1=rows).ingest()
    found = tables["attendance"].sort_values("source_row")["status"].tolist()
    assert found == ["attended", status]
    said = status != "attended" or remark in ("lapsi sairaana", "ei maksanut")
    assert len(tables["findings"]) == said
    ticked = _folder(
        tmp_path / "b", E1=rows.replace("Huom", "Läsnä;Huom").replace(";", ";x;").replace("Nimi;x", "Nimi")
    )
    assert ticked.ingest()["attendance"]["status"].eq("attended").all()  # a mark goes before any remark


def test_a_question_whether_somebody_comes_proves_nothing(tmp_path: Path) -> None:
    assert kind_of("Tuletko paikalle?") == kind_of("Osallistutko tilaisuuteen?") == "registration"
    assert kind_of("Tuletko autolla?") is kind_of("Osallistutko ruokailuun?") is None
    rows = "Nimi;Tuletko paikalle?\nAino Aalto;Kyllä\nBerta Berg;Ei\nCarl Dahl;Ehkä\nDan Ek;\n"
    tables = _folder(tmp_path / "raw", E1=rows).ingest()
    assert tables["attendance"].sort_values("source_row")["status"].tolist() == ["registered", "registered", "unknown"]


@pytest.mark.parametrize(
    ("name", "title", "taken"),
    [("x", "Pihatalkoot 10.3.2018", "E2"), ("2018-03-10_Pihatalkoot", "", "E1"), ("Avoimet ovet", "Pihatalkoot", "E1"),
     ("E2", "Pihatalkoot 3.3.2018", "E1"), ("E2", "3.3.2018", "E1")],
)  # fmt: skip
def test_signs_of_two_events_are_said(tmp_path: Path, name: str, title: str, taken: str) -> None:
    rows = f"{title}\nNimi;Puhelin\nAino Aalto;1\n" if title else "Nimi;Puhelin\nAino Aalto;1\n"
    tables = _folder(tmp_path / "raw", **{name: rows}).ingest()
    other = "E2" if taken == "E1" else "E1"
    assert tables["attendance"]["event_id"].tolist() == [taken]
    told = f"the list was taken to be of event {taken}; its title, sheet, file name or day speaks of {other}"
    assert told in problems(tables)


@pytest.mark.parametrize(
    ("name", "title"),
    [("E1", "Pihatalkoot"), ("E1", "Pihatalkoot 3.3.2018"), ("E1 kopio 4.3.2018", "Pihatalkoot"), ("lista", "3.3.2018"),
     ("A1 lista", "Pihatalkoot"), ("E1_2018-03-03", "")],
)  # fmt: skip
def test_signs_of_one_event_are_not(tmp_path: Path, name: str, title: str) -> None:
    rows = f"{title}\nNimi;Puhelin\nAino Aalto;1\n" if title else "Nimi;Puhelin\nAino Aalto;1\n"
    tables = _folder(tmp_path / "raw", **{name: rows}).ingest()
    assert tables["attendance"]["event_id"].tolist() == ["E1"] and tables["findings"].empty


def _workbook(raw: Path, comment: str) -> list[str]:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    folder = _folder(raw)
    path = raw / "attendance" / "E1.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Pihatalkoot")
        struck, plain = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        sheet.write_row(0, 0, ["Nimi", "Puhelin"], plain)
        for number, name in enumerate(NAMES, start=1):
            sheet.write_row(number, 0, [name, str(number)], struck if comment and number == 2 else None)
        sheet.write_blank(20, 0, None, struck)
        sheet.write_comment("A5", comment or "tuli bussilla")
    return problems(folder.ingest())


def test_a_name_struck_out_and_a_comment_are_said(tmp_path: Path) -> None:
    assert _workbook(tmp_path / "a", "perui, Liisa Lahti soitti") == [
        "cells are struck out; they were read as any other: A3, B3",
        "comments on these cells may speak of somebody who did not come; they are not read: A5",
    ]
    assert _workbook(tmp_path / "b", "") == []
