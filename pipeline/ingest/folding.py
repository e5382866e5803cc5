"""One way to compare texts: equal for a reader means equal here."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_BLANKS: Final = re.compile(r"\s+")
#: Soft hyphens, zero-width blanks, direction and byte-order marks: word processors leave them behind.
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
#: Hyphens, dashes and minus signs: a word processor makes one of another.
_DASHES: Final = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
#: Apostrophes: phones and word processors write the curved one.
_APOSTROPHES: Final = re.compile("[\u2018\u2019\u02bc\u00b4`]")
_EDGES: Final = " .:;?!*\"'\u201d\u201c\u2019"


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return `text` without what the eye skips: case, blanks, punctuation at the ends, the length of a dash.

    Examples
    --------
    >>> fold("Täysin\\u00a0samaa  mieltä. ") == fold("täysin samaa mieltä")
    True
    >>> fold("3+") == fold("3")
    False
    """
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold())
    # casefolding may leave letters in parts that another folding would join: fold(fold(x)) must equal fold(x)
    return _BLANKS.sub(" ", _APOSTROPHES.sub("'", unicodedata.normalize("NFKC", plain))).strip(_EDGES)


def without_marks(text: str) -> str:
    """Return folded `text` with letters reduced to their base (ä to a), hyphens as blanks: for comparing names.

    Examples
    --------
    >>> without_marks("Mäki-Säilä, Åsa")
    'maki saila asa'
    """
    base = "".join(c for c in unicodedata.normalize("NFKD", fold(text)) if not unicodedata.combining(c))
    return _BLANKS.sub(" ", re.sub(r"[^\w]+", " ", base)).strip()
