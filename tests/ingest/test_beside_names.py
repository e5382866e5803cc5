"""What lists write in the cell of a name beside it: roles, organisations, whether somebody came."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import Folder, problems

from pipeline.ingest.beside_name import apart, role
from pipeline.ingest.list_lines import SEVERAL, reason
from pipeline.ingest.person_keys import name_key

_LETTERS = st.text("abdefghijklmnoprstuvyäö", min_size=2, max_size=9).map(str.capitalize)


def _is_a_name(parts: tuple[str, str]) -> bool:
    """Return whether no word of a role or an organisation was drawn: "Aa Oy" is a company."""
    text = " ".join(parts)
    return role(f"Maija Aho {text}") is None and apart(f"Maija Aho, {text}")[1] is None


NAMES = st.tuples(_LETTERS, _LETTERS).filter(_is_a_name)


def _ingest(raw: Path, content: str, name: str = "E1") -> dict[str, object]:
    folder = Folder(raw).events("E1,A1,Pihatalkoot,,2018-03-03", "E2,A1,Avoimet ovet,,2018-03-10")
    register = "organisation_id,name,type\nO1,Kylän väki ry,association\n"
    return folder.put("registers/organisations.csv", register).put(f"attendance/{name}.csv", content).ingest()


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Maija Aho (vetäjä)", "vetäjä"),
        ("Ohjaaja Maija Aho", "ohjaaja"),
        ("Vetäjä: Maija Aho", "vetäjä"),
        ("Aho, Maija, ohj.", "ohjaaja"),
        ("Aho (ohjaaja)", "ohjaaja"),
        ("Maija Aho (Host, me)", "host"),
        ("Maija Host", None),
        ("Isäntä Maija", None),
        ("Ohjaaja", None),
        ("Ohjaaja Maija", None),
        ("Maija Aho", None),
    ],
)
def test_a_role_beside_a_name(text: str, known: str | None) -> None:
    assert role(text) == known


@given(NAMES)
def test_a_name_alone_has_nothing_beside_it(parts: tuple[str, str]) -> None:
    for text in (" ".join(parts), ", ".join(reversed(parts))):
        assert apart(text) == (text, None)
        assert role(f"{text} (vetäjä)") == "vetäjä"


@given(NAMES, st.sampled_from([", {}", " / {}", " ({})", " - {}", "; {}"]))
def test_an_organisation_behind_a_name_is_none_of_it(parts: tuple[str, str], behind: str) -> None:
    name = " ".join(parts)
    for organisation in ("Martat Lappeenranta", "Lappeenrannan Marttaliitto", "Kylän väki ry", "SPR"):
        assert apart(name + behind.format(organisation)) == (name, organisation)


@pytest.mark.parametrize(
    "text",
    ["Aino Aalto, Berta Berg", "Aino Aalto, Erik Blomstad", "Aino Aalto / Olli Uusitalo", "Aino Aalto; Anna Suurseppä"],
)
def test_a_second_person_is_no_organisation(text: str) -> None:
    assert apart(text) == (text, None) and reason(text) == SEVERAL


@pytest.mark.parametrize("text", ["Väinö Kaineen", "KAINEEN VÄINÖ", "Aino Aalto-Laineen"])
def test_a_last_name_may_end_as_a_family_does(text: str) -> None:
    assert reason(text) is None
    assert reason("Aino Aalto lapsenlapsineen") == reason("Aino Aalto PERHEINEEN") == SEVERAL


def test_who_leads_is_one_person_with_her_role(tmp_path: Path) -> None:
    rows = ["Nimi;Puhelin", "Aino Aalto;1", "Maija Aho (vetäjä);", "Olli Oja, ohjaaja;", "Berta Berg (planner);"]
    tables = _ingest(tmp_path / "a", "\n".join(rows) + "\n")
    attendance = tables["attendance"].sort_values("source_row")  # type: ignore[attr-defined]
    assert attendance["role"].tolist() == ["participant", "organiser", "organiser", "planner"]
    assert name_key("Ohjaaja Maija Aho") == name_key("Aho, Maija (ohj.)") == name_key("Maija Aho")


def test_the_column_of_roles_goes_before_a_word_beside_the_name(tmp_path: Path) -> None:
    tables = _ingest(tmp_path / "a", "Nimi;Rooli\nMaija Aho (vetäjä);osallistuja\nOlli Oja (vetäjä);\n")
    attendance = tables["attendance"].sort_values("source_row")  # type: ignore[attr-defined]
    assert attendance["role"].tolist() == ["participant", "organiser"]


def test_one_person_with_and_without_organisation(tmp_path: Path) -> None:
    rows = ["Nimi", "Maija Aho, Kylän väki ry", "Berta Berg / Lappeenrannan Marttaliitto", "Maija Aho", "Olli Oja"]
    tables = _ingest(tmp_path / "a", "\n".join(rows) + "\n")
    assert len(tables["persons"]) == 3  # type: ignore[arg-type]
    organisations = tables["attendance"]["organisation_id"].dropna()  # type: ignore[index]
    assert organisations.tolist() == ["O1"]


@pytest.mark.parametrize("line", ["Poissa Sairas", "Peruttu Olli", "Maija Poissa"])
def test_names_without_a_header_hold_no_word_of_coming(tmp_path: Path, line: str) -> None:
    tables = _ingest(tmp_path / "a", f"Aino Aalto\nBerta Berg\n{line}\nCarl Dahl\n")
    assert len(tables["persons"]) == 0  # type: ignore[arg-type]
    assert (tables["findings"]["kind"] == "file_refused").any()  # type: ignore[index]


def test_a_label_of_any_word_over_a_page_is_nobody(tmp_path: Path) -> None:
    rows = [
        "Pihatalkoot;",
        "Nimi;Puhelin",
        "Aino Aalto;1",
        ";",
        "Vastuuhenkilö:;Maija Aho",
        "Nimi;Puhelin",
        "Bo Berg;2",
    ]
    tables = _ingest(tmp_path / "a", "\n".join(rows) + "\n")
    assert len(tables["persons"]) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "refused"), [("10.3.2018", True), ("10.3.", True), ("3.3.", False), ("3.3.2018", False)]
)
def test_a_day_between_people_is_held_against_the_events_own(tmp_path: Path, day: str, refused: bool) -> None:
    tables = _ingest(tmp_path / "a", f"Nimi;Puhelin\nAino Aalto;1\n;\n{day};\nBerta Berg;2\n")
    assert any("another title" in text for text in problems(tables)) == refused


def test_an_unknown_no_over_people_is_not_known(tmp_path: Path) -> None:
    content = "Nimi;Puhelin\nAino Aalto;1\n{};\nBerta Berg;2\n"
    for heading, status in (("Ei mukana", "registered"), ("Ei vastausta kutsuun", "unknown"), ("Mukana", "attended")):
        tables = _ingest(tmp_path / heading, content.format(heading))
        attendance = tables["attendance"].sort_values("source_row")  # type: ignore[attr-defined]
        assert attendance["status"].tolist() == ["attended", status]
