"""Tables of feedback one below the other: read as one, all their answers would be those of the first title.

The counterpart for lists of people is `no_person.refuse_several_lists`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipeline.core.errors import ReadError
from pipeline.ingest import table_event
from pipeline.ingest.cells import Cells
from pipeline.ingest.columns import Column
from pipeline.ingest.folding import fold
from pipeline.ingest.instrument import Instrument
from pipeline.ingest.no_answer import header_again, names_of
from pipeline.ingest.numbers import parse_number

TITLE: Final = "a title within the table, no answer"
FIX: Final = "nothing to do if that is right; the rows below it may be of another event"
_ALLOWED: Final = "one table per sheet"
_FIX: Final = "put the tables on sheets of their own"
#: A title stands this many rows over its header at most.
_APART: Final = 3
#: What is printed over a header on every page.
_PAGE: Final = re.compile(r"(?:sivu|sida|page)\s*\d.*|\d+\s*/\s*\d+|.*\b(?:jatkuu|jatkoa|fortsätter|continued)\b.*")
#: A header in another order: so many of its names at least, and this part of all of them.
_FEWEST: Final = 2
_SHARE: Final = 0.5

Events = Mapping[str, str | None]


def titles(cells: Cells, columns: Sequence[Column], instrument: Instrument, events: Events) -> list[int]:
    """Return the rows over a repeated header that are a title: the table's own, a page's, or one with events per row.

    Raises
    ------
    ReadError
        Where such a title begins another table, or the header stands again in another order.
    """
    turned = _in_another_order(cells)
    if turned is not None:
        what = f"the header stands again in row {turned} in another order: its answers would be read in the first order"
        raise ReadError(what, place=cells.place(row=turned), allowed=_ALLOWED, fix=_FIX)
    found = dict(_over_headers(cells, columns, instrument, events))
    own = {table_event.bare(text) for text in cells.preamble}
    told = any(c.role == "field" and c.question == "event" for c in columns)
    others = [row for row, text in found.items() if table_event.bare(text) not in own and not _PAGE.fullmatch(text)]
    if others and not told:
        what = f"another title stands over the header again in row {min(others)}: several tables, one below the other"
        raise ReadError(what, place=cells.place(row=min(others)), allowed=_ALLOWED, fix=_FIX)
    return list(found)


def _over_headers(
    cells: Cells, columns: Sequence[Column], instrument: Instrument, events: Events
) -> Iterator[tuple[int, str]]:
    """Yield row and folded text of each title over a repeated header, from the header upwards."""
    rows, again = cells.rows, header_again(cells)
    for at in [i for i, repeated in enumerate(again) if repeated]:
        for above in range(at - 1, -1, -1):
            row = int(rows.index[above])
            filled = rows.iloc[above].dropna()
            if again.iloc[above] or row in cells.set_aside or rows.index[at] - row > _APART or len(filled) != 1:
                break
            apart = above > 0 and row - int(rows.index[above - 1]) > 1
            index, text = int(filled.index[0]), str(filled.iloc[0])
            if not _is_title(text, _column(columns, index), instrument, events, apart):
                break
            yield row, fold(text)


def _column(columns: Sequence[Column], index: int) -> Column | None:
    return next((column for column in columns if column.index == index), None)


def _is_title(text: str, column: Column | None, instrument: Instrument, events: Events, apart: bool) -> bool:
    """Return whether a lone text names an event or a day, or could be no answer where it stands.

    A comment may be all that somebody wrote: in an open column a text is a title only below a blank row.
    """
    if (
        _PAGE.fullmatch(fold(text))
        or fold(text) in events
        or table_event.bare(text) in events
        or table_event.names_a_day(text)
    ):
        return True
    if not any(map(str.isalpha, text)):
        return False
    if column is None or column.role == "field":
        return column is None or column.question != "response_key"
    if instrument.questions[column.question].type == "text":
        return apart
    options = instrument.options.get(column.question, ())
    return parse_number(text) is None and not any(fold(text) in option.spellings for option in options)


def _in_another_order(cells: Cells) -> int | None:
    """Return the first row whose cells are all names of columns, but of other ones than they stand in."""
    names = [names_of(cells, i) for i in range(len(cells.header))]
    known, longest = set().union(*names), max(map(len, (*cells.header, *cells.questions)), default=0)
    left, numbered = cells.rows.index, any(text[:1].isdigit() for text in known)
    for i in cells.rows.columns:  # nearly every row is out after its first cells
        texts = cells.rows.loc[left, i]
        near = [text for text in map(str, texts.dropna().unique()) if len(text) <= longest]
        said = [text for text in near if (numbered or not text[:1].isdigit()) and fold(text) in known]
        left = left[texts.isna() | texts.isin(said)]
        if left.empty:
            return None
    filled = cells.rows.loc[left].notna().sum(axis=1)
    for row in left[filled >= max(_FEWEST, _SHARE * sum(map(bool, names)))]:
        given = {int(i): fold(str(text)) for i, text in cells.rows.loc[row].dropna().items()}
        distinct = len(set(given.values())) == len(given)
        if distinct and row not in cells.set_aside and any(text not in names[i] for i, text in given.items()):
            return int(row)
    return None
