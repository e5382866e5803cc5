"""SPSS files: encodings, moments, missing codes, multiple-response sets, portable files, the real files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.config import Ingest, Source
from pipeline.core.errors import ReadError
from pipeline.ingest import feedback, instrument, readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.containers import spss_sets

pyreadstat = pytest.importorskip("pyreadstat")

REAL = Path(__file__).resolve().parents[3] / ".." / "shared" / "real" / "spss"
real = pytest.mark.skipif(not REAL.exists(), reason="the public files are not here")


def read(path: Path) -> Cells:
    reader, tables = readers.read(path, path.name)
    assert reader.NAME == "spss" and len(tables) == 1
    return tables[0]


def write(path: Path, frame: pd.DataFrame, **more: Any) -> Path:
    pyreadstat.write_sav(frame, str(path), **more)
    return path


def texts(cells: Cells) -> list[list[str]]:
    return cells.rows.fillna("").to_numpy().tolist()


@real
def test_one_table_in_three_containers_is_one_table() -> None:
    sav, zsav, por = (read(REAL / f"sample.{kind}") for kind in ("sav", "zsav", "por"))
    assert texts(sav) == texts(zsav) == texts(por) and sav.rows.shape == (5, 7)
    assert texts(sav)[1][2:4] == ["1880-05-06", "1880-05-06 10:10:10"] and texts(sav)[3][2] == "1583-01-01"
    assert texts(sav)[4][2:4] == ["", ""] and texts(sav)[0][6] == "10:10:10"
    assert sav.value_labels == por.value_labels and sav.questions == por.questions
    assert [name.casefold() for name in por.header] == list(sav.header)


@real
def test_names_and_labels_beyond_latin_are_exact() -> None:
    assert read(REAL / "hebrews.sav").header == ("ותק_ב",)
    umlauts = read(REAL / "umlauts.sav")
    assert umlauts.value_labels[0]["1"] == "the ä umlaut" and umlauts.questions == ("This is an ä-umlaut",)


@real
def test_multiple_response_sets_missing_ranges_and_quarters() -> None:
    cells = read(REAL / "mrsets_simple_alltypes.sav")
    at = {name: i for i, name in enumerate(cells.header)}
    assert cells.rows[at["quarter"]].tolist() == ["4 Q 2014"] * 4 + ["1 Q 2015"] * 2
    assert cells.rows[at["date"]].iloc[2] == "2014-12-15" and cells.rows[at["str"]].iloc[3] == "NA"
    assert cells.user_missing == {at["x"]: {"7", "8", "99"}, at["z"]: {"-9", "999"}}
    assert cells.questions[at["bool2"]] == "My multiple response set [Response #2]"
    assert cells.rows[at["categorical_array"]].tolist() == ["a;b", "a;b;c", "b;c;d", "b", "a;b;d", "b;c;d"]
    assert {at[f"ca_subvar_{i}"] for i in (1, 2, 3)} == cells.technical
    assert any("mymrset (dichotomies, 1 is a tick): bool1, bool2, bool3" in note for note in cells.notes)


@pytest.mark.parametrize(
    ("form", "shown"),
    [(f"{name}10", "2023-09-29") for name in ("EDATE", "ADATE", "SDATE", "DATE")]
    + [("JDATE7", "2023-09-29"), ("DATETIME20", "2023-09-29"), ("YMDHMS19", "2023-09-29")]
    + [("QYR8", "3 Q 2023"), ("MOYR8", "9 2023"), ("WKYR10", "39 WK 2023"), ("DTIME12", "3865368:00:00")],
)
def test_every_format_of_moments_is_decoded(tmp_path: Path, form: str, shown: str) -> None:
    cells = read(write(tmp_path / "a.sav", pd.DataFrame({"d": [13915324800.0]}), variable_format={"d": form}))
    assert texts(cells) == [[shown]]


def test_weekdays_stay_numbers_and_are_said(tmp_path: Path) -> None:
    cells = read(write(tmp_path / "a.sav", pd.DataFrame({"d": [1.0]}), variable_format={"d": "WKDAY9"}))
    assert texts(cells) == [["1"]] and cells.remarks == ("d holds weekdays as numbers, 1 is Sunday",)


def declare(path: Path, encoding: bytes) -> None:
    content = path.read_bytes()
    old = b"\x01\x00\x00\x00\x05\x00\x00\x00UTF-8"
    assert old in content
    path.write_bytes(content.replace(old, b"\x01\x00\x00\x00" + len(encoding).to_bytes(4, "little") + encoding))


@pytest.mark.parametrize("label", ["Mitä", "Á la carte"])
@pytest.mark.parametrize("declared", [b"windows-1252", b"ISO-8859-1", b"CP850"])
def test_text_that_is_utf_8_is_utf_8_whatever_the_file_declares(tmp_path: Path, declared: bytes, label: str) -> None:
    path = write(tmp_path / "a.sav", pd.DataFrame({"nimi": ["Åsa Öhman", "x"]}), column_labels=[label])
    declare(path, declared)
    cells = read(path)
    assert texts(cells)[0] == ["Åsa Öhman"] and cells.questions == (label,)
    assert cells.notes == ("encoding utf-8",) and "its texts are utf-8" in cells.remarks[0]


def test_text_that_is_no_utf_8_is_read_as_windows_1252(tmp_path: Path) -> None:
    path = write(tmp_path / "a.sav", pd.DataFrame({"nimi": ["Axxsa", "y"]}))
    path.write_bytes(path.read_bytes().replace(b"Axxsa", "Åsa–ö".encode("cp1252")))
    cells = read(path)
    assert texts(cells) == [["Åsa–ö"], ["y"]] and "its texts are cp1252" in cells.remarks[0]


def test_windows_1252_that_is_declared_needs_no_remark(tmp_path: Path) -> None:
    path = write(tmp_path / "a.sav", pd.DataFrame({"nimi": ["Axxsa"]}))
    path.write_bytes(path.read_bytes().replace(b"Axxsa", "Åsaöä".encode("cp1252")))
    declare(path, b"windows-1252")
    assert texts(read(path)) == [["Åsaöä"]] and read(path).remarks == ()


def test_long_texts_make_no_further_columns(tmp_path: Path) -> None:
    cells = read(write(tmp_path / "a.sav", pd.DataFrame({"K3": ["a" * 700], "K32": ["b" * 400]})))
    assert cells.header == ("K3", "K32") and texts(cells) == [["a" * 700, "b" * 400]]


def test_text_codes_declared_missing(tmp_path: Path) -> None:
    frame = pd.DataFrame({"v": ["muu", "7", "77"]})
    cells = read(write(tmp_path / "a.sav", frame, missing_ranges={"v": ["7", "77"]}))
    assert texts(cells) == [["muu"], ["7"], ["77"]] and cells.user_missing == {0: {"7", "77"}}


def test_words_for_nothing_and_leading_zeros_stay(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": ["NA", "None", "null", "n/a", "00100"]})
    assert texts(read(write(tmp_path / "a.sav", frame))) == [[t] for t in frame["a"]]


def make(survey: list[dict[str, str]], choices: list[dict[str, str]]) -> instrument.Instrument:
    numbered = {name: list(enumerate(rows, 2)) for name, rows in (("survey", survey), ("choices", choices))}
    return instrument.build(numbered, "instrument.xlsx")


def test_labels_and_declared_missing_reach_the_answers(tmp_path: Path) -> None:
    frame = pd.DataFrame({"K1": [1.0, 2.0, 9.0, 8.0, None], "x": [1.0] * 5})
    path = write(
        tmp_path / "a.sav",
        frame,
        column_labels=["Sain äänen kuuluviin", None],
        variable_value_labels={"K1": {1: "Samaa mieltä", 2: "Eri mieltä", 9: "En osaa sanoa", 8: "En halua vastata"}},
        missing_ranges={"K1": [8, 9]},
    )
    tool = make(
        [{"type": "select_one agree", "name": "voice", "label": "Sain äänen kuuluviin"}],
        [
            {"list_name": "agree", "name": code, "label": label}
            for code, label in (("5", "Samaa mieltä"), ("1", "Eri mieltä"))
        ],
    )
    batch = feedback.harmonise(read(path), tool, {}, Source(match="*"), Ingest())
    assert batch.codes["voice"].dropna().tolist() == ["5", "1"]
    assert batch.reasons["voice"].dropna().tolist() == ["dont_know", "refused", "no_answer"]


@pytest.mark.parametrize(
    ("counted", "labels"), [(1, {}), (2, {1: "Ei mainittu", 2: "Mainittu"}), (1, {0: "Ei valittu", 1: "Valittu"})]
)
def test_a_set_of_dichotomies_becomes_ticks(tmp_path: Path, counted: int, labels: dict[int, str]) -> None:
    other = 0 if counted == 1 else 1
    frame = pd.DataFrame({"a": [counted, other, None], "b": [other, other, None], "x": [1, 1, 1]}, dtype=float)
    by_name = {"a": labels, "b": labels} if labels else {}
    cells = read(
        write(tmp_path / "a.sav", frame, column_labels=["Retket", "Ruoka", None], variable_value_labels=by_name)
    )
    described = {"is_dichotomy": True, "counted_value": counted, "label": "Mihin?", "variable_list": ["A", "B"]}
    tool = make(
        [{"type": "select_multiple did", "name": "did", "label": "Mihin?"}],
        [{"list_name": "did", "name": n, "label": label} for n, label in (("trips", "Retket"), ("food", "Ruoka"))],
    )
    batch = feedback.harmonise(spss_sets.with_sets(cells, {"m": described}), tool, {}, Source(match="*"), Ingest())
    assert batch.codes["did/trips"].fillna("").tolist() == ["1", "", ""]
    assert batch.reasons["did/food"].tolist() == ["not_ticked", "not_ticked", "no_answer"]


def test_a_set_of_categories_becomes_joined_ticks_without_its_missing_codes(tmp_path: Path) -> None:
    frame = pd.DataFrame({"c1": [1.0, 2.0, 9.0], "c2": [2.0, None, None], "x": [1.0, 1.0, 1.0]})
    labels = {1: "Retket; ulkona", 2: "Ruoka", 9: "EOS"}
    path = write(
        tmp_path / "a.sav",
        frame,
        variable_value_labels={"c1": labels, "c2": labels},
        missing_ranges={"c1": [9], "c2": [9]},
    )
    described = {"is_dichotomy": False, "counted_value": None, "label": "Mihin?", "variable_list": ["c1", "c2"]}
    cells = spss_sets.with_sets(read(path), {"m": described})
    assert cells.rows[3].fillna("").tolist() == ["Retket; ulkona;Ruoka", "Ruoka", ""]
    tool = make(
        [{"type": "select_multiple did", "name": "did", "label": "Mihin?"}],
        [{"list_name": "did", "name": n, "label": t} for n, t in (("trips", "Retket; ulkona"), ("food", "Ruoka"))],
    )
    batch = feedback.harmonise(cells, tool, {}, Source(match="*"), Ingest())
    assert batch.codes["did/trips"].fillna("").tolist() == ["1", "", ""]
    assert batch.reasons["did/food"].fillna("").tolist() == ["", "", "no_answer"]
    assert not [f for f in batch.findings if f.place.column in ("c1", "c2")]


#: No variable may be called so, in any program that writes the format.
RESERVED = ("ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH")
NAMES = st.lists(
    st.from_regex(r"[A-Za-zäö][A-Za-z0-9_]{0,6}", fullmatch=True).filter(lambda name: name.upper() not in RESERVED),
    min_size=1,
    max_size=4,
    unique_by=str.upper,
)
WORD = st.text(alphabet="abcåäöÅÄÖé€ 1;,=-'", max_size=12).map(str.strip)
NUMBER = st.none() | st.integers(-9999, 9999).map(float) | st.sampled_from([0.5, -2.25, 0.1])


@given(st.data())
def test_a_random_instrument_and_its_answers_come_back(tmp_path: Path, data: st.DataObject) -> None:
    names = data.draw(NAMES)
    n = data.draw(st.integers(1, 5))
    text = {name: data.draw(st.booleans()) for name in names}
    frame = pd.DataFrame(
        {v: data.draw(st.lists(WORD if text[v] else NUMBER, min_size=n, max_size=n)) for v in names}
    ).astype({v: object if text[v] else float for v in names})
    labels = {
        v: data.draw(st.dictionaries(st.integers(-9, 99), WORD.filter(bool), min_size=1, max_size=4))
        for v in names
        if not text[v]
    }
    missing = {v: data.draw(st.lists(st.integers(90, 99), min_size=1, max_size=3, unique=True)) for v in labels}
    questions = data.draw(st.lists(WORD.filter(bool), min_size=len(names), max_size=len(names)))
    compress = data.draw(st.booleans())
    path = write(
        tmp_path / "a.sav",
        frame,
        column_labels=questions,
        variable_value_labels=labels,
        missing_ranges=missing,
        compress=compress,
    )
    cells = read(path)
    expected = {
        row: [("" if pd.isna(v) else f"{v:g}" if isinstance(v, float) else v) for v in values]
        for row, values in enumerate(frame.to_numpy(dtype=object).tolist(), start=1)
    }
    expected = {row: values for row, values in expected.items() if any(values)}
    assert cells.header == tuple(names) and cells.questions == tuple(questions)
    assert dict(zip(cells.rows.index, texts(cells), strict=True)) == expected
    assert cells.blank == n - len(expected)
    for i, name in enumerate(names):
        assert cells.value_labels.get(i, {}) == {str(k): t for k, t in labels.get(name, {}).items()}
        assert cells.user_missing.get(i, frozenset()) == {str(c) for c in missing.get(name, ())}


def portable(path: Path, records: bytes, width: int = 80, breaks: bytes = b"\r\n") -> Path:
    table = b"0" * 64 + b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz ."
    content = (
        b"ASCII SPSS PORT FILE".ljust(200) + table.ljust(256, b"0") + b"SPSSPORTA8/202301016/101010" + records + b"Z"
    )
    content = content.ljust((len(content) // 80 + 1) * 80, b"Z")
    path.write_bytes(breaks.join(content[i : i + width].rstrip(b" ") for i in range(0, len(content), width)) + breaks)
    return path


NUMERIC = b"70/2/K15/8/2/5/8/2/"


@pytest.mark.parametrize("breaks", [b"\r\n", b"\n"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_portable_files_keep_letters_and_missing_codes(tmp_path: Path, encoding: str, breaks: bytes) -> None:
    word, label = "Åsa Öhman".encode(encoding), "Minä  itse".encode(encoding)
    records = (
        b"42/5B/" + NUMERIC + b"89/B3A/3G/" + b"C" + base30(len(label)) + label
        + b"7K/1/V1/K/0/1/K/0/8" + b"1/7"
        + b"D1/2/K12/1/3/yks9/3/EOS"
        + b"F" + b"1/" + base30(len(word)) + word + b"9/" + b"1/7" + b"*." + b"2/NA" + b"3C/" + b"3/  x"
    )  # fmt: skip
    cells = read(portable(tmp_path / "a.por", records, breaks=breaks))
    assert cells.header == ("K1", "V") and cells.questions == ("Minä  itse", "")
    assert texts(cells) == [["1", "Åsa Öhman"], ["9", "7"], ["", "NA"], ["102", "  x"]]
    assert cells.user_missing == {0: {"9", "102"}, 1: {"7"}}
    assert cells.value_labels == {0: {"1": "yks", "9": "EOS"}}


def base30(number: int) -> bytes:
    digits = "0123456789ABCDEFGHIJKLMNOPQRST"
    text = ""
    while number or not text:
        number, rest = divmod(number, 30)
        text = digits[rest] + text
    return text.encode() + b"/"


@given(st.lists(st.tuples(NUMBER, st.text(alphabet="abc xyz.,;", max_size=9).map(str.strip)), min_size=1, max_size=6))
def test_portable_files_come_back(tmp_path: Path, rows: list[tuple[float | None, str]]) -> None:
    frame = pd.DataFrame({"N": pd.array([n for n, _ in rows], dtype="Float64"), "T": [t for _, t in rows]})
    pyreadstat.write_por(frame, str(tmp_path / "a.por"))
    cells = read(tmp_path / "a.por")
    expected = [["" if n is None else f"{n:g}", t] for n, t in rows]
    assert texts(cells) == [row for row in expected if any(row)]


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=12), st.sampled_from(["a.sav", "a.por", "a.zsav"]))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, patch: bytes, name: str) -> None:
    path, broken = tmp_path / name, tmp_path / f"broken.{name}"
    frame = pd.DataFrame({"A": [1.0, 2.0, None], "B": ["x", "y", "z"]})
    if not path.exists() and name.endswith("por"):
        pyreadstat.write_por(frame, str(path))
    elif not path.exists():
        write(path, frame, variable_value_labels={"A": {1: "yksi"}}, compress=name.endswith("zsav"))
    content = path.read_bytes()
    at %= len(content)
    broken.write_bytes(content[:at] + patch + content[at + len(patch) :])
    try:
        readers.read(broken, broken.name)
    except ReadError as refusal:
        assert broken.name in str(refusal)


@pytest.mark.parametrize("kept", [470, 520, 560])
def test_a_portable_file_cut_off_is_named(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "a.por"
    pyreadstat.write_por(pd.DataFrame({"A": [1.0, 2.0], "B": ["x", "y"]}), str(path))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ReadError, match=r"a\.por: the SPSS portable file is cut off or damaged"):
        readers.read(path, path.name)
