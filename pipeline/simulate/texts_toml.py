"""texts.toml of the sample: what the writer says of the project in the report, after its public description."""

from __future__ import annotations

from typing import Final

TEXT: Final = """# What no table knows: the writer's own paragraphs of the final report, by section. A blank line begins a paragraph.
# Kirjoittajan omat kappaleet loppuraporttiin osioittain. Tyhjä rivi aloittaa uuden kappaleen.
# {{ fact KEY }} puts a number of processed/facts.json in, {{ claim KEY }} a sentence of claims.toml.

[texts.applicant]
fi = \"\"\"
Hankkeen toteutti Lappeenrannan kaupunki. Rahoittajina olivat Euroopan sosiaalirahasto, valtio ja kaupunki; vastuuviranomaisena
toimi Hämeen elinkeino-, liikenne- ja ympäristökeskus.
\"\"\"

[texts.plan]
fi = \"\"\"
Tavoitteena oli vahvistaa asukkaiden osallisuutta ja omatoimisuutta kaupunkialueella, jotta riski jäädä työelämän ja yhteisön
ulkopuolelle pienenisi. Toimenpiteet oli määrä suunnitella asukkaiden ideoista ja toteuttaa heidän kanssaan.

Työmenetelmänä oli ratkaisukeskeinen työote lähellä asukkaita: koordinaattori liikkui asukkaiden parissa, yhdisti toimijoita ja
auttoi löytämään tiloja ja tekijöitä.
\"\"\"

[texts.target_groups]
fi = \"\"\"
Hankkeella ei ollut henkilökohderyhmää: kenellekään ei avattu rahaston tarkoittamia osallistujatietoja. Välillisiä kohderyhmiä
olivat asukkaat, nuoret, ikääntyvät ja osatyökykyiset työttömät, maahanmuuttajat ja muut erityisryhmät sekä kolmannen sektorin
toimijat.
\"\"\"

[texts.funding]
fi = \"\"\"
Myönnetystä EU- ja valtion rahoituksesta, {{ fact funding_granted_planned }} euroa, toteutui {{ fact funding_granted_actual }}
euroa eli {{ fact funding_granted_ratio }}. Julkista rahoitusta suunniteltiin yhteensä {{ fact funding_public_planned }} euroa, ja
siitä toteutui {{ fact funding_public_actual }} euroa ({{ fact funding_public_ratio }}).
\"\"\"

[texts.area]
fi = \"\"\"
Hanke toimi Lappeenrannan kaupunkialueella Etelä-Karjalassa.
\"\"\"

[texts.monitoring]
fi = \"\"\"
Seurantatietoihin ei suunniteltu osallistuvia henkilöitä eikä yrityksiä. Alla olevat kävijämäärät on laskettu osallistujalistoista,
ja ne kertovat tilaisuuksien kävijöistä.
\"\"\"

[texts.visitors]
fi = \"\"\"
Hankkeessa toteutettiin {{ fact actions }} toimenpidettä ja {{ fact events }} tilaisuutta. Listoille kirjattiin {{ fact visits }}
käyntiä ja noin {{ fact distinct_people }} eri henkilöä, joista noin {{ fact repeat_visitors }} kävi useammassa kuin yhdessä
tilaisuudessa. Suunnittelussa oli aktiivisesti mukana noin {{ fact planners }} asukasta, ja ideoita tuli {{ fact ideas }}.
\"\"\"

[texts.results]
fi = \"\"\"
Palautekyselyihin saatiin {{ fact respondents }} vastausta. {{ claim most_participation }} {{ claim most_self_initiative }}
{{ claim most_both }}
\"\"\"

[texts.network]
fi = \"\"\"
Toimenpiteissä oli mukana {{ fact organisations }} yhdistystä, järjestöä, säätiötä tai seuraa, yhdessä tilaisuudessa enimmillään
{{ fact organisations_one_event }}. Kuviot näyttävät, ketkä tekivät yhteistyötä ja kuinka verkosto kasvoi.
\"\"\"

[texts.open_answers]
fi = \"\"\"
Avovastaukset luokitteli kaksi koodaajaa toisistaan riippumatta. Luokat ovat koodaajien, eivät ohjelman.
\"\"\"

[texts.principles]
fi = \"\"\"
Kestävän kehityksen arviot ovat hankkeen omia. Sukupuolinäkökulma otettiin toiminnassa huomioon, mutta sukupuolten tasa-arvon
edistäminen ei ollut hankkeen päätavoite.
\"\"\"

[texts.conclusion]
fi = \"\"\"
Hankkeen aikana ideoitiin ja toteutettiin toimintaa asukkaiden kanssa. Alla olevat väitteet on tarkistettu aineistosta; liitteessä
D kerrotaan, mihin kukin niistä perustuu. Ne kuvaavat vastanneita ja listoille kirjattuja kävijöitä, eivät kaikkia asukkaita.
\"\"\"
"""
