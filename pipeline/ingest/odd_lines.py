"""Lines of a list that are not written as its names are: remarks, and lines that may be somebody or nobody."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from pipeline.ingest.attendance_words import COMPANIONS, NOBODY
from pipeline.ingest.cells import TEXT, Cells, holding, mapped
from pipeline.ingest.folding import fold
from pipeline.ingest.list_lines import HEADING, PARTICLES, REMARK, is_plain_name, is_remark
from pipeline.ingest.person_keys import device_key

#: Lines under a list of bare names.
_FEW: Final = 2
#: Names above that are written with care, where other lines can be told by their want of it.
_CAREFUL: Final = 0.8
_HALF: Final = 0.5
UNLIKE: Final = "a line unlike the other names: counted as a person"
UNLIKE_FIX: Final = "look whether it is somebody; else drop it, and look whether those below it came"
_WEB: Final = re.compile(r"(?i)(?:https?://|www\.)\S+|\S+\.(?:fi|com|net|org|eu)(?:/\S*)?")
#: What forms print under a list; other letters may be a name written large.
_INSTITUTIONS: Final = frozenset({"esr", "eu", "esf", "ely", "tem", "stm", "lpr"})
#: What stands around a name: its number or stroke, an age, a telephone number, a mark.
_AROUND: Final = re.compile(
    r"^\s*(?:\d{1,3}[.)]?\s+|[-–•*]\s+)|\s*\(?\b\d{1,2}\s?(?:vuotta|vuotias|v|år|years?)\)?\.?\s*$|"
    r"(?:\s*\b(?:puh|p|tel|gsm)\b\.?)?[\s,;:]+\+?\d[\d\s()-]{5,}$|\s+[xX]\s*$"
)
#: Fewer words in small letters behind a capital may be a name in a hurry.
_PHRASE: Final = 3


def lone_texts(cells: Cells) -> pd.Series:
    """Return the only text of each row that has but one."""
    return first_texts(cells, cells.lone)


def first_texts(cells: Cells, some: np.ndarray) -> pd.Series:
    """Return the first text of `some` rows; each has one at least."""
    texts = cells.rows.to_numpy(dtype=object)[some, cells.filled[some].argmax(axis=1)] if some.any() else []
    return pd.Series(texts, index=cells.rows.index[some], dtype=TEXT)


def remarks(cells: Cells, written: pd.Series) -> pd.Series:
    """Return the lines of one cell that are a sentence, or stand under the list and are no name written with care.

    Whoever is added below a blank line without anything beside his name is a person where the name is a whole one.
    """
    lone = lone_texts(cells).reindex(written.index).where(written.notna())
    if lone.isna().all():
        return lone.notna()
    lone, written = (mapped(texts, _bare) for texts in (lone, written))
    # in a list of small letters three small words are a name
    small = bool(written.dropna().astype(TEXT).str.islower().mean() >= _HALF)
    own = holding(lone, lambda text: is_remark(text.title() if small and text.islower() else text))
    below = _below(pd.Series(cells.filled.sum(axis=1), cells.rows.index))
    above = written[~below].dropna().astype(TEXT)
    fewest = 1 if len(above) and above.str.split().str.len().median() <= 1 else 2
    plain = holding(written, lambda text: is_plain_name(text, fewest))
    careful = plain[above.index].mean() >= _CAREFUL if len(above) else False
    return own | (lone.notna() & below & ~plain & careful)


def _below(filled: pd.Series) -> pd.Series:
    """Return the rows under the list: lines of one cell after a blank line, where the list has more cells, or few."""
    part = (pd.Series(filled.index, filled.index).diff() > 1).cumsum()
    full = filled.index[filled > 1]
    if full.empty or len(full) * 2 < len(filled):
        return (part > 0) & (part == part.max()) & ((part == part.max()).sum() <= _FEW)
    return pd.Series(filled.index > full[-1], filled.index) & (part > part[full[-1]])


def unlike(cells: Cells, written: pd.Series, odd: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return why a line alone in its row is no person, and the lines that may be one.

    Only where most names are a first and a last name written with care. What no name holds (a digit, a web address) is
    nobody, and so is a phrase of three words under the last name, or where people have other cells filled. Other lines
    are counted and said: a first name, a name in a hurry, or a heading no word is known for.
    """
    nothing = pd.Series(pd.NA, index=written.index, dtype=object)
    said, person = written.notna(), written.notna() & odd.isna()
    plain = holding(written, _is_name)
    alone = pd.Series(cells.lone, index=written.index) & person & ~plain
    names = person & plain
    if not alone.any() or names.sum() < 2 * alone.sum():
        return nothing, alone & False
    wide = bool((pd.Series(cells.filled.sum(axis=1) > 1, written.index)[names]).mean() >= _CAREFUL)
    tail = pd.Series(written.index > written.index[names | (person & ~alone)].max(), written.index)
    phrase = holding(written.where(alone), lambda text: is_phrase(_bare(text)))
    strange = holding(written.where(alone), is_strange)
    aside = alone & (strange | phrase & (tail | wide))
    return nothing.mask(aside & said, REMARK).mask(aside & ~tail & ~strange, HEADING), alone & ~aside


def _is_name(text: str) -> bool:
    """Return whether a text is a whole name, perhaps with a number beside it, or in letters that know no capitals.

    An address, a device and "vieras" stand for somebody too.
    """
    if is_plain_name(text) or "@" in text or fold(text).strip(" .0123456789") in NOBODY or fold(text) in COMPANIONS:
        return True
    caseless = any(map(str.isalpha, text)) and text.lower() == text.upper()
    device = any(map(str.isalpha, text)) and device_key(text) is not None
    return caseless or device or is_plain_name(_bare(text))


def _bare(text: str) -> str:
    """Return a name without what stands around it; a text of nothing else as it is."""
    return _AROUND.sub("", text).strip() or text


def is_phrase(text: str) -> bool:
    """Return whether a text begins with a capital and goes on in small letters for more words than a name in a hurry.

    Examples
    --------
    >>> [is_phrase(text) for text in ("Hyvää kesää kaikille", "Maija von Wright", "Maija aho", "Emma")]
    [True, False, False, False]
    """
    words = text.split()
    later = [word for word in words[1:] if word[0].isalpha() and fold(word) not in PARTICLES]
    return words[0][0].isupper() and len(words) >= _PHRASE and bool(later) and all(map(str.islower, later))


def is_strange(text: str) -> bool:
    """Return whether a text holds what no name does.

    Examples
    --------
    >>> [is_strange(text) for text in ("Lappeenranta 10.3.2018", "#N/A", "ESR", "EU:n tuki", "www.x.fi", "2018")]
    [True, True, True, True, True, True]
    >>> [is_strange(text) for text in ("Maija Aho 5 v", "11. Emma", "- EMMA", "O'Brien", "Emma Kivi 040 123 4567")]
    [False, False, False, False, False]
    """
    text = _bare(text)
    words = [word for word in text.split() if not any(map(str.isdigit, word))]
    names = [word for word in words if word[0].isupper()]
    if any(map(str.isdigit, text)) and len(names) < 2:
        return True
    bare = text.strip(" ()[]\"'*")
    if not bare or not bare[0].isalpha() or _WEB.fullmatch(text.strip()) or re.search(r"\w:\w|\w!\s", text):
        return True
    return fold(bare) in _INSTITUTIONS
