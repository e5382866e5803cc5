"""Words of the check, in each language of a project."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "fi": {
        "title": "Tarkistus ennen ajoa",
        "clean": "Kaikki tiedostot kelpaavat: mitään ei hylätä eikä panna syrjään.",
        "not_clean": "Ratkaistavaa on: {refused} hylättyä tiedostoa tai välilehteä, {aside} syrjään pantua riviä, "
        "{cells} solua, {columns} saraketta.",
        "stopped": "Ajo pysähtyisi tähän:",
        "to_decide": "Ratkaistavat",
        "to_decide_about": "Mitä ei voi ottaa sellaisenaan, missä ja miten sen korjaa",
        "files": "Tiedostot",
        "files_about": "Mitä kukin tiedosto on, montako riviä siitä otetaan ja mikä on muuttunut edellisestä ajosta",
        "notes": "Huomautukset",
        "notes_about": "Tiedoksi: kaksoiskappaleet, peitetyt henkilötiedot ja lukijan valinnat",
        "nothing": "Ei mitään.",
        "not_known": "Ei tiedossa: tarkistus pysähtyi kesken.",
        "file": "tiedosto",
        "sheet": "välilehti",
        "row": "rivi",
        "column": "sarake",
        "reader": "tunnistettu",
        "change": "muutos",
        "rows_read": "rivejä",
        "rows_before": "viimeksi",
        "accepted": "hyväksytään",
        "duplicate": "kaksoiskappaleita",
        "quarantined": "syrjään",
        "blank": "tyhjiä",
        "reason": "syy",
        "problem": "ongelma",
        "fix": "korjaus",
        "kind": "laji",
        "new": "uusi",
        "changed": "muuttunut",
        "unchanged": "ennallaan",
        "removed": "poistettu",
        "reading": "luetaan",
        "first": "edellistä ajoa ei ole: kaikki tiedostot ovat uusia",
        "retention": "Henkilötietojen säilytysaika päättyi {day}: python -m pipeline purge --expired",
    },
    "en": {
        "title": "Check before a run",
        "clean": "All files can be used: nothing is refused or set aside.",
        "not_clean": "To decide: {refused} files or sheets refused, {aside} rows set aside, {cells} cells, "
        "{columns} columns.",
        "stopped": "The run would stop here:",
        "to_decide": "To decide",
        "to_decide_about": "What cannot be taken as it stands, where, and how to mend it",
        "files": "Files",
        "files_about": "What each file is, how many of its rows are taken, and what changed since the last run",
        "notes": "Notes",
        "notes_about": "To know: duplicates, masked personal data, and what the readers chose",
        "nothing": "Nothing.",
        "not_known": "Not known: the check did not come to its end.",
        "file": "file",
        "sheet": "sheet",
        "row": "row",
        "column": "column",
        "reader": "recognised as",
        "change": "change",
        "rows_read": "rows",
        "rows_before": "last time",
        "accepted": "accepted",
        "duplicate": "duplicates",
        "quarantined": "set aside",
        "blank": "blank",
        "reason": "why",
        "problem": "problem",
        "fix": "to mend",
        "kind": "kind",
        "new": "new",
        "changed": "changed",
        "unchanged": "unchanged",
        "removed": "removed",
        "reading": "reading",
        "first": "there was no run before: every file is new",
        "retention": "Personal data could be kept until {day}: python -m pipeline purge --expired",
    },
}


def words(language: str) -> dict[str, str]:
    """Return the words in Finnish, or in English for any other language."""
    return TEXTS["fi" if language == "fi" else "en"]
