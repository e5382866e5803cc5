"""Attendance reports of Microsoft Teams: every version, several languages, sessions that overlap or do not end."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest
from attendance_lists import harmonised, read, text, unharmed, visits
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import ReadError

NEW = [
    ["1. Summary"],
    ["Meeting title", "Weekly Sync"],
    ["Attended participants", "3"],
    ["Start time", "4/13/21, 9:00:00 AM"],
    ["End time", "4/13/21, 11:00:00 AM"],
    ["Average attendance time", "55m 13s"],
    [],
    ["2. Participants"],
    ["Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role"],
    ["Ana Silva", "4/13/21, 9:00:00 AM", "4/13/21, 11:00:00 AM", "1h 30m", "ana@x.fi", "ana@x.fi", "Organizer"],
    ["Bo Ek", "4/13/21, 9:05:00 AM", "4/13/21, 9:50:00 AM", "45m", "bo@x.fi", "bo@x.fi", "Presenter"],
    ["Cia Ro (Guest)", "4/13/21, 9:30:00 AM", "", "1h 30m", "", "", "Attendee"],
    [],
    ["3. In-Meeting Activities"],
    ["Name", "Join Time", "Leave Time", "Duration", "Email", "Role"],
    ["Ana Silva", "4/13/21, 9:00:00 AM", "10:00:00 AM", "1h", "ana@x.fi", "Organizer"],
    ["Ana Silva", "4/13/21, 10:30:00 AM", "4/13/21, 11:00:00 AM", "30m", "ana@x.fi", "Organizer"],
    ["Bo Ek", "4/13/21, 9:05:00 AM", "4/13/21, 9:50:00 AM", "45m", "bo@x.fi", "Presenter"],
    ["Cia Ro (Guest)", "4/13/21, 9:30:00 AM", "", "1h 30m", "", "Attendee"],
]


@pytest.mark.parametrize(("separator", "encoding"), [("\t", "utf-16"), (",", "utf-8-sig"), ("\t", "utf-8")])
def test_the_report_in_three_sections(tmp_path: Path, separator: str, encoding: str) -> None:
    name, tables = read(tmp_path, text(NEW, separator, encoding))
    (cells,) = tables
    assert name == "teams" and cells.preamble == ("Weekly Sync",)
    assert list(cells.rows.index) == [10, 11, 12, 16, 17, 18, 19]
    assert any("until the end of the meeting" in remark for remark in cells.remarks)
    made = visits(tables)
    assert made["role"].tolist() == ["organiser", "participant", "participant"]
    assert made["minutes"].tolist() == [90.0, 45.0, 90.0]  # the break of the first is no presence
    assert set(made["status"]) == {"attended"} and set(made["event_id"]) == {"E1"}


FRENCH = [
    ["Résumé de la réunion"],
    ["Nombre total de participants", "4"],
    ["Titre de la réunion", "Talkoot"],
    ["Heure de début de la réunion", "13/04/2021 à 09:00:00"],
    ["Heure de fin de la réunion", "13/04/2021 à 12:00:00"],
    [],
    ["Nom complet", "Heure d'arrivée", "Heure de départ", "Durée", "E-mail", "Rôle"],
    ["A*** B***", "13/04/2021 à 09:01:31", "13/04/2021 à 11:45:31", "2 h 44 m", "a@x.fr", "Organisateur"],
    ["C*** D***", "13/04/2021 à 09:08:39", "13/04/2021 à 11:27:03", "2 h 25 m", "c@x.fr", "Participant"],
    ["C*** D***", "13/04/2021 à 11:00:00", "13/04/2021 à 11:30:03", "30 m", "c@x.fr", "Participant"],
    ["E*** F***", "13/04/2021 à 09:10:00", "13/04/2021 à 10:10:00", "1 h", "e@x.fr", "Participant"],
]


def test_a_french_report_whose_printed_durations_are_wrong(tmp_path: Path) -> None:
    name, tables = read(tmp_path, text(FRENCH, "\t", "utf-16"))
    assert name == "teams" and not tables[0].remarks
    (part,) = harmonised(tables)
    assert [(f.place.row, f.problem[:20]) for f in part.findings] == [(9, "the printed duration")]
    made = visits(tables)
    assert made["minutes"].round(2).tolist() == [164.0, 141.4, 60.0]  # the overlap of 27 minutes counts once


POLISH = [
    ["1. Podsumowanie"],
    ["Tytuł spotkania", "Talkoot"],
    ["Liczba uczestniczących", "2"],
    ["Godzina rozpoczęcia", "4/13/21, 8:00:48 AM"],
    ["Godzina zakończenia", "4/13/21, 10:20:08 AM"],
    [],
    ["2. Uczestnicy"],
    ["Imię i nazwisko", "Pierwsze dołączenie", "Ostatnie wyjście", "Czas udziału w spotkaniu", "Adres e-mail", "Rola"],
    ["A B", "4/13/21, 8:00:00 AM", "4/13/21, 10:00:00 AM", "1 godz. 30 min 2 s", "a@x.pl", "Organizator"],
    ["C D", "4/13/21, 8:00:00 AM", "4/13/21, 9:00:00 AM", "1 godz.", "c@x.pl", "Osoba prowadząca"],
    [],
    ["3. Działania podczas spotkania"],
    ["Imię i nazwisko", "Godzina dołączenia", "Godzina opuszczenia", "Czas trwania", "Adres e-mail", "Rola"],
    ["A B", "4/13/21, 8:00:00 AM", "4/13/21, 8:30:00 AM", "30 min", "a@x.pl", "Organizator"],
    ["A B", "4/13/21, 9:00:00 AM", "4/13/21, 10:00:00 AM", "1 godz.", "a@x.pl", "Organizator"],
    ["C D", "4/13/21, 8:00:00 AM", "4/13/21, 9:00:00 AM", "1 godz.", "c@x.pl", "Osoba prowadząca"],
]


def test_a_polish_report(tmp_path: Path) -> None:
    name, tables = read(tmp_path, text(POLISH, "\t", "utf-16"))
    assert name == "teams" and tables[0].preamble == ("Talkoot",) and not tables[0].remarks
    (part,) = harmonised(tables)
    assert [finding.problem for finding in part.findings] == []
    made = visits(tables)
    assert made["minutes"].tolist() == [90.0, 60.0] and made["role"].tolist() == ["organiser", "participant"]


PORTUGUESE = [
    ["Nome Completo", "Atividade (Entrou/Saiu)", "Data e hora"],
    ["Ana Lima", "Entrou", "08/03/2021 14:00:00"],
    ["Rui Melo", "Entrou antes", "08/03/2021 14:05:00"],
    ["Ana Lima", "Saiu", "08/03/2021 14:20:00"],
    ["Ana Lima", "Entrou", "08/03/2021 14:30:00"],
    ["Ana Lima", "Saiu", "08/03/2021 15:00:00"],
]


def test_a_portuguese_log_is_day_first_and_an_open_session_has_no_minutes(tmp_path: Path) -> None:
    name, tables = read(tmp_path, text([*PORTUGUESE], "\t", "utf-16"), "E1.csv")
    assert name == "teams"
    (part,) = harmonised(tables)
    assert part.people["joined"].dropna().dt.strftime("%d.%m.").unique().tolist() == ["08.03."]
    made = visits(tables)
    assert len(made) == 2 and made["minutes"].fillna(-1).tolist() == [50.0, -1]


AMERICAN = [
    ["Full Name", "User Action", "Timestamp"],
    ["Ana Lima", "Joined before", "11/4/2020, 9:50:12 AM"],
    ["Rui Melo", "Joined", "11/4/2020, 9:55:00 AM"],
    ["Ana Lima", "Left", "11/4/2020, 10:20:12 AM"],
]


def test_am_and_pm_are_american_and_said_to_be_a_guess(tmp_path: Path) -> None:
    _, tables = read(tmp_path, text(AMERICAN, ",", "utf-8-sig"), "E1.csv")
    (part,) = harmonised(tables)
    assert part.people["joined"].iloc[0] == pd.Timestamp("2020-11-04 09:50:12")
    problems = [f.problem for f in part.findings]
    assert any("other way round" in p for p in problems) and any("another day" in p for p in problems)
    assert visits(tables)["minutes"].fillna(-1).tolist() == [30.0, -1]


@pytest.mark.parametrize(
    ("header", "came", "went", "organiser"),
    [
        ("Koko nimi|Käyttäjän toiminto|Aikaleima", "Liittyi", "Poistui", ""),
        ("Fullständigt namn|Användaråtgärd|Tidsstämpel", "Anslöt", "Lämnade", ""),
        ("Vollständiger Name|Benutzeraktion|Zeitstempel", "Beigetreten", "Verlassen", ""),
        ("Nom complet|Action de l\u2019utilisateur|Horodatage", "A rejoint", "A quitté", ""),
        ("Koko nimi|Liittymisaika|Poistumisaika|Kesto|Sähköposti|Rooli", "", "", "Järjestäjä"),
        ("Fullständigt namn|Anslutningstid|Avgångstid|Varaktighet|E-post|Roll", "", "", "Arrangör"),
        ("Vollständiger Name|Beitrittszeit|Zeitpunkt des Verlassens|Dauer|E-Mail|Rolle", "", "", "Organisator"),
    ],
)
def test_other_languages(tmp_path: Path, header: str, came: str, went: str, organiser: str) -> None:
    times = ["13.4.2021 klo 9.00.00", "13.4.2021 klo 10.30.00"]
    if came:
        rows = [header.split("|"), ["Ana Lima", came, times[0]], ["Ana Lima", went, times[1]]]
    else:
        rows = [header.split("|"), ["Ana Lima", *times, "1 h 30 min", "ana@x.fi", organiser]]
    name, tables = read(tmp_path, text(rows, "\t", "utf-16"), "E1.csv")
    made = visits(tables)
    assert name == "teams" and made["minutes"].tolist() == [90.0]
    assert made["role"].tolist() == ["organiser" if organiser else "participant"]


def test_a_report_nobody_named_is_of_the_only_event_of_its_day(tmp_path: Path) -> None:
    rows = [FRENCH[6], ["A B", "4/13/21, 9:00:00 AM", "4/13/21, 10:00:00 AM", "1h", "", ""]]
    _, tables = read(tmp_path, text(rows, "\t", "utf-16"), "meetingAttendanceReport.csv")
    (part,) = harmonised(tables)
    assert part.people["event_id"].tolist() == ["E1"] and "by the day of the times" in part.findings[0].problem


def test_an_unknown_action_is_refused_by_row(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"row 2: an action that is neither"):
        read(tmp_path, text([AMERICAN[0], ["Ana Lima", "Waved", "11/4/2020, 9:50:12 AM"]]))


def test_a_session_that_ends_before_it_begins_is_named(tmp_path: Path) -> None:
    rows = [FRENCH[6], ["A B", "13/04/2021 à 10:00:00", "13/04/2021 à 09:00:00", "", "", ""]]
    _, tables = read(tmp_path, text(rows, "\t"), "E1.csv")
    (part,) = harmonised(tables)
    assert "before the beginning" in part.findings[0].problem
    assert visits(tables)["minutes"].isna().all()


NAMES = st.sampled_from(["Ana Silva", "Bo Ek", "Åsa Öhman", "Ville Mäki-Säilä", "O'Neill, Pat", "Name", "Left"])
SESSIONS = st.lists(st.tuples(NAMES, st.integers(0, 500), st.integers(1, 300)), min_size=1, max_size=12)


def _clock(minute: int) -> str:
    return f"{minute // 60 + 8}:{minute % 60:02d}:00"


@given(sessions=SESSIONS, separator=st.sampled_from(["\t", ","]), encoding=st.sampled_from(["utf-16", "utf-8-sig"]))
def test_what_is_written_is_read(
    tmp_path: Path, sessions: list[tuple[str, int, int]], separator: str, encoding: str
) -> None:
    times = [[f"13.4.2021 {_clock(start)}", f"13.4.2021 {_clock(start + length)}"] for start, length in
             ((s, n) for _, s, n in sessions)]  # fmt: skip
    rows = [
        [who, *when, f"{n}m", f"{i}@x.fi", "Attendee"]
        for i, ((who, _, n), when) in enumerate(zip(sessions, times, strict=True))
    ]
    header = ["Full Name", "Join Time", "Leave Time", "Duration", "Email", "Role"]
    name, (cells,) = read(tmp_path, text([["Meeting title", "Talkoot"], [], header, *rows], separator, encoding))
    expected = [[who, email, role, *when, printed] for who, *when, printed, email, role in rows]
    assert name == "teams" and cells.rows.to_numpy(object).tolist() == expected
    assert list(cells.rows.index) == list(range(4, 4 + len(rows)))


@given(seed=st.integers(0, 10_000))
def test_damaged_reports_are_read_or_refused(tmp_path: Path, seed: int) -> None:
    dice, content = random.Random(seed), bytearray(text(NEW, "\t", "utf-16"))
    for _ in range(dice.randint(1, 6)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    unharmed(tmp_path, bytes(content[: dice.randrange(10, len(content))]), [])
