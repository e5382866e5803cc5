"""What of a table must not get into a draft: columns about people, and answers that only one person can have given.

A draft becomes the project's instrument, and its labels are printed. Column headers and repeated answers get into it,
the cells of open questions never.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd

from pipeline.ingest.cells import Cells
from pipeline.ingest.draft_missing import meant
from pipeline.ingest.folding import fold
from pipeline.ingest.personal_data import mask

_PERSON: Final = re.compile(r"[A-ZÅÄÖÉ][\w'-]+(,? [A-ZÅÄÖÉ][\w'-]*\.?){1,2}")
#: Two words with capitals side by side, anywhere in a text.
_NAMED: Final = re.compile(r"\b[A-ZÅÄÖÉ][a-zåäöé'-]+,? [A-ZÅÄÖÉ][a-zåäöé'-]+")
#: Words of short headers over contact details and identifiers, folded.
_PRIVATE: Final = frozenset({
    "nimi", "nimesi", "etunimi", "etunimesi", "sukunimi", "sukunimesi", "sähköposti", "sähköpostisi",
    "sähköpostiosoite", "sähköpostiosoitteesi", "email", "mail", "puhelin", "puhelimesi", "puhelinnumero",
    "puhelinnumerosi", "puh", "gsm", "osoite", "osoitteesi", "katuosoite", "kotiosoite", "henkilötunnus",
    "henkilötunnuksesi", "hetu", "syntymäaika", "syntymäpäivä", "allekirjoitus", "namn", "förnamn", "efternamn",
    "epost", "telefon", "telefonnummer", "mobil", "adress", "gatuadress", "personnummer", "personbeteckning",
    "födelsetid", "underskrift", "name", "firstname", "lastname", "surname", "phone", "telephone", "mobile",
    "address", "signature", "birthdate", "username", "respondentemail", "ip",
})  # fmt: skip
_IDENTIFIER: Final = frozenset({"id", "uuid", "guid", "token", "tunniste", "vastaajatunnus", "respondentid"})
_SHORT: Final = 4
#: A cell with a contact and no more words than these is an answer to "how do we reach you".
_BESIDE: Final = 3
#: One-off answers with more words than these were written, not chosen.
_WRITTEN: Final = 5
_MASK: Final = re.compile(r"\[\w+\]")
_NUMBER: Final = re.compile(r"^[a-z]?\d{1,3}\s*[.):]\s*")
_OPEN: Final = re.compile(
    r"(?:vapaa|avoin|muu) (?:sana|palaute|kommentti)|vapaat kommentit|palaute|kommentti|kommentit|terveiset|muuta|"
    r"(?:mitä )?muuta (?:halu|sanottavaa|palautetta|kommentoitavaa|terveisi).*|"
    r"fritt ord|fri kommentar|kommentar(?:er)?|övrigt|(?:vad )?annat (?:vill|du vill).*|"
    r"(?:other |open |free )?(?:comments?|feedback)|anything else.*|what else (?:would|do) you.*"
)


def without_number(header: str) -> str:
    """Return a folded header without the number a tool put before it.

    Examples
    --------
    >>> without_number("4. Vapaa sana:"), without_number("Q2) Ikä")
    ('vapaa sana', 'ikä')
    """
    return fold(_NUMBER.sub("", fold(header)))


def is_open(headers: Iterable[str]) -> bool:
    """Return whether a header asks for free words; whatever its cells hold is then an open answer."""
    return any(_OPEN.fullmatch(without_number(header)) for header in headers)


def reason_to_leave_out(headers: Sequence[str], texts: pd.Series) -> str | None:
    """Return why a column is better left out, Finnish first; None for a question.

    Parameters
    ----------
    headers : sequence of str
        The column's header and its second name.
    texts : Series of str
        Its filled cells.
    """
    for header in headers:
        tokens = re.findall(r"\w+", fold(header).replace("e-mail", "email").replace("e-post", "epost"))
        if len(tokens) <= _SHORT and not _PRIVATE.isdisjoint(tokens):
            return "näyttää henkilötiedolta / looks like personal data"
        if len(tokens) <= _SHORT and not _IDENTIFIER.isdisjoint(tokens):
            return "näyttää tunnisteelta / looks like an identifier"
    if is_open(headers):
        return None
    if len(texts) and _is_contact(texts).mean() > 0.5:
        return "sisältää yhteystietoja / holds contact details"
    distinct = texts.drop_duplicates()
    distinct = distinct[[meant(text) is None for text in distinct]]
    if len(distinct) > 1 and distinct.str.fullmatch(_PERSON).mean() >= 0.9:
        return "näyttää henkilöiden nimiltä / looks like names of people"
    return None


def _is_contact(texts: pd.Series) -> pd.Series:
    """Return which cells are little else than an address, a number or a code; a sentence with one in it is not."""
    masked = mask(texts)
    beside = masked.str.replace(_MASK, " ", regex=True).str.count(r"\w+")
    return (masked != texts) & (beside <= _BESIDE)


def written(cells: Cells, texts: pd.Series) -> bool:
    """Return whether some text was given once in the whole table and names somebody or is a sentence: no option."""
    folded = texts.map(fold)
    once = texts[folded.map(folded.value_counts()) == 1]
    odd = once[once.str.contains(_NAMED) | (once.str.count(r"\w+") > _WRITTEN)]
    return any(int((cells.rows == text).to_numpy().sum()) < 2 for text in odd)
