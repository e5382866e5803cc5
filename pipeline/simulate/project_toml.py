"""project.toml of the sample: what the public description of S20562 says, in the words the pipeline reads."""

from __future__ import annotations

from typing import Final

_HEAD: Final = """# What this project is. The questionnaire is in instrument.xlsx, actions and events in registers/.
# Mikä hanke on kyseessä. Kyselylomake on tiedostossa instrument.xlsx, toimenpiteet ja tapahtumat kansiossa registers/.

# Every answer, name and number of this folder is invented; only the frame follows the public description.
synthetic = true

[project]
code = "S20562"
name = "Elinvoimaa ja osallisuutta"
start = 2016-04-01
end = 2018-12-31
municipality = "Lappeenranta"
language = "fi"

[privacy]
# Public on purpose: nobody stands behind the sample. A real project names a key kept outside its folder instead.
sample_key = "public-key-of-the-synthetic-sample"

[analysis]
group_by = ["target_group", "role"]
# How many events people say they came to: outcomes are shown by it, as a description.
dose = "events_attended"

# Outcomes. The two primary ones were declared before the data were seen.

[[outcomes]]
key = "participation"
label = { fi = "Osallisuus", sv = "Delaktighet", en = "Participation" }
primary = true

[[outcomes]]
key = "self_initiative"
label = { fi = "Omatoimisuus", sv = "Egen initiativförmåga", en = "Self-initiative" }
primary = true

[[outcomes]]
key = "community"
label = { fi = "Yhteisöllisyys", sv = "Gemenskap", en = "Sense of community" }

[[outcomes]]
key = "influence"
label = { fi = "Tieto vaikuttamisen keinoista", sv = "Kunskap om sätt att påverka", en = "Knowing ways to influence" }

[[outcomes]]
key = "work_life"
label = { fi = "Työelämävalmiudet", sv = "Arbetslivsfärdigheter", en = "Readiness for working life" }

# What the files do not say themselves.

[[sources]]
match = "feedback/verkkokysely_*.csv"
mode = "web"
language = "fi"

[[sources]]
match = "feedback/natfragor_sv*.csv"
mode = "web"
language = "sv"

[[sources]]
match = "feedback/tapahtumakioski_*.xlsx"
mode = "kiosk"

[[sources]]
match = "feedback/kysely_2016.sav"
language = "fi"

[[sources]]
match = "feedback/paperilomakkeet*.xlsx"
mode = "paper"
language = "fi"

[[sources]]
match = "feedback/vanha_palaute.csv"
mode = "web"
language = "fi"
"""

#: key, labels in Finnish, Swedish and English, unit, planned, actual (sections 5 and 7 of the description).
_INDICATORS: Final = (
    (
        "funding_granted", "Myönnetty EU- ja valtion rahoitus", "Beviljad EU- och statlig finansiering",
        "EU and state funding granted", "EUR", 96000, 93822,
    ),
    (
        "funding_public", "Julkinen rahoitus yhteensä", "Offentlig finansiering totalt", "Public funding in total",
        "EUR", 150000, 125096,
    ),
    ("persons", "Osallistuvat henkilöt", "Deltagande personer", "Participating persons", "henkilöä", 0, None),
    ("enterprises", "Osallistuvat yritykset", "Deltagande företag", "Participating enterprises", "yritystä", 0, 0),
)  # fmt: skip

_ECOLOGICAL: Final = "Ekologinen kestävyys"
_ECONOMIC: Final = "Taloudellinen kestävyys"
_SOCIAL: Final = "Sosiaalinen ja kulttuurinen kestävyys sekä yhdenvertaisuus"

#: Dimension, topic, direct and indirect score (section 8.2).
_SUSTAINABILITY: Final = (
    (_ECOLOGICAL, "Luonnonvarojen käytön kestävyys", 0, 1),
    (_ECOLOGICAL, "Ilmastonmuutoksen aiheuttamien riskien vähentäminen", 0, 0),
    (_ECOLOGICAL, "Kasvillisuus, eliöt ja luonnon monimuotoisuus", 0, 0),
    (_ECOLOGICAL, "Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen väheneminen)", 0, 1),
    (_ECOLOGICAL, "Natura 2000 -ohjelman kohteet", 0, 0),
    (_ECONOMIC, "Materiaalit ja jätteet", 0, 1),
    (_ECONOMIC, "Uusiutuvien energialähteiden käyttö", 0, 0),
    (_ECONOMIC, "Paikallisen elinkeinorakenteen kestävä kehittäminen", 0, 1),
    (_ECONOMIC, "Aineettomien tuotteiden ja palvelujen kehittäminen", 0, 3),
    (_ECONOMIC, "Liikkuminen ja logistiikka", 0, 0),
    (_SOCIAL, "Hyvinvoinnin edistäminen", 6, 5),
    (_SOCIAL, "Tasa-arvon edistäminen", 0, 0),
    (_SOCIAL, "Yhteiskunnallinen ja kulttuurinen yhdenvertaisuus", 2, 4),
    (_SOCIAL, "Kulttuuriympäristö", 0, 2),
    (_SOCIAL, "Ympäristöosaaminen", 0, 0),
)


def text() -> str:
    """Return the whole of project.toml."""
    parts = [_HEAD, "# Planned and actual figures, sections 5 and 7 of the description.\n"]
    parts += [_indicator(*row) for row in _INDICATORS]
    parts += ["# The sustainability grid, section 8.2: direct and indirect score.\n"]
    parts += [_row(*row) for row in _SUSTAINABILITY]
    return "\n".join(parts)


def _indicator(key: str, fi: str, sv: str, en: str, unit: str, planned: int, actual: int | None) -> str:
    reached = "" if actual is None else f"actual = {actual}\n"
    label = f'{{ fi = "{fi}", sv = "{sv}", en = "{en}" }}'
    return f'[[indicators]]\nkey = "{key}"\nlabel = {label}\nunit = "{unit}"\nplanned = {planned}\n{reached}'


def _row(dimension: str, topic: str, direct: int, indirect: int) -> str:
    return (
        f'[[sustainability]]\ndimension = "{dimension}"\ntopic = "{topic}"\ndirect = {direct}\nindirect = {indirect}\n'
    )
