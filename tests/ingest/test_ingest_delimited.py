"""Text with separators: every dialect gives the same cells, and a broken one is named."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.core.errors import ReadError
from pipeline.ingest import readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.containers import delimited

ENCODINGS = {"utf-8": b"", "utf-8-sig": b"", "utf-16": b"", "utf-16-be": codecs.BOM_UTF16_BE, "cp1252": b""}
HEADER = ["nimi", "vastaus", "muuta"]


def _read(path: Path, content: bytes | str) -> Cells:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    reader, tables = readers.read(path, path.name)
    assert reader.NAME == "plain" and len(tables) == 1
    return tables[0]


def _rows(cells: Cells) -> list[list[str | None]]:
    return [[None if pd.isna(value) else value for value in row] for row in cells.rows.to_numpy(object).tolist()]


def _also_other_utf8(content: bytes, text: str) -> bool:
    """Return whether the bytes are another text in UTF-8: "Ä€" in windows-1252 is "Ā", and nothing tells which."""
    try:
        return content.decode("utf-8") != text
    except UnicodeDecodeError:
        return False


# letters of windows-1252, every separator, quotes and line breaks
TEXT = st.text(alphabet="aåäöÄé€ 1;,|\t\"'\n=-", max_size=8)


@given(
    rows=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=6),
    separator=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(sorted(ENCODINGS)),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\r\n", "\n"]),
)
def test_what_is_written_is_read(
    tmp_path: Path, rows: list[tuple[str, ...]], separator: str, encoding: str, quoting: int, end: str
) -> None:
    # other separators in the texts may not outnumber the real one
    rows = [tuple(t if separator in t else "".join(c for c in t if c not in ";,|\t") for t in row) for row in rows]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerows([HEADER, *rows])
    content = ENCODINGS[encoding] + stream.getvalue().encode(encoding)
    assume(encoding != "cp1252" or not _also_other_utf8(content, stream.getvalue()))
    cells = _read(tmp_path / "a.csv", content)
    expected = {
        n: [t if t.strip() else None for t in row] for n, row in enumerate(rows, start=2) if any(map(str.strip, row))
    }
    assert cells.header == tuple(HEADER)
    # a last line of one word under a column of numbers is set aside as a remark, not lost
    assert [*cells.rows.index, *cells.below] == list(expected)
    assert _rows(cells) == [expected[row] for row in cells.rows.index]
    assert not cells.overlong


def test_the_encoding_is_said_and_a_fallback_remarked(tmp_path: Path) -> None:
    assert _read(tmp_path / "a.csv", "ikä;työ\n1;2\n").notes == ("encoding utf-8", "separator ';'")
    old = _read(tmp_path / "b.csv", "ikä;työ\n1;€2\n".encode("cp1252"))
    assert old.header == ("ikä", "työ") and old.rows.iloc[0, 1] == "€2"
    assert "windows-1252" in old.remarks[0]


def test_a_byte_order_mark_is_no_letter(tmp_path: Path) -> None:
    assert _read(tmp_path / "a.csv", b"\xef\xbb\xbfnimi;ika\nA;1\n").header == ("nimi", "ika")


def test_nothing_is_taken_for_missing_or_a_number(tmp_path: Path) -> None:
    cells = _read(tmp_path / "a.csv", "maa;puh;nro\nNA;0401234567;00100\nnull;n/a;1,0\n")
    assert _rows(cells) == [["NA", "0401234567", "00100"], ["null", "n/a", "1,0"]]


@pytest.mark.parametrize("separator", [";", ","])
def test_the_separator_of_a_version_is_found(tmp_path: Path, separator: str) -> None:
    content = '"id";"A1"\n"1";"4"\n'.replace(";", separator)
    assert _read(tmp_path / "a.csv", content).header == ("id", "A1")


def test_decimal_commas_and_commas_in_texts_do_not_separate(tmp_path: Path) -> None:
    cells = _read(tmp_path / "a.csv", "arvio, 1-5;tunteja\n4,5;1,5\n3,0;2,5\n")
    assert cells.header == ("arvio, 1-5", "tunteja") and _rows(cells)[0] == ["4,5", "1,5"]


def test_one_column_of_names_is_one_column(tmp_path: Path) -> None:
    cells = _read(tmp_path / "a.csv", "nimi\nVirtanen, Maija\nKorhonen, Pekka\nMeikäläinen\n")
    assert cells.header == ("nimi",) and _rows(cells)[0] == ["Virtanen, Maija"]
    assert cells.rows.index.tolist() == [2, 3, 4]


def test_title_rows_and_blank_rows_are_no_answers(tmp_path: Path) -> None:
    cells = _read(tmp_path / "a.csv", "Palaute 2017;;\n;;\nq1;q2;q3\n1;2;3\n;;\n \t;;\n4;5;6\n;;\n")
    assert cells.header == ("q1", "q2", "q3") and cells.preamble == ("Palaute 2017",)
    assert cells.rows.index.tolist() == [4, 7] and cells.blank == 2
    assert "header in row 3" in cells.notes and not cells.remarks


def test_records_are_counted_as_a_spreadsheet_counts_rows(tmp_path: Path) -> None:
    cells = _read(tmp_path / "a.csv", 'q1;q2\n"a\nb\nc";1\nd;2\n')
    assert cells.rows.index.tolist() == [2, 3]


def test_a_row_longer_than_the_header_is_marked(tmp_path: Path) -> None:
    cells = _read(tmp_path / "a.csv", "q1,q2,q3\n1,2,3\n1,hyvä, mutta kylmä,3\n1,2,3,,\n")
    assert cells.overlong == (3,) and cells.header == ("q1", "q2", "q3", "")


def test_one_endless_row_does_not_become_the_header(tmp_path: Path) -> None:
    long = ",".join(f"sana{i}" for i in range(40))
    cells = _read(tmp_path / "a.csv", f"q1,q2,q3\n1,2,3\n4,5,6\n{long}\n7,8,9\n")
    assert cells.header[:3] == ("q1", "q2", "q3") and cells.rows.index.tolist() == [2, 3, 4, 5]
    assert cells.overlong == (4,)


@pytest.mark.parametrize(
    "lines",
    ['2;"salaisuus\n3;b\n4;c\n', '2;"salaisuus\n3;"b"\n4;c\n'],
    ids=["never closed", "closed by another cell"],
)
def test_an_open_quotation_mark_swallows_no_rows(tmp_path: Path, lines: str) -> None:
    with pytest.raises(ReadError, match="row 3") as fault:
        _read(tmp_path / "a.csv", "q1;q2\n1;a\n" + lines)
    assert "salaisuus" not in str(fault.value)


def test_sloppy_quotes_within_one_line_are_read(tmp_path: Path) -> None:
    cells = _read(tmp_path / "a.csv", 'q1;q2\n1;"Hän sanoi "hei" ja lähti"\n2;b\n')
    assert cells.rows.index.tolist() == [2, 3]


@pytest.mark.parametrize("at", ["start", "end"])
def test_a_nul_is_named(tmp_path: Path, at: str) -> None:
    row = "1;salaisuus\n"
    content = f"q1;q2\n{row}\0;x\n" if at == "start" else "q1;q2\n" + row * 9000 + "\0;x\n"
    with pytest.raises(ReadError, match=r"a\.csv") as fault:
        _read(tmp_path / "a.csv", content)
    assert "salaisuus" not in str(fault.value)
    if at == "end":
        assert "row 9002" in str(fault.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (codecs.BOM_UTF8 + b"a;b\n\xe4;1\n", "not utf-8-sig text"),
        (codecs.BOM_UTF16_LE + b"a", "not utf-16 text"),
        (b"a;b\n\x81;1\n", "UTF-8 or windows-1252"),
        (b"<html><body>", "web page"),
        (b"<a><b>", "not well-formed XML"),
        (b"<?xml version='1.0' encoding='ATF-8'?><a/>", "LookupError"),
        (b'{"a": ', "not valid JSON"),
        ("<a/>".encode("utf-16"), "no reader knows"),
        (b'{"a": 1}', "no reader knows"),
        (b"%PDF-1.7\n\x00\x01", "this is a PDF"),
        (codecs.BOM_UTF32_LE + "a;b\n1;2\n".encode("utf-32-le"), "NUL"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        _read(tmp_path / "a.csv", content)


@given(st.binary(max_size=400))
def test_junk_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "junk.csv"
    path.write_bytes(content)
    try:
        readers.read(path, path.name)
    except ReadError as refusal:
        assert refusal.what


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    cells = _read(tmp_path / "a.csv", "q1;q2 ;q3\n")
    assert cells.header == ("q1", "q2", "q3") and len(cells.rows) == 0 and cells.blank == 0


def test_a_cell_larger_than_any_answer_is_refused_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="row 3"):
        _read(tmp_path / "a.csv", "q1;q2\n1;2\n" + "x" * 1_100_000 + ";2\n")


def test_the_separator_is_found_quickly_in_one_long_line() -> None:
    assert delimited.find_separator("a" * 3_000_000) in ";\t|,"


def test_a_mark_within_quoted_cells_is_no_separator_however_often_it_stands_there() -> None:
    assert delimited.find_separator('"#","q 1\t\t1","q 1\t\t\t1","q 1\t\t\t1"\n') == ","
    assert delimited.find_separator('"a";"1, 2, 3, 4"\n') == ";"


def _resaved(line: str) -> list[str]:
    """Return the cells a spreadsheet with commas makes of a line with semicolons: marks around the first are eaten."""
    return next(csv.reader([line], delimiter=","))


PLAIN = st.text(alphabet="aåäö 19-", min_size=1, max_size=6).map(str.strip).filter(bool)


#: Quotation marks within the texts, and commas beside them, are lost in the spreadsheet already.
UNQUOTED = st.text(alphabet="aåäöÄé€ 1;,|=-", max_size=8).map(lambda text: text.strip(","))


@given(st.lists(st.tuples(PLAIN, UNQUOTED, UNQUOTED), min_size=2, max_size=6))
def test_lines_that_a_spreadsheet_has_quoted_as_a_whole_are_opened(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    inner, outer = io.StringIO(newline=""), io.StringIO(newline="")
    csv.writer(inner, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([HEADER, *rows])
    csv.writer(outer, lineterminator="\r\n").writerows([_resaved(line) for line in inner.getvalue().splitlines()])
    cells = _read(tmp_path / "a.csv", outer.getvalue())
    assert cells.header == tuple(HEADER) and any("quoted as a whole" in note for note in cells.notes)
    expected = [[text if text.strip() else None for text in row] for row in rows]
    assert _rows(cells) == expected[: len(expected) - len(cells.below)]


def test_a_single_line_quoted_as_a_whole_is_opened(tmp_path: Path) -> None:
    cells = _read(tmp_path / "a.csv", 'nimi;vastaus;muuta\n1;a;b\n"2;hyvä, kiva;c"\n3;d;e\n')
    assert _rows(cells)[1] == ["2", "hyvä, kiva", "c"] and not cells.short and not cells.overlong


def test_one_column_of_texts_stays_one(tmp_path: Path) -> None:
    cells = _read(tmp_path / "a.csv", '"Mitä opit; mitä jäi?"\n"asiaa; paljon"\n"iloa; ja ""vaivaa"""\n')
    assert _rows(cells) == [["asiaa; paljon"], ['iloa; ja "vaivaa"']]


