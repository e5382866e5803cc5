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
    "seen": (
        "Vastanneiden osuus ja luottamusväli",
        "Andelen av dem som svarat, med intervall",
        "Share of those who answered, with interval",
    ),
    "cautious": ("Imbensin ja Manskin väli", "Imbens och Manskis intervall", "Imbens and Manski's interval"),
    "worst_best": ("Huonoin ja paras tapaus", "Sämsta och bästa fallet", "Worst and best case"),
    "bounds": ("Rajat, kaikki listalla", "Gränser, alla på listan", "Bounds, all listed"),
    "half": ("puolet", "hälften", "one half"),
    "silent_positive": (
        "Myönteisten osuus vastaamattomista (oletus)",
        "Andelen positiva av dem som inte svarat (antagande)",
        "Share positive of those who did not answer (assumed)",
    ),
    "everyone_positive": ("Kaikista listalla", "Av alla på listan", "Of everyone listed"),
    "supports": ("tukee väitettä", "stöder påståendet", "supports the claim"),
    "not_supports": ("ei tue", "stöder inte", "does not"),
    "main_analysis": ("pääanalyysi", "huvudanalysen", "main analysis"),
    "organisations": ("Järjestöt", "Organisationer", "Organisations"),
    "actions": ("Toimenpiteet", "Åtgärder", "Actions"),
    "ties": ("Yhteyksiä", "Kontakter", "Ties"),
    "ties_of_new": ("uusien järjestöjen", "nya organisationers", "of new organisations"),
    "ties_of_known": ("jo mukana olleiden", "tidigare medverkandes", "of known organisations"),
    "ties_to_date": ("kaikki tähän asti", "alla hittills", "all so far"),
    "planned": ("Suunniteltu", "Planerat", "Planned"),
    "actual": ("Toteutunut", "Utfall", "Actual"),
    "as_planned": ("suunnitelma", "planen", "plan"),
    "no_ratio": ("ei suhdelukua", "inget förhållande", "no ratio"),
    "direct": ("Välitön", "Direkt", "Direct"),
    "indirect": ("Välillinen", "Indirekt", "Indirect"),
    "total": ("Yhteensä", "Totalt", "Total"),
    "change_down": ("Kielteinen muutos", "Negativ förändring", "Change for the worse"),
    "change_same": ("Ei muutosta", "Ingen förändring", "No change"),
    "change_up": ("Myönteinen muutos", "Positiv förändring", "Change for the better"),
    "together": ("Yhdessä (pieniä määriä)", "Tillsammans (små antal)", "Together (small numbers)"),
    "undivided": ("jakoa ei esitetä", "delas inte upp", "not divided"),
    "net": (
        "Myönteiset – kielteiset, %-yks. ({level}:n luottamusväli)",
        "Positiva – negativa, %-enh. ({level} konfidensintervall)",
        "Better – worse, points ({level} confidence interval)",
    ),
    "percent_of_both": (
        "Prosenttia vastanneista, joilla muutos tiedetään",
        "Procent av de svarande vars förändring är känd",
        "Per cent of respondents whose change is known",
    ),
    "before": ("Ennen", "Före", "Before"),
    "now": ("Nyt", "Nu", "Now"),
    "difference": (
        "Muutos, %-yks. ({level}:n luottamusväli)",
        "Förändring, %-enh. ({level} konfidensintervall)",
        "Change, points ({level} confidence interval)",
    ),
    "own_share": ("Oma osuus", "Egen andel", "Own share"),
    "line_all": ("kaikki {value}", "alla {value}", "all {value}"),
    "pooled_share": ("Tasoitettu osuus", "Utjämnad andel", "Pooled share"),
    "pooled_interval": ("Tasoitettu ({level}:n väli)", "Utjämnad ({level} intervall)", "Pooled ({level} interval)"),
    "events_attended": ("{n} tapahtumaa", "{n} evenemang", "{n} events"),
    "event_attended": ("1 tapahtuma", "1 evenemang", "1 event"),
    "events_at_least": ("{n} tapahtumaa tai enemmän", "{n} evenemang eller fler", "{n} events or more"),
    "people": ("Ihmisiä", "Personer", "People"),
    "share_of_people": ("Osuus ihmisistä", "Andel av personerna", "Share of the people"),
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
    """Return why a row has no estimate, from its note: the disclosure gate writes "n < 10" or another reason there.

    Examples
    --------
    >>> why_empty("n < 10", "fi"), why_empty("protects another", "fi"), why_empty(None, "fi")
    ('n < 10, ei esitetä', 'ei esitetä', 'ei arviota')
    """
    if not is_masked(note):
        return word("no_estimate", language)
    return word("hidden", language, rule=str(note)) if str(note).startswith("n <") else word("not_shown", language)


def is_masked(note: object) -> bool:
    """Whether a note is the disclosure gate's."""
    return isinstance(note, str) and re.match(r"n (< \d+|unknown)$|count |protects ", note) is not None
