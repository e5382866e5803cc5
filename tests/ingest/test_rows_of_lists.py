"""Rows of lists that are a title, a heading, a sum or several people; and ordinary people who only look so."""

from __future__ import annotations

from pathlib import Path

import pytest
from ingest_folder import Folder, problems

from pipeline.ingest.list_lines import HEADING, NAMELESS, SEVERAL, TOTAL, reason

TWO = "Nimi;Kunta;Puhelin\nAino Aalto;LPR;1\nBerta Berg;LPR;2\n"


def _ingest(raw: Path, content: str, name: str = "E1") -> dict[str, object]:
    folder = Folder(raw).events("E1,A1,Pihatalkoot,,2018-03-03", "E2,A1,Avoimet ovet,,2018-03-10")
    return folder.put(f"attendance/{name}.csv", content).ingest()


def _statuses(raw: Path, content: str) -> list[str]:
    tables = _ingest(raw, content)
    return tables["attendance"].sort_values("source_row")["status"].tolist()  # type: ignore[no-any-return, attr-defined]


@pytest.mark.parametrize(
    "title",
    ["Tapahtuma:;Avoimet ovet;\nPäivä:;10.3.2018;", "Avoimet ovet;10.3.2018;", "Avoimet ovet;;", "Päivä:;10.3.2018;"],
)
def test_a_second_title_of_two_cells_is_refused(tmp_path: Path, title: str) -> None:
    below = "Nimi;Kunta;Puhelin\nCarl Dahl;LPR;3\nDora Dal;LPR;4\n"
    tables = _ingest(tmp_path / "raw", f"Tapahtuma:;Pihatalkoot;\nPäivä:;3.3.2018;\n{TWO};;\n{title}\n{below}")
    assert "another title stands within the list" in problems(tables)[0]
    assert tables["attendance"].empty  # type: ignore[attr-defined]


def test_the_own_title_block_on_the_next_page_is_no_second_list(tmp_path: Path) -> None:
    block = "Tapahtuma:;Pihatalkoot;\nPäivä:;3.3.2018;\n"
    below = "Nimi;Kunta;Puhelin\nCarl Dahl;LPR;3\n"
    assert _statuses(tmp_path / "raw", f"{block}{TWO};;\n{block}{below}") == ["attended"] * 3


def test_a_day_between_people_begins_another_list(tmp_path: Path) -> None:
    rows = "Pihatalkoot 3.3.2018;\nNimi;Puhelin\nAino Aalto;1\n;\n10.3.2018;\nBerta Berg;2\n"
    assert "another title" in problems(_ingest(tmp_path / "a", rows))[0]
    own = "Nimi;Puhelin\n3.3.2018;\nAino Aalto;1\nBerta Berg;2\n"
    assert _statuses(tmp_path / "b", own) == ["attended"] * 2


@pytest.mark.parametrize(
    "heading",
    ["Peruutukset", "Peruutuksia:", "Jonossa", "Varasijalla", "Varalla:", "Jonotuslista", "Estyneet", "Sairaana:",
     "Ei läsnä", "Ei läsnä:", "Ei tulleet", "Ei päässeet", "Ei osallistuneet", "Kutsutut", "Kutsuttu, ei vastannut",
     "Waiting list", "Väntelista", "Ei ilmoittautunut"],
)  # fmt: skip
@pytest.mark.parametrize("first", ["{};;", ";{};"])
def test_people_under_a_heading_of_absence_did_not_come(tmp_path: Path, heading: str, first: str) -> None:
    rows = ["Nro;Nimi;Puhelin", "1;Aino Aalto;1", first.format(heading), "2;Berta Berg;2"]
    tables = _ingest(tmp_path / "raw", "\n".join(rows) + "\n")
    attended = tables["attendance"]
    assert attended.loc[attended["status"] == "attended", "source_row"].tolist() == [2]  # type: ignore[attr-defined]
    assert len(tables["persons"]) <= 2 and HEADING in problems(tables)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "row",
    [";Yhteensä;15 hlöä;", ";Yhteensä 15;hlö;", ";Joista lapsia 4;LPR;", ";Päivitetty 24.4.;MK;", ";Summa;kpl;2",
     ";Läsnä yht.;;", ";Paikalla yht.;;", ";Läsnä 2;;", ";Lkm 2;;", ";Yht. 2;;", ";Osallistujia 2;;",
     ";Paikalla oli 2 osallistujaa;;", ";Miehiä 1, naisia 1;;", ";Kiitos osallistumisesta!;;",
     ";Huom: kahvia oli liian vähän;;", ";Allekirjoitus: Maija Aho;;"],
)  # fmt: skip
def test_lines_of_sums_and_thanks_are_no_people(tmp_path: Path, row: str) -> None:
    rows = ["Nro;Nimi;Kunta;Puhelin", "1;Aino Aalto;LPR;1", "2;Berta Berg;LPR;2", row]
    tables = _ingest(tmp_path / "raw", "\n".join(rows) + "\n")
    aside = [text for text in problems(tables) if text in (TOTAL, HEADING)]
    assert len(tables["persons"]) == 2 and len(aside) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["Aino Aalto, Berta Berg", "Aino Aalto, Berta Berg, Carl Dahl", "Aino Aalto; Berta Berg", "Aino Aalto / Berta Berg",
     "Aino Aalto\nBerta Berg", "Aino, Berta ja Carl Aalto", "Aalto Aino, Eero, Kalle", "Aino Aalto (+2)",
     "Aino Aalto (+ 2 lasta)", "Aino Aalto 2 hlö", "Aino Aalto x 3", "Aino Aalto lapsineen", "Aino A. ja 3 lasta",
     "Aino Aalto & co", "Päiväkoti Pikkutähti 12 lasta"],
)  # fmt: skip
def test_several_people_in_one_cell(text: str) -> None:
    assert reason(text) == SEVERAL