def test_names_of_rows_that_r_writes_without_a_header(tmp_path: Path) -> None:
    cells = _read(tmp_path / "a.csv", '"q1";"q2"\n"1";"x";5\n"2";"y";4\n"3";"z";4\n')
    assert cells.header == ("", "q1", "q2") and _rows(cells) == [["1", "x", "5"], ["2", "y", "4"], ["3", "z", "4"]]
    assert not cells.overlong and "names of rows" in cells.notes[-1]
    ended = _read(tmp_path / "b.csv", "q1;q2\n1;x;\n2;y;\n")  # each line ends with a separator
    assert ended.header[:2] == ("q1", "q2") and _rows(ended)[0][:2] == ["1", "x"]
    for text in ("q1;q2\n1;x;5\n1;y;4\n", "q1;q2\n1;x;5\n"):  # no names: a cell too many in each record
        equal = _read(tmp_path / "c.csv", text)
        assert equal.header[0] == "q1" and equal.overlong == tuple(range(2, text.count("\n") + 1))


def test_rows_swallowed_by_a_mark_that_is_closed_later_are_named(tmp_path: Path) -> None:
    head, path = "nro;tapahtuma;q1;palaute\n", tmp_path / "a.csv"
    path.write_text(head + '1;E1;4;"hyvä\n2;E1;3;ok\n3;E1;2;joo"\n4;E1;5;loppu\n', "utf-8")
    with pytest.raises(ReadError, match="opens in row 2 is not closed"):
        delimited.read_grid(path, "a.csv")
    for answer in ("hyvä\nkiitos", "hyvä\n2;E1;3", "hyvä\nja; vielä; lisää; tätä"):  # lines of an answer
        path.write_text(f'{head}1;E1;4;"{answer}"\n4;E1;5;loppu\n', "utf-8")
        assert delimited.read_grid(path, "a.csv")[0][1] == ["1", "E1", "4", answer]


