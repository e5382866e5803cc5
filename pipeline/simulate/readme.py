"""README.md of the sample's raw folder, in English and Finnish."""

from __future__ import annotations

from typing import Final

TEXT: Final = """\
# The sample project: complete and synthetic

Everything here is **invented**: people, names, e-mail addresses, phone numbers, associations, answers. Only the frame
(project S20562, its period, funding, and how much came in) follows the project's public description. Any likeness to
a real person or association is chance. The addresses end in `.example` and the phone numbers begin with `040 000`, so
that neither can belong to anybody.

| folder or file | what it is |
|---|---|
| `project.toml` | what the project is: period, outcomes, indicators, what the files do not say themselves |
| `instrument.xlsx` | the questionnaire as an XLSForm, in Finnish, Swedish and English |
| `registers/` | actions, events, organisations, involvement, ideas, implementers' reports |
| `feedback/` | feedback as it came: six tools, six formats, with the faults such files have |
| `attendance/` | one list per event, each kept by another hand |
| `coding/` | themes that two coders gave to the open answers |
| `report/` | sentences the report wants to print (`claims.toml`), the writer's own paragraphs (`texts.toml`) |
| `truth/` | the answer key, which a real project does not have: planted parameters, expected shares, who is who |

It was made by `python -m pipeline simulate --seed 20562`. The same seed gives the same bytes; a test compares them.
Do not edit these files: change `pipeline/simulate/` and run the command again. To work on your own project, make a
folder of this shape outside the repository (`python3 run.py new`); leave out `truth/`.

What `truth/` holds:

- `truth.json`: the parameters of the model; the expected share positive of each outcome, among respondents and among
  all attendees (they differ: who gained more answers more often); what this sample came to; rows per feedback file; and
  every fault planted in the feedback, with file, row and column.
- `attendance.csv`: the true person behind each row of the lists, and the kind of misspelling there, if any.
- `feedback.csv`: the true person, event, group and scores behind each accepted row of the feedback files.
- `themes.csv`: the themes that are really in the open answers; `truth.json` says how well the coders saw them.

---

# Esimerkkihanke: kattava ja keksitty

Kaikki tässä kansiossa on **keksittyä**: ihmiset, nimet, sähköpostiosoitteet, puhelinnumerot, yhdistykset ja vastaukset.
Vain kehys (hanke S20562, sen aika, rahoitus ja aineiston määrä) noudattaa hankkeen julkista kuvausta. Yhtäläisyydet
todellisiin ihmisiin tai yhdistyksiin ovat sattumaa. Sähköpostiosoitteiden pääte on `.example` ja puhelinnumerot alkavat
`040 000`, joten kumpikaan ei voi olla kenenkään oma.

| kansio tai tiedosto | sisältö |
|---|---|
| `project.toml` | mikä hanke on: aika, tulokset, indikaattorit ja tiedot, joita tiedostoista ei näe |
| `instrument.xlsx` | kyselylomake XLSForm-muodossa suomeksi, ruotsiksi ja englanniksi |
| `registers/` | toimenpiteet, tapahtumat, järjestöt, osallisuus toimenpiteissä, ideat, toteuttajien raportit |
| `feedback/` | palautteet sellaisina kuin ne tulivat: kuusi välinettä, kuusi muotoa, tavalliset virheet mukana |
| `attendance/` | osallistujalista jokaisesta tapahtumasta, jokainen eri ihmisen pitämä |
| `coding/` | teemat, jotka kaksi koodaajaa antoi avovastauksille |
| `report/` | lauseet, jotka raporttiin halutaan (`claims.toml`), ja kirjoittajan omat kappaleet (`texts.toml`) |
| `truth/` | oikeat vastaukset, joita oikeassa hankkeessa ei ole: mallin luvut, odotetut osuudet, kuka on kuka |

Kansion teki komento `python -m pipeline simulate --seed 20562`. Sama siemenluku tuottaa samat tavut, ja testi valvoo
sitä. Älä muokkaa tiedostoja käsin: muuta koodia kansiossa `pipeline/simulate/` ja aja komento uudelleen. Tee omalle
hankkeelle samanlainen kansio tietovaraston ulkopuolelle (`python3 run.py new`) ja jätä `truth/` pois.

Kansiossa `truth/` on

- `truth.json`: mallin luvut, kunkin tuloksen odotettu myönteisten osuus vastanneiden ja kaikkien osallistujien joukossa
  (ne eroavat, koska muutosta kokeneet vastasivat muita useammin), tämän aineiston toteuma, rivimäärät tiedostoittain ja
  jokainen palautteisiin istutettu virhe paikkoineen
- `attendance.csv`: kuka on kukin osallistujalistojen rivi ja millä tavalla nimi on kirjoitettu väärin
- `feedback.csv`: kuka on kunkin hyväksytyn palautteen antaja, sekä palautteen tapahtuma, ryhmä ja pistemäärät
- `themes.csv`: teemat, jotka avovastauksissa todella ovat; `truth.json` kertoo, kuinka hyvin koodaajat ne näkivät
"""