@pytest.mark.parametrize("text", ["10 koululaista", "Vieraita 6", "ohikulkijoita 30", "nimettömiä 5", "+ 2 lasta"])
def test_people_without_names(text: str) -> None:
    assert reason(text) == NAMELESS


@pytest.mark.parametrize(
    "text",
    ["Aalto, Aino", "Aalto, Aino Maria", "Mäki-Aho, Maija", "AALTO AINO", "Aino Aalto, LPR", "Aino M. Aalto",
     "O'Brien Pat", "von Wright, Aino", "Maija Einehti", "Lasse Lasta", "Kalle Tuominen", "Vieras Ville", "Eija Summa",
     "Aho, Matti (LPR)", "Johan af Jochnick", "Läsnä Liisa", "Eino Ja", "12. Maija Aho", "Anna-Maija Aho-Virtanen"],
)  # fmt: skip
def test_ordinary_names_are_one_person(text: str) -> None:
    assert reason(text) is None


def test_a_family_sheet_carries_the_last_name_down(tmp_path: Path) -> None:
    rows = ["Sukunimi;Etunimi;Kunta", "Aalto;Aino;LPR", ";Otto;LPR", "Berg;Aino;LPR", "″;Otto;LPR", "-;Pia;LPR"]
    tables = _ingest(tmp_path / "raw", "\n".join(rows) + "\n")
    assert len(tables["persons"]) == 5  # type: ignore[arg-type]
    assert sum("carried down" in text for text in problems(tables)) == 1


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        (["Osallistujat;Vapaaehtoiset", "Aino Aalto;Olli Oja", "Berta Berg;Pia Palo", "Carl Dahl;Rita Suo"], 0),
        (["Aino Aalto;Olli Oja", "Berta Berg;Pia Palo", "Carl Dahl;Rita Suo"], 0),
        (["Nimet;Kunta", "Aino Aalto;LPR", "Berta Berg;LPR", "Carl Dahl;LPR"], 3),
        (["Aino Aalto;Lappeenranta", "Berta Berg;Lappeenranta", "Carl Dahl;Imatra"], 0),
        (["Aino Aalto;X", "Berta Berg;", "Carl Dahl;X"], 0),
        (["Koko Nimi", "Aino Aalto", "Berta Berg", "Carl Dahl"], 3),
        (["Osallistujat", "Aino Aalto", "Berta Berg", "Carl Dahl"], 3),
        (["Luokka 4B", "Opettaja: Kaisa Lahti", "", "Oppilas", "Aalto Veikka", "Ilves Siiri", "Summa Kerttu"], 3),
        (["Team A", "Aino Aalto", "Berta Berg", "Carl Dahl"], 3),
        (["1.;Aino Aalto", "2.;Berta Berg", "3.;Carl Dahl"], 3),
        (["Aalto;Aino Maria", "Berg;Berta", "Dahl;Carl"], 3),
    ],
)
def test_names_without_a_header_and_what_stands_beside_them(tmp_path: Path, rows: list[str], people: int) -> None:
    tables = _ingest(tmp_path / "raw", "\n".join(rows) + "\n")
    assert len(tables["persons"]) == people  # type: ignore[arg-type]
    assert (tables["findings"]["kind"] == "file_refused").any() == (people == 0)  # type: ignore[index]