def test_unquoted_decimal_commas_are_no_names_of_rows(tmp_path: Path) -> None:
    content = b"Lomake nro,Euroa,Suositus\n1,5,50,5\n2,6,25,6\n3,7,00,7\n"
    table = _read(tmp_path / "a.csv", content)
    assert table.header[:3] == ("Lomake nro", "Euroa", "Suositus") and table.overlong == (2, 3, 4)
    named = _read(tmp_path / "b.csv", '"Lomake nro","K1"\n"1",11,4\n"2",12,5\n"3",13,5\n')
    assert named.header == ("", "Lomake nro", "K1") and named.rows[1].tolist() == ["11", "12", "13"]


def test_what_an_old_mac_wrote_is_read_as_that(tmp_path: Path) -> None:
    text = "ikä;työ\r1;Not much\xa0\r2;Åsa\r"
    found = _read(tmp_path / "a.csv", text.encode("mac_roman"))
    assert found.header == ("ikä", "työ") and found.rows[1].tolist() == ["Not much\xa0", "Åsa"]
    assert found.remarks == ("the text is not UTF-8 and was read as Mac Roman",)
    windows = _read(tmp_path / "b.csv", text.encode("cp1252"))
    assert windows.header == ("ikä", "työ") and "windows-1252" in windows.remarks[0]
    mended = _read(tmp_path / "c.csv", "a;b\n1;Not much\xa0\n".encode("mac_roman"))
    assert mended.rows[1].tolist() == ["Not much\xa0"]
    french = _read(tmp_path / "d.csv", "a;b\n1;Être là\n".encode("cp1252"))
    assert french.rows[1].tolist() == ["Être là"]
