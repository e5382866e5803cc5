"""What was really run, in sentences: the report's methods section is written from the estimates, not from habit."""

from __future__ import annotations

from typing import Final

import pandas as pd

from pipeline.core.config import Params, Project
from pipeline.core.formats import decimals, number, percent
from pipeline.report import captions
from pipeline.report.captions import Sentences, chosen

#: Methods of estimates, in the order a reader asks for them.
_METHODS: Final[Sentences] = {
    "wilson": (
        "Osuuksien luottamusvälit ilman ryvästymistä: Wilson.",
        "Konfidensintervall för andelar utan kluster: Wilson.",
        "Confidence intervals of shares without clusters: Wilson.",
    ),
    "cluster_logit_t": (
        "Osuuksien luottamusvälit, kun tapahtuma tunnetaan: ryvästetty keskivirhe logit-asteikolla, t-jakauma, "
        "vapausasteina tapahtumien määrä vähennettynä yhdellä.",
        "Konfidensintervall för andelar när evenemanget är känt: klustrat medelfel på logitskalan, t-fördelning, "
        "antalet evenemang minus ett som frihetsgrader.",
        "Confidence intervals of shares where the event is known: clustered standard error on the logit scale, "
        "t distribution with the number of events less one as degrees of freedom.",
    ),
    "wilson_icc": (
        "Ryhmien luottamusvälit: Wilson, vastausten määrää pienennetty tapahtuman sisäisen korrelaation mukaan.",
        "Intervall för grupper: Wilson, antalet svar minskat efter korrelationen inom evenemang.",
        "Intervals of groups: Wilson, the number of answers reduced by the correlation within events.",
    ),
    "korn_graubard": (
        "Tarkka vaihtoehto ääripäihin: Korn ja Graubard.",
        "Exakt alternativ för extrema andelar: Korn och Graubard.",
        "Exact alternative for extreme shares: Korn and Graubard.",
    ),
    "glmm_pooled": (
        "Toimenpiteittäiset osuudet: osittain yhdistetty sekamalli (tapahtumat toimenpiteissä); pienet toimenpiteet "
        "lainaavat tietoa muilta.",
        "Andelar per åtgärd: delvis sammanvägd blandad modell (evenemang inom åtgärder); små åtgärder lånar "
        "information av andra.",
        "Shares by action: partially pooled mixed model (events within actions); small actions borrow from the others.",
    ),
    "clmm_nested": (
        "Vastausvaihtoehdot mallinnettiin järjestysasteikollisella sekamallilla (vastaaja ja tapahtuma satunnaisina).",
        "Svarsalternativen modellerades med en ordinal blandad modell (svarande och evenemang som slumpeffekter).",
        "Response options were modelled by a cumulative link mixed model (respondent and event as random effects).",
    ),
    "cr2_satterthwaite": (
        "Ryhmien erot: CR2-keskivirheet ja Satterthwaiten vapausasteet.",
        "Skillnader mellan grupper: CR2-medelfel och Satterthwaites frihetsgrader.",
        "Differences between groups: CR2 standard errors with Satterthwaite degrees of freedom.",
    ),
    "signed_rank_pratt_cluster": (
        "Nyt–ennen-parit: merkittyjen järjestyslukujen testi (nollat Prattin säännöllä), tapahtumat ryppäinä.",
        "Par nu–förr: teckenrangtest (nollor enligt Pratt), evenemang som kluster.",
        "Now–before pairs: signed-rank test (zeros by Pratt's rule), events as clusters.",
    ),
    "raked_calibrated": (
        "Herkkyys kadolle: vastaukset painotettiin listojen jakaumiin (raking), kalibroitu keskivirhe.",
        "Känslighet för bortfall: svaren vägdes till listornas fördelningar (raking), kalibrerat medelfel.",
        "Sensitivity to nonresponse: answers raked to the margins of the lists, calibrated standard error.",
    ),
    "manski_bounds": (
        "Katoa ei ole oletettu satunnaiseksi: jokaisen pääluvun vieressä ovat huonoin ja paras mahdollinen osuus ja "
        "Imbensin ja Manskin väli.",
        "Bortfallet antas inte vara slumpmässigt: bredvid varje huvudtal står sämsta och bästa möjliga andel och "
        "Imbens och Manskis intervall.",
        "Nonresponse is not taken as random: beside each headline share stand its worst and best bounds and Imbens "
        "and Manski's interval.",
    ),
    "tipping_point": (
        "Kääntöpiste: kuinka suuren osan vastaamattomista pitäisi ajatella toisin, jotta ”suurin osa” ei pitäisi.",
        "Vändpunkt: hur stor del av dem som inte svarat borde tycka annorlunda för att ”de flesta” inte ska hålla.",
        "Tipping point: how many of the silent would have to think otherwise for “most” to fail.",
    ),
    "share_supporting": (
        "Herkkyys valinnoille: kaikki puolustettavat yhdistelmät (raja, puuttuvat, painot, rajaukset, väli).",
        "Känslighet för val: alla försvarbara kombinationer (gräns, bortfall, vikter, avgränsningar, intervall).",
        "Sensitivity to choices: every defensible combination (cut, missing, weights, exclusions, interval).",
    ),
    "cronbach": (
        "Mittareiden yhtenäisyys: Cronbachin alfa luottamusväleineen ja omega.",
        "Skalornas samstämmighet: Cronbachs alfa med intervall, och omega.",
        "Internal consistency of scales: Cronbach's alpha with its interval, and omega.",
    ),
    "krippendorff_nominal": (
        "Avovastausten koodaus: koodaajien yhtäpitävyys Krippendorffin alfalla ja Gwetin AC1:llä.",
        "Kodning av öppna svar: överensstämmelse enligt Krippendorffs alfa och Gwets AC1.",
        "Coding of open answers: agreement by Krippendorff's alpha and Gwet's AC1.",
    ),
}
_FAMILIES: Final = (
    "Ensisijaisten tulostavoitteiden testit on korjattu Holmin menetelmällä ja muut tarkastelut Benjaminin ja "
    "Hochbergin menetelmällä.",
    "Testen av de primära utfallen är korrigerade enligt Holm, övriga granskningar enligt Benjamini och Hochberg.",
    "Tests of the primary outcomes are adjusted by Holm's method, exploratory ones by Benjamini and Hochberg's.",
)
_CHOICES: Final = (
    "Luottamustaso {level}. Alle {n} vastaajan ryhmistä ei esitetä osuuksia, eikä alle {count} hengen lukumääriä.",
    "Konfidensnivå {level}. Andelar för grupper under {n} svarande och antal under {count} personer visas inte.",
    "Confidence level {level}. Shares of groups under {n} respondents and counts under {count} people are not shown.",
)


def methods(estimates: pd.DataFrame, project: Project, params: Params, language: str) -> list[str]:
    """Return the sentences of a methods section: estimand, the methods that are in `estimates`, and the choices made.

    Parameters
    ----------
    estimates : DataFrame
        Contract table.
    project, params : Project, Params
        For the estimand, the level and the thresholds.
    language : {"fi", "sv", "en"}
        Of the sentences.
    """
    run = set(estimates.loc[estimates["estimate"].notna() | estimates["p_value"].notna(), "method"])
    clustered = [captions.estimand(project.analysis.estimand, language)] if "cluster_logit_t" in run else []
    choices = chosen(_CHOICES, language).format(
        level=percent(params.ci_level, language, decimals(100 * params.ci_level)),
        n=number(params.min_group_n, language), count=number(params.min_count, language),
    )  # fmt: skip
    used = [captions.pick(_METHODS, method, language) for method in _METHODS if method in run]
    adjusted = [chosen(_FAMILIES, language)] if estimates["p_adjusted"].notna().any() else []
    return [*clustered, *used, *adjusted, choices]