@pytest.mark.parametrize(
    "line",
    ["Kahvia jäi yli", "Seuraava kerta 24.3. klo 17", "Aika 17-19", "lapset mukana", "Naisia", "Muita ei tullut",
     "Listan täytti: Laura Niemi", "Kirjasi Laura Niemi", "Tietoja käsitellään luottamuksellisesti.",
     "Kaikkiaan 3", "Loppusumma 3", "Lappeenrannan Martat ry", "Kesämäen koulun 4B", "Kimpisen koulu 22 oppilasta"],
)  # fmt: skip
@pytest.mark.parametrize(
    "rows", ["Nimi;Kunta\nAino Aalto;LPR\nBerta Berg;LPR\nCarl Dahl;LPR\n\n{};\n", "Nimi\nA Bo\nC Do\nE Fo\n\n{}\n"]
)
def test_lines_below_a_list_are_nobody(tmp_path: Path, line: str, rows: str) -> None:
    tables = _ingest(tmp_path / "raw", rows.format(line))
    assert len(tables["persons"]) == 3  # type: ignore[arg-type]
    assert (tables["findings"]["kind"] == "row_quarantined").sum() == 1  # type: ignore[index]


@pytest.mark.parametrize(
    "name",
    [
        "Maija Aho",
        "Aho, Maija",
        "Nguyen Thi Lan",
        "Maija von Wright",
        "Maija A.",
        "AHO MAIJA",
        "Fadumo Cabdi Xasan Nuur",
    ],
)
def test_a_name_added_below_a_list_is_a_person(tmp_path: Path, name: str) -> None:
    tables = _ingest(tmp_path / "raw", f"Nimi;Kunta\nAino Aalto;LPR\nBerta Berg;LPR\n\n{name};\n")
    assert len(tables["persons"]) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "header", ["Lapsi", "Oppilaan nimi", "Asiakas", "Kävijä", "Edustaja", "Etunimi", "Nimet", "Barn", "Student"]
)
@pytest.mark.parametrize("second", ["Ikä", "Järjestö", "Pöytä"])
def test_other_words_for_the_column_of_names(tmp_path: Path, header: str, second: str) -> None:
    rows = [f"{header};{second}", "Elli Virtanen;5", "Oskari Niemi;6", "Aino Salo;7", "Eetu Mäki;6"]
    assert len(_ingest(tmp_path / "raw", "\n".join(rows))["persons"]) == 4  # type: ignore[arg-type]


def test_a_column_of_pupils_beside_one_of_names_is_said(tmp_path: Path) -> None:
    tables = _ingest(tmp_path / "raw", "Oppilas;Nimi\nx;Elli Virtanen\n;Oskari Niemi\n")
    assert len(tables["persons"]) == 2  # type: ignore[arg-type]
    assert any("not used" in text for text in problems(tables))


@pytest.mark.parametrize("title", ["Poissaolijat", "Varasijalista", "Jonotuslista", "Peruneet"])
def test_a_list_of_people_who_did_not_come(tmp_path: Path, title: str) -> None:
    for number, rows in enumerate((f"{title} Pihatalkoot 3.3.2018\n{TWO}", TWO)):
        name = "E1" if number == 0 else f"Pihatalkoot {title.lower()}"
        tables = _ingest(tmp_path / str(number), rows, name)
        attended = tables["attendance"]["status"].eq("attended").sum()  # type: ignore[index]
        assert attended == 0 and any("did not come" in text for text in problems(tables))


def test_a_sentence_on_absence_above_a_list_says_nothing_of_its_people(tmp_path: Path) -> None:
    for title in ("Poissaoloista peritään maksu", "Reserviläiset"):
        assert _statuses(tmp_path / title, f"{title}\n{TWO}") == ["attended"] * 2


