"""Each cell is a code or one of the kinds of missing, never both, never another's."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import cells, instrument

from pipeline.ingest.cells import Cells
from pipeline.ingest.coding import Coded, code_date, code_multiple, code_number, code_select_one
from pipeline.ingest.columns import Column, match
from pipeline.ingest.ticks import split_joined

INSTRUMENT = instrument()
AGREE, DID = INSTRUMENT.options["q1"], INSTRUMENT.options["did"]


def _pairs(coded: Coded) -> list[str]:
    """Return each code, or the reason in brackets."""
    assert (coded.code.isna() != coded.missing_reason.isna()).all()
    return [c if pd.notna(c) else f"({r})" for c, r in zip(coded.code, coded.missing_reason, strict=True)]


def _one(*texts: str | None, **more: object) -> list[str]:
    coded = code_select_one(cells(["q1"], *([t] for t in texts), **more), Column(0, "q1", "single"), AGREE)
    assert coded.wrong == tuple((row, 0) for row, pair in enumerate(_pairs(coded), start=2) if pair == "(invalid)")
    return _pairs(coded)


def test_labels_codes_and_both_together() -> None:
    assert (
        _one("Samaa mieltä", "4", "4.0", "4 = samaa mieltä", "4 - Samaa mieltä", "4. samaa mieltä", " 4 ") == ["4"] * 7
    )


def test_kinds_of_missing_stay_apart() -> None:
    assert _one(None, "En osaa sanoa", "en halua vastata.", "samaa", "3 4", "5", "?") == [
        "(no_answer)", "(dont_know)", "(refused)", "(invalid)", "(invalid)", "(invalid)", "(invalid)",
    ]  # fmt: skip


def test_the_label_of_the_file_decides_what_its_code_means() -> None:
    turned = {0: {"1": "samaa mieltä", "2": "siltä väliltä", "3": "outo teksti"}}
    # 3 is an option of ours too, but that file says it is something else; 4 has no label there
    assert _one("1", "2.0", "3", "4", value_labels=turned) == ["4", "3", "(invalid)", "4"]


def test_declared_missing_is_never_a_value() -> None:
    labels = {0: {"1": "en halua vastata", "2": "Ei kysytty", "3": "jotain muuta"}}
    found = _one("1", "2", "3", "4", "8", value_labels=labels, user_missing={0: frozenset("12348")})
    assert found == ["(refused)", "(not_asked)", "(no_answer)", "(no_answer)", "(no_answer)"]


@given(
    st.lists(st.sampled_from([None, "outo", *(o for option in AGREE for o in sorted(option.spellings))]), max_size=8)
)
def test_rows_do_not_touch_each_other(texts: list[str | None]) -> None:
    assert _one(*texts) == [_one(text)[0] for text in texts]


def _number(kind: str, *texts: str | None, **more: object) -> list[str]:
    coded = code_number(cells(["n"], *([t] for t in texts), **more), Column(0, "n", "single"), whole=kind == "integer")
    return _pairs(coded)


def test_numbers() -> None:
    assert _number("integer", "12", "12.0", "12,5", "kaksi", None, "1 2", "2 000") == [
        "12", "12", "(invalid)", "(invalid)", "(no_answer)", "(invalid)", "2000",
    ]  # fmt: skip
    assert _number("decimal", "2,50", "0.0000001", "1e400") == ["2.5", "0.0000001", "(invalid)"]


def test_a_declared_missing_number_is_no_age() -> None:
    found = _number("integer", "45", "999", "998", value_labels={0: {"998": "EOS"}}, user_missing={0: {"998", "999"}})
    assert found == ["45", "(no_answer)", "(dont_know)"]


def test_dates() -> None:
    coded = code_date(
        cells(["d"], ["3.4.2017"], ["20.10.2017 klo 9.05"], ["31.2.2017"], [None]), Column(0, "d", "single")
    )
    assert _pairs(coded) == ["2017-04-03", "2017-10-20", "(invalid)", "(no_answer)"] and coded.wrong == ((4, 0),)


def _multiple(table: Cells) -> dict[str, list[str]]:
    columns, _ = match(table, INSTRUMENT)
    return {c.item.partition("/")[2]: _pairs(c) for c in code_multiple(table, columns, DID)}


def _wrong(table: Cells) -> list[tuple[int, int]]:
    return [at for c in code_multiple(table, match(table, INSTRUMENT)[0], DID) for at in c.wrong]


def test_joined_ticks_whose_texts_hold_the_joining_comma() -> None:
    table = cells(
        ["did"], ["Lapset, nuoret ja perheet, Työ, koulutus"], ["Muu, mikä?;Työ, koulutus"], ["fam other"], [None]
    )
    assert _multiple(table) == {
        "fam": ["1", "(not_ticked)", "1", "(no_answer)"],
        "work": ["1", "1", "(not_ticked)", "(no_answer)"],
        "other": ["(not_ticked)", "1", "1", "(no_answer)"],
    }


def test_an_unknown_remainder_is_reported_and_the_rest_is_kept() -> None:
    table = cells(["did"], ["Työ, koulutus, jotain ihan muuta"], ["jotain ihan muuta"], ["En osaa sanoa"])
    assert _multiple(table)["work"] == ["1", "(invalid)", "(dont_know)"]
    assert _multiple(table)["fam"] == ["(not_ticked)", "(invalid)", "(dont_know)"]
    assert _wrong(table) == [(2, 0), (3, 0)]


def test_yes_and_no_per_option() -> None:
    table = cells(
        ["did/fam", "did/work", "did/other"], ["1", "0", None], ["0", "0", "0"], [None] * 3, ["ei", "x", "outo"]
    )
    assert _multiple(table) == {
        "fam": ["1", "(not_ticked)", "(no_answer)", "(not_ticked)"],
        "work": ["(not_ticked)", "(not_ticked)", "(no_answer)", "1"],
        "other": ["(not_ticked)", "(not_ticked)", "(no_answer)", "(invalid)"],
    }
    assert _wrong(table) == [(5, 2)]


def test_words_in_the_column_of_other_tick_it_where_nobody_ticks() -> None:
    table = cells(["did/fam", "did/work", "did/other"], ["1", "0", None], ["0", "0", "leikkipuisto"])
    assert _multiple(table)["other"] == ["(not_ticked)", "1"]
    assert _wrong(table) == []


def test_an_option_without_a_column_was_not_offered() -> None:
    assert set(_multiple(cells(["did/fam", "did/work"], ["1", "0"]))) == {"fam", "work"}


def test_yes_and_no_by_the_labels_of_the_file() -> None:
    labels = {0: {"1": "Kyllä", "2": "Ei"}, 1: {"1": "Kyllä", "2": "Ei"}}
    table = cells(
        ["did/fam", "did/work"], ["1", "2"], ["2", "9"], value_labels=labels, user_missing={1: frozenset("9")}
    )
    assert _multiple(table) == {"fam": ["1", "(not_ticked)"], "work": ["(not_ticked)", "(not_ticked)"]}
    assert _wrong(table) == []


@pytest.mark.parametrize(("code", "ticked"), [("0", ["(not_ticked)", "1"]), ("ei", ["(not_ticked)", "1"])])
def test_zero_and_no_are_no_ticks_even_of_an_option_called_so(code: str, ticked: list[str]) -> None:
    choices = [{"list_name": "did", "name": n, "label": f"valinta {n}"} for n in (code, "b")]
    made = instrument([{"type": "select_multiple did", "name": "did"}], choices)
    table = cells([f"did/{code}", "did/b"], [code, "1"], ["1", "0"])
    coded = code_multiple(table, match(table, made)[0], made.options["did"])
    assert _pairs(coded[0]) == ticked


def test_a_block_of_texts() -> None:
    table = cells(
        ["did", "", ""], ["Lapset, nuoret ja perheet", None, "Muu, mikä?"], [None, "Työ, koulutus", None], [None] * 3
    )
    assert _multiple(table)["other"] == ["1", "(not_ticked)", "(no_answer)"]
    assert _multiple(table)["work"] == ["(not_ticked)", "1", "(no_answer)"]


LOOKUP = {spelling: option for option in DID for spelling in option.spellings}
LABELS = {option.code: text for option in DID for text in option.labels.values()}


@given(
    st.lists(st.sampled_from([o.code for o in DID]), min_size=1, unique=True),
    st.sampled_from([", ", ";", "; ", "|", "\n", ","]),
)
def test_any_ticks_joined_by_any_mark_come_back(codes: Sequence[str], mark: str) -> None:
    found, unknown = split_joined(mark.join(LABELS[code] for code in codes), LOOKUP)
    assert [o.code for o in found] == list(codes) and not unknown


def test_a_long_list_of_nonsense_is_split_quickly() -> None:
    assert split_joined("x," * 200_000, LOOKUP) == ([], True)
