"""Every real public file: the right reading, or a refusal by name. The files stay in ../shared/real."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"

Seen = dict[str, Any]


def sizes(seen: Seen) -> list[tuple[int, int]]:
    return [(len(t["rows"]), len(t["header"])) for t in seen["tables"]]


def column(seen: Seen, name: str, table: int = 0) -> list[str | None]:
    at = seen["tables"][table]["header"].index(name)
    return [row[at] for row in seen["tables"][table]["rows"]]


def header(seen: Seen, table: int = 0) -> list[str]:
    return seen["tables"][table]["header"]


def workshop(seen: Seen) -> None:
    assert sizes(seen) == [(12, 15)]
    assert "Major or Concentration" in header(seen)


def starwars(seen: Seen) -> None:
    assert seen["reader"] == "surveymonkey" and [n for n, _ in sizes(seen)] == [148]
    assert any("cp1252" in note for note in seen["notes"])
    assert all(len(key or "") == 10 and (key or "").isdigit() for key in column(seen, "RespondentID"))


def cantera(seen: Seen) -> None:
    assert [n for n, _ in sizes(seen)] == [60]
    # four questions offer "Other"; each keeps its own (one of them asks for three choices, in three equal columns)
    assert len({name for name in header(seen) if name.endswith("Other")}) == 4


def lime_two_languages(seen: Seen) -> None:
    assert seen["reader"] == "questionnaire" and column(seen, "item") == ["Q1"]


def lime_questionnaire(seen: Seen) -> None:
    assert seen["reader"] == "questionnaire" and "What is your country of birth?" in column(seen, "label_en")
    assert len(seen["tables"][1]["rows"]) > 1


def transport(rows: int) -> Callable[[Seen], None]:
    def check(seen: Seen) -> None:
        assert seen["reader"] == "kobo_odk" and [n for n, _ in sizes(seen)] == [rows]

    return check


def nine_columns(seen: Seen) -> None:
    transport(1)(seen)
    assert sum("frequency_to_referral_facility" in name for name in header(seen)) >= 9
    assert any("boat_canoe" in name for name in header(seen))


def labels_with_slashes(seen: Seen) -> None:
    transport(1)(seen)
    assert len(header(seen)) == 31
    assert {"Is boat/canoe available daily or weekly?", "Is donkey/mule/cart available daily or weekly?"} <= set(
        header(seen)
    )


def table_of(*expected: int) -> Callable[[Seen], None]:
    def check(seen: Seen) -> None:
        assert [n for n, _ in sizes(seen)] == list(expected)

    return check


def qualtrics(seen: Seen) -> None:
    assert seen["reader"] == "qualtrics" and [n for n, _ in sizes(seen)] == [1]
    assert "R_2YPOQ602ER1jkf1" in seen["tables"][0]["rows"][0]


def redcap_simple(seen: Seen) -> None:
    assert seen["reader"] == "redcap" and sizes(seen) == [(5, 24)]
    assert set(column(seen, "race___1")) <= {"0", "1"}


def redcap_repeating(seen: Seen) -> None:
    assert [n for n, _ in sizes(seen)] == [5, 4]


def spss_sample(seen: Seen) -> None:
    assert seen["reader"] == "spss" and sizes(seen) == [(5, 7)]
    assert any("1583" in str(cell) for row in seen["tables"][0]["rows"] for cell in row)


def hebrews(seen: Seen) -> None:
    assert sizes(seen) == [(99, 1)] and header(seen) == ["ותק_ב"]


def umlauts(seen: Seen) -> None:
    assert "the ä umlaut" in seen["tables"][0]["value_labels"]["var1"].values()


def multiple_response(seen: Seen) -> None:
    assert any("mymrset" in note for note in seen["notes"])
    assert not any(
        "e10" in str(cell) or "13600000000" in str(cell) for row in seen["tables"][0]["rows"] for cell in row
    )


def sas_dates(seen: Seen) -> None:
    assert seen["reader"] == "sas" and sizes(seen) == [(19, 9)]
    assert any("-" in str(cell) for row in seen["tables"][0]["rows"] for cell in row)


def deaths(seen: Seen) -> None:
    assert sizes(seen) == [(10, 6), (10, 6)]
    for table in (0, 1):
        assert header(seen, table) == ["Name", "Profession", "Age", "Has kids", "Date of birth", "Date of death"]
    assert seen["tables"][0]["rows"][0][4] == "1947-01-08"


def texty_dates(seen: Seen) -> None:
    assert column(seen, "a") == ["1985-03-11 13:00:00", "1985-03-11 13:23:32"]


def style_only(seen: Seen) -> None:
    assert sizes(seen) == [(3, 4)]


def whitespace(seen: Seen) -> None:
    assert sizes(seen)[0] == (5, 1)  # a cell of blanks only is a blank row


def webropol_answers(seen: Seen) -> None:
    assert seen["reader"] == "webropol" and len(seen["tables"][0]["rows"]) == 1


def webropol_questions(seen: Seen) -> None:
    assert seen["reader"] == "webropol" and any("no answers" in note for note in seen["notes"])


FILES: dict[str, Callable[[Seen], None]] = {
    "carpentries_2017/longterm_October2017.csv": table_of(476),
    "excel/deaths_junk_rows.xlsx": deaths,
    "excel/style-only-cells.xlsx": style_only,
    "excel/texty-dates.xlsx": texty_dates,
    "excel/whitespace.xlsx": whitespace,
    "google_forms/workshop_registration.csv": workshop,
    "kobo_odk/transportation_all.csv": transport(4),
    "kobo_odk/transportation_export.xlsx": transport(4),
    "kobo_odk/transportation_labels_only.csv": labels_with_slashes,
    "kobo_odk/transportation_no_group_names.csv": nine_columns,
    "kobo_odk/xlsform_good_eats_multilang.xlsx": table_of(12, 22, 3),
    "kobo_odk/xlsform_or_other.xlsx": table_of(2, 5),
    "kobo_odk/xlsform_widgets.csv": table_of(38),
    "limesurvey/questionnaire.lss": lime_questionnaire,
    "limesurvey/two_languages.lss": lime_two_languages,
    "qualtrics/sample_de_3headers.csv": qualtrics,
    "qualtrics/sample_legacy_bom.csv": qualtrics,
    "redcap/problem_values_data.csv": table_of(2),
    "redcap/problem_values_dictionary.csv": table_of(4),
    "redcap/repeating_data.csv": redcap_repeating,
    "redcap/repeating_dictionary.csv": table_of(11),
    "redcap/simple_data.csv": redcap_simple,
    "redcap/simple_dictionary.csv": table_of(16),
    "sas/dates_xpt_v8.xpt": sas_dates,
    "spss/hebrews.sav": hebrews,
    "spss/mrsets_simple_alltypes.sav": multiple_response,
    "spss/sample.por": spss_sample,
    "spss/sample.sav": spss_sample,
    "spss/sample.zsav": spss_sample,
    "spss/umlauts.sav": umlauts,
    "surveymonkey/cantera_spanning_headers.csv": cantera,
    "surveymonkey/starwars_head150.csv": starwars,
    "webropol/api_getSurveyAnswers.json": webropol_answers,
    "webropol/api_getSurveyQuestions.json": webropol_questions,
}