@pytest.mark.parametrize(
    "remark",
    ["ei ollut paikalla", "jäi tulematta", "ei päässytkään", "ilmoitti ettei pääse", "kipeänä", "ei ehtinyt", "POIS",
     "estyi", "kom ej", "sick"],
)  # fmt: skip
@pytest.mark.parametrize("column", ["Huom", "Puhelin"])
def test_more_words_of_absence(tmp_path: Path, remark: str, column: str) -> None:
    rows = f"Nimi;{column}\nAino Aalto;\nBerta Berg;{remark}\n"
    assert _statuses(tmp_path / "raw", rows) == ["attended", "registered"]


def test_columns_that_say_who_came(tmp_path: Path) -> None:
    for number, (header, marks, statuses) in enumerate((
        ("Tullut", ("x", ""), ["attended", "registered"]),
        ("Perunut", ("", "x"), ["attended", "registered"]),
        ("Läsnä", ("●", "○"), ["attended", "registered"]),
    )):  # fmt: skip
        rows = f"Nimi;{header}\nAino Aalto;{marks[0]}\nBerta Berg;{marks[1]}\n"
        assert _statuses(tmp_path / str(number), rows) == statuses
    for header in ("Pihatalkoot", ""):
        tables = _ingest(tmp_path / f"unused {header}", f"Nimi;Puhelin;{header}\nAino Aalto;1;x\nBerta Berg;2;\n")
        assert (tables["findings"]["kind"] == "column_unmapped").any()  # type: ignore[index]


def test_father_and_son_are_two(tmp_path: Path) -> None:
    tables = _ingest(tmp_path / "raw", "Nimi\nMatti Virtanen sr\nMatti Virtanen jr\nLaura Niemi\n")
    assert len(tables["persons"]) == 3  # type: ignore[arg-type]


def test_a_column_without_a_header_does_not_hide_the_one_of_names(tmp_path: Path) -> None:
    tables = _ingest(tmp_path / "raw", "Nimi;\nAino Aalto;\nBerta Berg;uusi\nCarl Dahl;\n")
    assert len(tables["persons"]) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "statuses"),
    [
        (["Nimi;Puhelin", "Aino Aalto;1", "Bo Berg;2", "Lapsia;1", "Osallistujamäärä;2", "Summa deltagare;2"], "aa"),
        (["Nimi;Läsnä", "Aino Aalto;x", "Bo Berg;", "Carl Dahl;x", "Paikalla;2", "Poissa;1"], "ara"),
        (["Nimi;Puhelin", "Aino Aalto;1", ";", "Peruneet;", ";", "Otto Aalto;2", "Eva Forss;3"], "a"),
        (["Nimi;Puhelin", "Ryhmä 1;", "Aino Aalto;1", "Bo Berg;2", "Pöytä B;", "Carl Dahl;3"], "aaa"),
        (["Nro;Nimi;Puhelin", "1;Aino Aalto;1", "2;Bo Berg;2", "3;ei muita;"], "aa"),
        (["Nimi;Puhelin;Poissaolot", "Aino Aalto;1;", "Bo Berg;2;x"], "ar"),
        (["Nimi;Puhelin;No-show", "Aino Aalto;1;", "Bo Berg;2;x"], "ar"),
        (["Nimi;Puhelin;Kuitt.", "Aino Aalto;1;AA", "Bo Berg;2;"], "ar"),
        (["Nimi;Puhelin;Huom", "Aino Aalto;1;", "Bo Berg;2;jätti väliin", "Carl Dahl;3;matkalla, ei tullut"], "arr"),
        (["Nimi;Puhelin;Notes", "Aino Aalto;1;", "Bo Berg;2;didn't come"], "ar"),
        (["Osallistuja;;Läsnä", "Sukunimi;Etunimi;", "Aalto;Aino;x", "Berg;Bo;", "Dahl;Carl;x"], "ara"),
        (["Osallistuja;;Puhelin", "Sukunimi;Etunimi;", "Aalto;Aino;1", "Aalto;Otto;", "Dahl;Carl;3"], "aaa"),
        (['"Nimi\nNamn\nName";"Läsnä\n(merkitse x)"', "Aino Aalto;x", "Bo Berg;"], "ar"),
    ],
)
def test_lines_and_words_that_ordinary_lists_have(tmp_path: Path, rows: list[str], statuses: str) -> None:
    tables = _ingest(tmp_path / "raw", "\n".join(rows) + "\n")
    found = tables["attendance"].sort_values("source_row")["status"]  # type: ignore[attr-defined, index]
    assert "".join(status[0] for status in found) == statuses
