from __future__ import annotations

import pandas as pd
import pytest
from plot_frames import assert_legible, checked, estimate, printed

from pipeline.core.errors import ContractError, LedgerError
from pipeline.plots.ledger import ledger
from pipeline.plots.reach import months, reach

FATES = ("rows_read", "accepted", "duplicate", "quarantined")


def month(group, *values):
    terms = zip(("visits", "new_persons", "distinct_persons"), values, strict=True)
    return [estimate("reach", term, f"month={group}", None, v, method="count", unit="persons") for term, v in terms]


def a_while(n):
    days = pd.period_range("2016-04", periods=n, freq="M")
    return [row for i, day in enumerate(days) for row in month(str(day), 30 + i % 7, 10, 10 * (i + 1))]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("length", [1, 2, 9, 14, 33, 130])
def test_reach_of_any_length_is_legible(length, language):
    assert_legible(reach(checked("estimates", a_while(length)), language))


def test_a_month_without_events_is_shown_empty_and_people_are_carried_on():
    rows = checked("estimates", [*month("2017-03", 12, 7, 17), *month("2017-01", 10, 10, 10)])
    assert months(rows).to_numpy().tolist() == [[10, 10, 10], [0, 0, 10], [12, 7, 17]]


def test_bars_are_first_and_return_visits_and_the_people_are_named():
    figure = reach(checked("estimates", [*month("2017-01", 10, 10, 10), *month("2017-02", 12, 7, 17)]), "fi")
    assert [p.get_height() for p in figure.axes[1].patches] == [10, 7, 0, 5]
    assert "17 eri ihmistä" in printed(figure)


def test_no_figure_calls_an_attendee_an_esf_participant():
    for language in ("fi", "sv", "en"):
        written = " ".join(printed(reach(checked("estimates", a_while(3)), language))).lower()
        assert not any(word in written for word in ("osallistuja", "deltagare", "participant"))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([estimate("reach", "visits", "all", 9, 9.0, method="count")], "no rows"),
        (month("2017-01", 5, 6, 6), "new persons"),
        ([*month("2017-01", 9, 9, 9), *month("2017-02", 9, 0, 8)], "fewer"),
        (month("2017-01", 9, 9, 9)[:2], "lacks a term"),
    ],
)
def test_counts_that_cannot_be_are_refused(rows, says):
    with pytest.raises(ContractError, match=says):
        reach(checked("estimates", rows), "fi")


def files(*rows):
    known = [
        {"scope": "file", "unit": unit, "part": part, "reason": reason, **dict(zip(FATES, counts, strict=True))}
        for unit, part, counts, reason in rows
    ]
    return checked("ledger", [*known, {"scope": "event", "unit": "E01", "returned": 3}])


USUAL = files(
    ("feedback/webropol_asukasraati_2017_lopullinen_versio.xlsx", "Vastaukset", (72, 51, 21, 0), None),
    ("attendance/osallistujalista_hyvinvointi-ilta_2016-11-03.xlsx", "Taul1", (25, 24, 0, 1), "kaksi nimeä"),
    ("feedback/vioittunut.xlsx", None, (None, None, None, None), "not a workbook"),
    ("feedback/tyhja.csv", None, (0, 0, 0, 0), None),
)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_ledger_is_legible(language):
    assert_legible(ledger(USUAL, language))
    assert_legible(ledger(USUAL.iloc[2:3], language))
    assert_legible(
        ledger(files(*[(f"feedback/{i}.csv", None, (123456, 123456, 0, 0), None) for i in range(30)]), language)
    )


def test_the_ledger_shows_files_only_and_their_total():
    figure = ledger(USUAL, "fi")
    assert len(figure.axes[0].get_yticklabels()) == 5
    bold = [t.get_text() for t in figure.axes[0].texts if t.get_fontweight() == "bold"]
    assert bold == ["97", "75", "21", "1"]
    assert sum(p.get_width() for p in figure.axes[0].patches) == 97


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        (("feedback/2016/a.csv", "feedback/2017/b.csv"), ["2016/a.csv", "2017/b.csv"]),
        (("feedback/a.csv", "feedback/a.csv"), ["a.csv", "a.csv"]),
        (("feedback/a.csv", "attendance/a.csv"), ["feedback/a.csv", "attendance/a.csv"]),
        (("feedback/a.csv", "feedback_old/a.csv"), ["feedback/a.csv", "feedback_old/a.csv"]),
        (("a.csv", "feedback/b.csv"), ["a.csv", "feedback/b.csv"]),
    ],
)
def test_a_folder_that_all_files_share_is_left_out(paths, shown):
    figure = ledger(files(*[(path, f"s{i}", (1, 1, 0, 0), None) for i, path in enumerate(paths)]), "fi")
    names = [t.get_text().replace("\n", " ") for t in figure.axes[0].get_yticklabels()[:-1]]
    assert names == [f"{name} [s{i}]" for i, name in enumerate(shown)]


def test_a_file_not_read_differs_from_one_without_rows():
    assert {"tiedostoa ei luettu", "ei rivejä"} <= set(printed(ledger(USUAL, "fi")))


def test_a_ledger_that_does_not_add_up_is_refused():
    with pytest.raises(LedgerError):
        ledger(files(("a.csv", None, (10, 8, 1, 0), None)), "fi")


def test_a_ledger_without_files_is_refused():
    with pytest.raises(ContractError, match="no file"):
        ledger(USUAL[USUAL["scope"] == "event"], "fi")
