"""Lines of a list that are no person, or more than one: they count nobody until a person has looked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest import came
from pipeline.ingest.attendance_headers import kind_of
from pipeline.ingest.attendance_words import TOTALS
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.folding import fold

TOTAL: Final = "a line of totals, no person"
HEADING: Final = "a heading within the list, no person"
#: A title stands this many rows over its header at most.
_APART: Final = 3
_DAY: Final = re.compile(r"\b[0-9]{1,2}\.\s?[0-9]{1,2}\.(?:[0-9]{2,4})?|\b[12][0-9]{3}-[0-9]{2}-[0-9]{2}\b")
AGAIN: Final = "the header again, no person"
NAMELESS: Final = "people without names"
SEVERAL: Final = "several people in one cell"
FIXES: Final = {
    TOTAL: "nothing to do if that is right",
    AGAIN: "nothing to do if that is right; the rows below it may be of another event",
    HEADING: "nothing to do if that is right; else accept",
    NAMELESS: "accept to count them as one person, or drop",
    SEVERAL: "accept to count them as one person; or put a list with one name per row beside this one, and drop",
}
#: "Yhteensä 15 henkilöä", "Osallistujia yhteensä", "Joista lapsia 4", "Päivitetty 24.4."
_SUM: Final = re.compile(
    r"\b(?:yhteensä|sammanlagt|totalt|in total|total of|joista|varav|päivitetty|uppdaterad|updated|tulostettu)\b"
)
#: A line to write on, a ditto mark.
_STROKES: Final = re.compile(r"[_.\s…]{3,}|[-–—]?[\"”“'´`]+[-–—]?|[\"”“]")
#: One word in the plural that people write over a part of a list.
_HEADING: Final = re.compile(
    r"(?i)(?:työntekijät|vapaaehtoiset|osallistujat|ohjaajat|vetäjät|järjestäjät|henkilökunta|asukkaat|lapset|aikuiset|"
    r"nuoret|vieraat|perun\w+|peruuttaneet|ilmoittautuneet\b.*|ei paikalla\w*|poissa|poissaolijat|läsnä|läsnäolijat|"
    r"paikalla|suunnitteluryhmä|deltagare|frivilliga|anställda|avbokade|frånvarande|närvarande|volunteers|staff|"
    r"participants|cancelled|absent|children|adults|muut\b.*|(?:\w+ ){0,3}\w+(?:neet|jät|jat)|"
    r"(?:sivu|sida|page)\s*\d.*|\d+\s*/\s*\d+|.*\b(?:jatkuu|fortsätter|continued)\b.*|"
    r"(?:klo )?[\d.:\s–-]+(?:klo [\d.:]+)?)"
)
_HERE: Final = r"(?i)paikalla|paikan päällä|läsnä|osallistuneet"
_PROMISED: Final = r"(?i)ilmoittautun|anmäld|registered"
#: "+ 2 lasta", "2 lasta", "ja 3 muuta"
_MORE: Final = re.compile(
    r"(?:\+|ja |och |and |&)\s*\d{1,2}\b(?!\s*\d).*|\+\s*(?:vauva|lapsi|lapset|barn|child|perhe|familj)\b.*"
)
_COUNTED: Final = re.compile(
    r"(?:n\.?\s*|noin\s+)?\d+\s*(?:x\s*)?"
    r"(?:last[ae]|laps\w*|vauva\w*|aikui\w*|henki\w*|henkeä|hlö\w*|hlöä|muuta|ihmis\w*|osallistuja\w*|vieras\w*|"
    r"barn|vuxna|personer|andra|child\w*|adult\w*|people|persons?|others?|guests?)\b.*"
)
_WORD: Final = r"[^\W\d_][^\W\d_'’.-]*(?:-[^\W\d_]+)*"
#: "Matti ja Maija Meikäläinen", "Matti Virta & Maija Aho"; a family by its name
_TWO: Final = re.compile(
    rf"{_WORD}(?: {_WORD}){{0,3}}\s*(?: ja | och | and | sekä |&(?! co\b)|\+)\s*{_WORD}(?: {_WORD}){{0,3}}"
)
#: "Aino Aalto + 2 lasta", "Perhe Virtanen (4 hlö)"
_AND_MORE: Final = re.compile(
    r"[^\W\d_]\s*\+\s*\d{1,2}\b|\((?:[2-9]|1\d)\s*(?:hlö|henkilö|pers\b)|\+\s*(?:lapsi|lapset|vauva|perhe|barn)\b"
)
_FAMILY: Final = re.compile(rf"(?:perhe|fam|familjen|family)\.? {_WORD}|{_WORD}(?:n|in|sin)? perhe")


def header_again(cells: Cells) -> pd.Series:
    """Return `AGAIN` for rows that repeat the header, in these words or those of another language."""
    nothing = pd.Series(pd.NA, index=cells.rows.index, dtype=object)
    kinds = {i: kind for i, text in enumerate(cells.header) if (kind := kind_of(text))}
    first = min(kinds, default=None)
    if first is None or not any(kind_of(str(text)) == kinds[first] for text in cells.rows[first].dropna().unique()):
        return nothing
    given = [i for i, text in enumerate(cells.header) if text]
    same = pd.DataFrame({i: cells.rows[i].map(fold, na_action="ignore") == fold(cells.header[i]) for i in given})
    alike = pd.DataFrame({i: cells.rows[i].map(kind_of, na_action="ignore") == kind for i, kind in kinds.items()})
    filled = cells.rows[given].notna().sum(axis=1)
    again = (same.sum(axis=1) == filled) & (filled > 0) | alike[first] & (alike.sum(axis=1) >= 2)
    return nothing.mask(again, AGAIN)


def refuse_several_lists(cells: Cells, texts: Mapping[str, pd.Series], events: Mapping[str, str | None]) -> None:
    """Raise ReadError where a title over a header stands within the list: its people would be of the first event.

    The header alone, or under the list's own title, is a page's.
    """
    if "event" in texts or "event_date" in texts:
        return
    alone = cells.rows[cells.rows.notna().sum(axis=1) == 1]
    if alone.empty:
        return
    alone = alone.bfill(axis=1).iloc[:, 0]
    titles = {int(row): fold(_DAY.sub(" ", str(text))) for row, text in alone.items()}
    own = {fold(_DAY.sub(" ", text)) for text in cells.preamble}
    again = cells.rows.index[header_again(cells).notna()]
    near = {int(row) for row in alone.index if any(0 < later - row <= _APART for later in again)}
    own_days = set(_DAY.findall(" ".join(cells.preamble)))
    found = [
        row
        for row, text in titles.items()
        if text not in own and (events.get(text) or (row in near and set(_DAY.findall(str(alone[row]))) - own_days))
    ]
    if found:
        raise ReadError(
            "another title stands within the list: lists of several events, one below the other",
            place=cells.place(row=min(found)),
            allowed="one list per sheet",
            fix="put the lists on sheets of their own",
        )


def titles_of_pages(cells: Cells) -> pd.Series:
    """Return the lines over a repeated header that could be its title: a person must say whether they are somebody."""
    nothing = pd.Series(False, index=cells.rows.index)
    again = cells.rows.index[header_again(cells).notna()]
    if again.empty or len(cells.header) < 2:
        return nothing
    alone = cells.rows[cells.rows.notna().sum(axis=1) == 1].bfill(axis=1)
    near = [row for row in alone.index if any(0 < later - row <= _APART for later in again)]
    return nothing.mask(nothing.index.isin([row for row in near if _is_title(str(alone.loc[row].iloc[0]))]), True)


def _is_title(text: str) -> bool:
    """Return whether a line could be the title of a list: several words, not each with a capital, or a number."""
    words = re.findall(r"\w+", text)
    return any(map(str.isdigit, text)) or (len(words) > 1 and not all(word[0].isupper() for word in words))


def reasons(written: pd.Series, alone: pd.Series, events: Collection[str] = ()) -> pd.Series:
    """Return why a row is not one person; missing where it may be.

    Parameters
    ----------
    written : Series of str
        The cell of names, as it stands in the file.
    alone : Series of bool
        Whether it is the only filled cell of its row.
    events : collection of str
        Folded names of events: they are headings.

    Examples
    --------
    >>> texts = pd.Series(["Ohjaajat:", "+ 2 lasta", "Matti ja Maija Aho", "Maija Aho", "Yhteensä 3"])
    >>> reasons(texts, pd.Series(True, index=texts.index)).tolist()[:3]
    ['a heading within the list, no person', 'people without names', 'several people in one cell']
    """
    known = {text: _reason(str(text)) for text in written.dropna().unique()}
    found = written.map(known, na_action="ignore").astype(object)
    folded = written.map(fold, na_action="ignore").astype(TEXT)
    heads = written.str.strip().str.endswith(":") | folded.str.fullmatch(_HEADING) | folded.isin(list(events))
    heading = heads.fillna(False).astype(bool) & alone & found.isna()
    return found.mask(heading, HEADING)


def totals(cells: Cells, written: pd.Series) -> pd.Series:
    """Return the rows that begin with "total", without a name and without any other word."""
    first = cells.rows.iloc[:, 0] if len(cells.rows.columns) else pd.Series(dtype=TEXT)
    said = [text for text in first.dropna().unique() if fold(str(text)).strip(" :") in TOTALS]
    letters = cells.rows.iloc[:, 1:].apply(lambda column: column.str.contains(r"[^\W\d_]").fillna(False).astype(bool))
    named = written.str.contains(r"[^\W\d_]").fillna(False).astype(bool) & ~written.isin(said)
    return first.isin(said) & ~letters.any(axis=1) & ~named


def under_headings(written: pd.Series, odd: pd.Series) -> pd.Series:
    """Return registered or none for people under a heading that says they did not come; missing for others.

    Examples
    --------
    >>> texts = pd.Series(["Maija Aho", "Peruneet:", "Olli Oja"], dtype="str")
    >>> under_headings(texts, reasons(texts, pd.Series(True, index=texts.index))).tolist()
    [nan, nan, 'none']
    """
    heading = written.where(odd == HEADING)
    if heading.isna().all():
        return heading
    said = came.over(heading)
    here = heading.str.contains(_HERE, regex=True).fillna(False).astype(bool) & said.isna()
    promised = heading.str.contains(_PROMISED, regex=True).fillna(False).astype(bool) & ~here
    said = said.mask(said.isna() & promised, "registered").mask(said.isna() & ~promised & heading.notna(), "")
    part = (pd.Series(written.index, written.index).diff() > 1).cumsum()  # a blank line ends it
    return said.groupby(part).ffill().mask(odd.notna()).replace("", pd.NA).astype(TEXT)


def _reason(text: str) -> str | None:
    folded = fold(text)
    if folded.strip(" :0123456789") in TOTALS or _SUM.search(folded):
        return TOTAL
    if not any(map(str.isalpha, folded)) and (_STROKES.fullmatch(text.strip()) or re.fullmatch(r"\d{1,4}", folded)):
        return NAMELESS
    if _MORE.fullmatch(folded) or _COUNTED.fullmatch(folded):
        return NAMELESS
    if _AND_MORE.search(folded):
        return SEVERAL
    return SEVERAL if _TWO.fullmatch(folded) or _FAMILY.fullmatch(folded) else None
