"""How the intervals of a figure were made: one sentence per method, in Finnish, Swedish and English."""

from __future__ import annotations

from typing import Final

INTERVALS: Final[dict[str, tuple[str, str, str]]] = {
    "wilson": (
        "{level}:n luottamusväli on laskettu Wilsonin menetelmällä; vastaukset oletetaan toisistaan riippumattomiksi.",
        "{level} konfidensintervall enligt Wilson; svaren antas vara oberoende av varandra.",
        "The {level} confidence interval is Wilson's and takes the answers as independent.",
    ),
    "cluster_logit_t": (
        "{level}:n luottamusväli ottaa huomioon, että saman tapahtuman vastaukset muistuttavat toisiaan "
        "(logit-muunnos, ryvästetty keskivirhe, t-jakauma).",
        "{level} konfidensintervall beaktar att svar från samma evenemang liknar varandra "
        "(logittransformation, klustrat medelfel, t-fördelning).",
        "The {level} confidence interval allows for likeness between answers from one event "
        "(logit transform, clustered standard error, t distribution).",
    ),
    "wilson_icc": (
        "{level}:n luottamusväli on laskettu Wilsonin menetelmällä; vastausten määrää on pienennetty sen mukaan, "
        "kuinka paljon saman tapahtuman vastaukset muistuttavat toisiaan.",
        "{level} konfidensintervall enligt Wilson; antalet svar är minskat efter hur mycket svar från samma "
        "evenemang liknar varandra.",
        "The {level} confidence interval is Wilson's, with the number of answers reduced by how alike the answers "
        "from one event are.",
    ),
    "korn_graubard": (
        "{level}:n luottamusväli on Kornin ja Graubardin tarkka väli, joka ottaa huomioon, että saman tapahtuman "
        "vastaukset muistuttavat toisiaan.",
        "{level} konfidensintervall är Korns och Graubards exakta intervall, som beaktar att svar från samma evenemang "
        "liknar varandra.",
        "The {level} confidence interval is Korn and Graubard's exact one, which allows for likeness between answers "
        "from one event.",
    ),
    "glmm_pooled": (
        "{level}:n väli on sekamallista (tapahtumat toimenpiteissä): arvio lainaa tietoa muilta toimenpiteiltä, sitä "
        "enemmän mitä vähemmän omia vastauksia on.",
        "{level} intervall från en blandad modell (evenemang inom åtgärder): skattningen lånar information av andra "
        "åtgärder, mer ju färre egna svar det finns.",
        "The {level} interval is from a mixed model (events within actions): the estimate borrows from the other "
        "actions, more so the fewer answers of its own there are.",
    ),
    "newcombe": (
        "Eron {level}:n luottamusväli on laskettu Newcomben menetelmällä; vastaukset oletetaan toisistaan "
        "riippumattomiksi.",
        "Skillnadens {level} konfidensintervall enligt Newcombe; svaren antas vara oberoende av varandra.",
        "The {level} confidence interval of the difference is Newcombe's and takes the answers as independent.",
    ),
    "cr2_satterthwaite": (
        "Eron {level}:n luottamusväli perustuu ryvästettyyn CR2-keskivirheeseen ja Satterthwaiten vapausasteisiin.",
        "Skillnadens {level} konfidensintervall bygger på klustrat medelfel CR2 och Satterthwaites frihetsgrader.",
        "The {level} confidence interval of the difference rests on clustered CR2 standard errors and Satterthwaite's "
        "degrees of freedom.",
    ),
    "jackknife_events": (
        "Erotuksen {level}:n luottamusväli on laskettu jättämällä tapahtumat vuorotellen pois (jackknife).",
        "Skillnadens {level} konfidensintervall är beräknat genom att utelämna ett evenemang i taget (jackknife).",
        "The {level} confidence interval of the difference is by leaving out one event at a time (jackknife).",
    ),
    "jackknife_people": (
        "Erotuksen {level}:n luottamusväli on laskettu jättämällä vastaajat vuorotellen pois (jackknife); vastaukset "
        "oletetaan toisistaan riippumattomiksi.",
        "Skillnadens {level} konfidensintervall är beräknat genom att utelämna en svarande i taget (jackknife); svaren "
        "antas vara oberoende av varandra.",
        "The {level} confidence interval of the difference is by leaving out one respondent at a time (jackknife) and "
        "takes the answers as independent.",
    ),
    "paired_events": (
        "Muutoksen {level}:n luottamusväli vertaa kunkin vastaajan kahta vastausta ja ottaa huomioon, että saman "
        "tapahtuman vastaukset muistuttavat toisiaan.",
        "Förändringens {level} konfidensintervall jämför varje svarandes två svar och beaktar att svar från samma "
        "evenemang liknar varandra.",
        "The {level} confidence interval of the change compares the two answers of each respondent and allows for "
        "likeness between answers from one event.",
    ),
    "paired_people": (
        "Muutoksen {level}:n luottamusväli vertaa kunkin vastaajan kahta vastausta; vastaajat oletetaan toisistaan "
        "riippumattomiksi.",
        "Förändringens {level} konfidensintervall jämför varje svarandes två svar; de svarande antas vara oberoende av "
        "varandra.",
        "The {level} confidence interval of the change compares the two answers of each respondent and takes the "
        "respondents as independent.",
    ),
}
