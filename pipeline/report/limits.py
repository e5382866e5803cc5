"""What a project's files do not let anyone know, said before somebody asks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from pipeline.core.config import Labels

_NO_EVENTS = Labels(
    fi="Vastauksia ei voi liittää tilaisuuksiin: luottamusvälit eivät ota huomioon ryvästymistä, eikä tuloksia "
    "saa tilaisuuksittain tai toimenpiteittäin.",
    sv="Svaren kan inte knytas till evenemang: intervallen beaktar inte kluster, och resultat per evenemang saknas.",
    en="The answers cannot be tied to events: intervals take no account of clustering, and nothing is shown by event "
    "or action.",
)
_NO_LISTS = Labels(
    fi="Osallistujalistoja ei ole: tavoitettujen määrää, vastausosuutta ja kadon vaikutusta ei voi arvioida.",
    sv="Deltagarlistor saknas: hur många som nåddes och hur bortfallet påverkar kan inte bedömas.",
    en="There are no attendance lists: reach, the participation rate and the effect of nonresponse cannot be assessed.",
)
_SHORT_LISTS = Labels(
    fi="Vastauksia on enemmän kuin ihmisiä osallistujalistoilla: listat ovat vajaat tai samat ihmiset ovat vastanneet "
    "useasti. Kadon vaikutusta ei voi arvioida.",
    sv="Det finns fler svar än personer på deltagarlistorna: listorna är ofullständiga eller samma personer har svarat "
    "flera gånger. Hur bortfallet påverkar kan inte bedömas.",
    en="There are more answers than people on the attendance lists: the lists are incomplete, or people answered "
    "several times. The effect of nonresponse cannot be assessed.",
)
_NO_TIMES = Labels(
    fi="Vastauksissa ei ole aikaa eikä tunnistetta: kahdesti toimitettua vastausta ei voi tunnistaa.",
    sv="Svaren har varken tidpunkt eller nummer: ett svar som lämnats två gånger kan inte upptäckas.",
    en="The answers carry no time of day: a response delivered twice cannot be recognised.",
)
_NO_DISTRIBUTED = Labels(
    fi="Jaettujen lomakkeiden määrää ei ole kirjattu kaikista tilaisuuksista: vastausprosenttia ei voi laskea.",
    sv="Antalet utdelade blanketter saknas för vissa evenemang: svarsprocenten kan inte räknas.",
    en="The number of forms given out is not recorded for every event: there is no response rate.",
)
_NO_COMPARISON = Labels(
    fi="Vertailuryhmää eikä alkumittausta ole: tulokset ovat vastaajien kokemaa muutosta, eivät vaikutusta.",
    sv="Jämförelsegrupp och förhandsmätning saknas: resultaten gäller upplevd förändring, inte effekt.",
    en="There is no comparison group or baseline: results are change as respondents see it, not effect.",
)


def limits(tables: Mapping[str, pd.DataFrame]) -> list[Labels]:
    """Return the statements that hold for a project.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Contract tables responses, attendance and events.

    Returns
    -------
    list of Labels
        Each in Finnish, Swedish and English.
    """
    responses, events = tables["responses"], tables["events"]
    with_list = tables["attendance"]["event_id"].unique()
    conditions = {
        _NO_EVENTS: not responses["event_id"].notna().any(),
        _NO_LISTS: tables["attendance"].empty,
        _SHORT_LISTS: 0 < len(tables["attendance"]) < int(responses["event_id"].isin(with_list).sum()),
        _NO_TIMES: not responses["submitted_at"].notna().any(),
        _NO_DISTRIBUTED: len(events) > 0 and events["distributed"].isna().any(),
        _NO_COMPARISON: True,
    }
    return [statement for statement, holds in conditions.items() if holds]


def write(path: Path, statements: Sequence[Labels]) -> None:
    """Write the statements as JSON, each with its three languages."""
    text = json.dumps([statement.model_dump() for statement in statements], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
