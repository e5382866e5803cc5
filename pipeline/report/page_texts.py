"""Words of the page, in Finnish, Swedish and English, and its looks."""

from __future__ import annotations

from typing import Final

from pipeline.report.captions import Sentences

WORDS: Final[Sentences] = {
    "skip": ("Siirry sisältöön", "Gå till innehållet", "Skip to content"),
    "contents": ("Sisältö", "Innehåll", "Contents"),
    "summary": ("Lyhyesti", "I korthet", "In short"),
    "claims": ("Väitteet", "Påståenden", "Claims"),
    "claims_about": (
        "Lauseet, jotka raporttiin halutaan, ja pitävätkö ne.",
        "Meningarna som rapporten vill trycka, och om de håller.",
        "The sentences the report wants to print, and whether they hold.",
    ),
    "not_published": ("ei raportissa", "inte i rapporten", "not in the report"),
    "figures": ("Kuviot", "Figurer", "Figures"),
    "data": ("Kuvion luvut", "Figurens tal", "The figure's numbers"),
    "tables": ("Taulukot", "Tabeller", "Tables"),
    "limits": ("Mitä aineistosta ei voi tietää", "Vad materialet inte kan visa", "What these data cannot tell"),
    "methods": ("Menetelmät", "Metoder", "Methods"),
    "sources": ("Lähteet: {tables}.", "Källor: {tables}.", "Sources: {tables}."),
    "claim": ("Väite", "Påstående", "Claim"),
    "verdict": ("Tila", "Omdöme", "Verdict"),
    "reason": ("Perustelu", "Motivering", "Reason"),
}
#: Columns of a figure's data that a reader can make something of, in this order.
DATA_COLUMNS: Final[Sentences] = {
    "outcome": ("Tulos", "Utfall", "Outcome"),
    "term": ("Mitä", "Vad", "Term"),
    "group": ("Ryhmä", "Grupp", "Group"),
    "method": ("Menetelmä", "Metod", "Method"),
    "scope": ("Mitä", "Vad", "Scope"),
    "name": ("Nimi", "Namn", "Name"),
    "unit": ("Yksikkö", "Enhet", "Unit"),
    "part": ("Osa", "Del", "Part"),
    "n": ("n", "n", "n"),
    "estimate": ("Arvo", "Värde", "Estimate"),
    "ci_low": ("Alaraja", "Nedre gräns", "Lower limit"),
    "ci_high": ("Yläraja", "Övre gräns", "Upper limit"),
    "planned": ("Suunniteltu", "Planerat", "Planned"),
    "actual": ("Toteutunut", "Utfall", "Actual"),
    "dimension": ("Ulottuvuus", "Dimension", "Dimension"),
    "topic": ("Aihe", "Ämne", "Topic"),
    "direct": ("Välitön", "Direkt", "Direct"),
    "indirect": ("Välillinen", "Indirekt", "Indirect"),
    "organisation_id": ("Järjestö", "Organisation", "Organisation"),
    "action_id": ("Toimenpide", "Åtgärd", "Action"),
    "rows_read": ("Rivejä luettu", "Lästa rader", "Rows read"),
    "accepted": ("Hyväksytty", "Godkända", "Accepted"),
    "duplicate": ("Kaksoiskappaleita", "Dubbletter", "Duplicates"),
    "quarantined": ("Syrjään", "Åsidosatta", "Set aside"),
    "blank": ("Tyhjiä", "Tomma", "Blank"),
    "listed": ("Listalla", "På listan", "Listed"),
    "returned": ("Palautettu", "Inlämnade", "Returned"),
    "usable": ("Käyttökelpoisia", "Användbara", "Usable"),
    "answered": ("Vastattu", "Besvarade", "Answered"),
    "reason": ("Syy", "Orsak", "Reason"),
    "note": ("Huomautus", "Anmärkning", "Note"),
}
#: Of these, what is a share where the row's unit says so.
IN_SHARES: Final = frozenset({"estimate", "ci_low", "ci_high"})
STYLE: Final = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --soft: #f3f3f3; --line: #8a8a8a; --link: #0b4f9e;
  --good: #1d5e2a; --bad: #9b1c1c; --unsure: #6a4a00 }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --paper: #161616; --soft: #262626; --line: #8a8a8a;
  --link: #9cc8ff; --good: #8fdc9f; --bad: #ffb0b0; --unsure: #f2d489 } }
* { box-sizing: border-box }
body { font: 1rem/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 }
header, main, footer { max-width: 64rem; margin: 0 auto; padding: 0 1rem }
a { color: var(--link) }
.skip { position: absolute; left: -100rem } .skip:focus { left: 1rem; top: .5rem;
  background: var(--paper); padding: .5rem }
h1 { font-size: 1.9rem; line-height: 1.2; overflow-wrap: anywhere } h2 { margin-top: 3rem;
  border-top: 1px solid var(--line); padding-top: 1rem } h3 { margin: 2rem 0 .5rem; overflow-wrap: anywhere }
nav ul { columns: 14rem; padding-left: 1.2rem }
figure { margin: 0 0 1rem } figure img { display: block; width: 100%; max-width: 48rem; height: auto; background: #fff;
  padding: .5rem; border: 1px solid var(--line) }
figcaption { max-width: 48rem; margin-top: .5rem }
table { border-collapse: collapse; font-size: .9rem } caption { text-align: left; padding: .4rem 0; font-weight: bold }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line) }
th.n, td.n { text-align: right; font-variant-numeric: tabular-nums }
.wide { overflow-x: auto; max-width: 100%; margin-bottom: 1.5rem } .wide:focus-visible, a:focus-visible,
summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
details { margin-bottom: 1.5rem } summary { cursor: pointer; padding: .3rem 0 }
.claims td { min-width: 9rem } .claims td:first-child { min-width: 16rem }
.verdict { font-weight: bold } .holds { color: var(--good) } .too_uncertain { color: var(--unsure) }
.does_not_hold, .not_from_this_design, .wrong_number, .hidden { color: var(--bad) }
@media print { nav, .skip { display: none } details > * { display: block }
  details::details-content { content-visibility: visible; block-size: auto } figure, tr { break-inside: avoid } }
"""
