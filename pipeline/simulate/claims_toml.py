"""claims.toml of the sample: what the summary of S20562 says, said so that it can be checked."""

from __future__ import annotations

from typing import Final

TEXT: Final = """# The sentences the report wants to print. The pipeline puts the numbers in, and says of each whether it holds.
# Lauseet, jotka raporttiin halutaan. Luvut tulevat aineistosta; jokaisesta lauseesta sanotaan, pitääkö se.
#
#   says        most, minority; more_than, less_than, about (with value); increase, decrease, difference; number
#   of          what the sentence speaks of: an outcome of estimates.csv or a fact of facts.json
#   strength    how strong it is meant to be: reported, consistent_with, contributed, caused
#   published   true: `python3 run.py pipeline claims` fails as soon as the sentence no longer holds
#   {share} {interval} {n} {count} of the first subject, {name.share} of another, {fact.key} of a fact

[[claims]]
key = "most_participation"
says = "most"
of = [{ outcome = "participation" }]
published = true
text.fi = "Suurin osa vastanneista, {share} (95 %:n luottamusväli {interval}, n = {n}), kertoi osallisuutensa lisääntyneen."
text.sv = "De flesta av dem som svarade, {share} (95 % konfidensintervall {interval}, n = {n}), uppgav att deras delaktighet hade ökat."
text.en = "Most of those who answered, {share} (95 % confidence interval {interval}, n = {n}), reported that their participation had increased."

[[claims]]
key = "most_self_initiative"
says = "most"
of = [{ outcome = "self_initiative" }]
published = true
text.fi = "Suurin osa vastanneista, {share} (95 %:n luottamusväli {interval}, n = {n}), kertoi omatoimisuutensa lisääntyneen."
text.sv = "De flesta av dem som svarade, {share} (95 % konfidensintervall {interval}, n = {n}), uppgav att deras egen initiativförmåga hade ökat."
text.en = "Most of those who answered, {share} (95 % confidence interval {interval}, n = {n}), reported that their self-initiative had increased."

[[claims]]
key = "most_both"
says = "most"
of = [{ outcome = "both_primary" }]
published = true
text.fi = "Niin osallisuutensa kuin omatoimisuutensa kertoi lisääntyneen {share} vastanneista (95 %:n luottamusväli {interval}, n = {n})."
text.sv = "Att både delaktigheten och den egna initiativförmågan hade ökat uppgav {share} av dem som svarade (95 % konfidensintervall {interval}, n = {n})."
text.en = "An increase in both participation and self-initiative was reported by {share} of those who answered (95 % confidence interval {interval}, n = {n})."

[[claims]]
key = "responses"
says = "about"
value = 320
of = [{ fact = "respondents" }]
published = true
text.fi = "Palautekyselyihin saatiin hankkeen aikana {value} vastausta."
text.sv = "Under projektet inkom {value} svar på enkäterna."
text.en = "{value} feedback responses were received during the project."

[[claims]]
key = "people_on_lists"
says = "about"
value = 540
of = [{ fact = "distinct_people" }]
published = true
text.fi = "Osallistujalistoille kirjattiin {value} eri henkilöä. He ovat tilaisuuksien kävijöitä; heitä ei ole rekisteröity rahaston henkilötietojärjestelmään."
text.sv = "På deltagarlistorna antecknades {value} olika personer. De är besökare vid evenemangen och har inte registrerats i fondens personuppgiftssystem."
text.en = "{value} different people were entered on the attendance lists. They are visitors of the events and were not registered with the fund."

[[claims]]
key = "planners"
says = "about"
value = 100
of = [{ fact = "planners" }]
published = true
text.fi = "Suunnittelussa oli aktiivisesti mukana {value} asukasta."
text.sv = "{value} invånare deltog aktivt i planeringen."
text.en = "{value} residents took an active part in the planning."

[[claims]]
key = "over_twenty_actions"
says = "more_than"
value = 20
of = [{ fact = "actions" }]
published = true
text.fi = "Hankkeessa toteutettiin yli 20 toimenpidettä, yhteensä {value}."
text.sv = "I projektet genomfördes över 20 åtgärder, sammanlagt {value}."
text.en = "More than 20 actions were carried out, {value} in all."

[[claims]]
key = "organisations"
says = "about"
value = 54
of = [{ fact = "organisations" }]
published = true
text.fi = "Toimenpiteisiin osallistui {value} yhdistystä, järjestöä, säätiötä tai seuraa."
text.sv = "{value} föreningar, organisationer, stiftelser eller klubbar deltog i åtgärderna."
text.en = "{value} associations, organisations, foundations or clubs took part in the actions."

[[claims]]
key = "largest_event"
says = "about"
value = 40
of = [{ fact = "organisations_one_event" }]
published = true
text.fi = "Yksi tapahtuma toteutettiin yhdessä {value} paikallisen yhdistyksen ja järjestön kanssa."
text.sv = "Ett evenemang genomfördes tillsammans med {value} lokala föreningar och organisationer."
text.en = "One event was organised together with {value} local associations and organisations."

[[claims]]
key = "reports"
says = "about"
value = 13
of = [{ fact = "reports" }]
published = true
text.fi = "Toimenpiteiden toteuttajat tuottivat {value} raporttia."
text.sv = "Genomförarna lämnade {value} rapporter."
text.en = "The implementers produced {value} reports."

[[claims]]
key = "thousands_indirectly"
says = "more_than"
value = 2000
of = [{ fact = "audience" }]
published = true
text.fi = "Järjestäjien oman arvion mukaan tilaisuudet tavoittivat välillisesti {value} henkilöä; luku ei perustu listoihin."
text.sv = "Enligt arrangörernas egen bedömning nådde evenemangen indirekt {value} personer; talet bygger inte på listor."
text.en = "By the organisers' own estimate the events reached {value} people indirectly; the number does not rest on lists."

[[claims]]
key = "funding_used"
says = "number"
of = [{ fact = "funding_granted_ratio" }]
published = true
text.fi = "Myönnetystä EU- ja valtion rahoituksesta käytettiin {share}."
text.sv = "Av den beviljade EU- och statliga finansieringen användes {share}."
text.en = "{share} of the EU and state funding granted was used."

# Not published: sentences that were in a draft, kept to show why they are not in the report.

[[claims]]
key = "draft_cause"
says = "most"
of = [{ outcome = "participation" }]
strength = "caused"
text.fi = "Hanke lisäsi osallisuutta: myönteisen muutoksen koko {share} vastanneista (n = {n}) johtui toimenpiteistä."
text.en = "The project increased participation, as the answers of {share} of the respondents (n = {n}) prove."

[[claims]]
key = "draft_older_unemployed"
says = "most"
of = [{ outcome = "participation", group = "target_group=older_unemployed" }]
text.fi = "Ikääntyneistä työttömistä vastanneista suurin osa ({share}, luottamusväli {interval}, n = {n}) kertoi osallisuutensa lisääntyneen."
text.en = "Most of the older unemployed respondents ({share}, interval {interval}, n = {n}) reported more participation."

[[claims]]
key = "draft_registered"
says = "about"
value = 540
of = [{ fact = "distinct_people" }]
text.fi = "Hankkeessa oli {value} ESR-osallistujaa."
text.en = "The project had {value} ESF participants."
"""
