"""The words the figures themselves need, in each language."""

from __future__ import annotations

import re
from typing import Final

from pipeline.core import words

_WORDS: Final[dict[str, tuple[str, str, str]]] = {
    "all": ("Kaikki vastanneet", "Alla som svarat", "All respondents"),
    "answered": ("Vastasi (n)", "Svarade (n)", "Answered (n)"),
    "no_answers": ("ei vastauksia", "inga svar", "no answers"),
    "percent_of_answered": (
        "Prosenttia kysymykseen vastanneista",
        "Procent av dem som svarat på frågan",
        "Per cent of those who answered the question",
    ),
    "reversed": (
        "käännetty: myönteinen pää on ”{low}”",
        "omvänd: den positiva ändan är ”{low}”",
        "reversed: the positive end is “{low}”",
    ),
    "dont_know": ("En osaa sanoa", "Kan inte säga", "Don't know"),
    "no_answer": ("Ei vastausta", "Inget svar", "No answer"),
    "refused": ("Ei halua vastata", "Vill inte svara", "Refused"),
    "invalid": ("Virheellinen", "Ogiltigt", "Invalid"),
    "not_asked": ("Ei kysytty", "Inte frågat", "Not asked"),
    "not_ticked": ("Ei valittu", "Inte valt", "Not ticked"),
    "share": ("Osuus", "Andel", "Share"),
    "estimate": ("Arvio", "Skattning", "Estimate"),
    "interval": ("{level}:n luottamusväli", "{level} konfidensintervall", "{level} confidence interval"),
    "reference": ("vertailuarvo {value}", "referens {value}", "reference {value}"),
    "hidden": ("{rule}, ei esitetä", "{rule}, visas inte", "{rule}, not shown"),
    "not_shown": ("ei esitetä", "visas inte", "not shown"),
    "no_estimate": ("ei arviota", "ingen skattning", "no estimate"),
    "distinct_persons": (
        "Eri ihmisiä alusta lukien",
        "Olika personer sedan starten",
        "Distinct people since the start",
    ),
    "distinct_total": ("{value} eri ihmistä", "{value} olika personer", "{value} distinct people"),
    "visits": ("Käyntejä kuukaudessa", "Besök per månad", "Visits per month"),
    "new": ("ensimmäinen käynti", "första besöket", "first visit"),
    "returning": ("uusintakäynti", "återbesök", "return visit"),
    "rows_read": ("Rivejä luettu", "Lästa rader", "Rows read"),
    "accepted": ("Hyväksytty", "Godkända", "Accepted"),
    "duplicate": ("Jo toimitettu", "Redan levererade", "Delivered before"),
    "quarantined": ("Tarkistettavana", "Under granskning", "Set aside"),
    "no_rows": ("ei rivejä", "inga rader", "no rows"),
    "unread": ("tiedostoa ei luettu", "filen lästes inte", "file not read"),
    "rows": ("Rivejä tiedostossa", "Rader i filen", "Rows in the file"),
    "total": ("Yhteensä", "Totalt", "Total"),
}


def word(key: str, language: str, **values: str) -> str:
    """Return the text `key` in `language`, its {placeholders} filled from `values`.

    Examples
    --------
    >>> word("hidden", "fi", rule="n < 10")
    'n < 10, ei esitetä'
    """
    return _WORDS[key][words.LANGUAGES.index(language)].format(**values)


def why_empty(note: object, language: str) -> str:
    """Return why a row has no estimate, from its note: the disclosure gate writes "n < 10" or "n unknown" there.

    Examples
    --------
    >>> why_empty("n < 10", "fi"), why_empty(None, "fi")
    ('n < 10, ei esitetä', 'ei arviota')
    """
    if not is_masked(note):
        return word("no_estimate", language)
    return word("hidden", language, rule=str(note)) if "<" in str(note) else word("not_shown", language)


def is_masked(note: object) -> bool:
    """Whether a note is the disclosure gate's."""
    return isinstance(note, str) and re.fullmatch(r"n (< \d+|unknown)", note) is not None
