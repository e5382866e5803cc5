"""The numbers a report may quote, each with its kind, base and source: where every sentence takes its numbers from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipeline.core.config import Labels, Project
from pipeline.core.contracts import CONTRACTS
from pipeline.core.tables import CSV_DIGITS

#: Counts of `estimates`: (outcome, term) -> key, kind and what it is called. People are counted after linking lists by
#: name and contact, hence approximate; an organiser's guess of the crowd is indirect, never people listed.
_COUNTS: Final = {
    ("responses", "accepted"): (
        "respondents",
        "exact",
        Labels(fi="palautekyselyihin saadut vastaukset", sv="inkomna enkätsvar", en="feedback responses received"),
    ),
    ("reach", "persons"): (
        "distinct_people",
        "approximate",
        Labels(
            fi="eri henkilöä osallistujalistoilla", sv="olika personer på deltagarlistorna", en="people on the lists"
        ),
    ),
    ("reach", "visits"): (
        "visits",
        "exact",
        Labels(fi="käyntiä osallistujalistoilla", sv="besök på deltagarlistorna", en="visits on the lists"),
    ),
    ("reach", "repeat_visitors"): (
        "repeat_visitors",
        "approximate",
        Labels(
            fi="henkilöä useammassa tilaisuudessa", sv="personer vid flera evenemang", en="people at several events"
        ),
    ),
    ("reach", "planners"): (
        "planners",
        "approximate",
        Labels(
            fi="asukasta suunnittelussa aktiivisesti mukana", sv="invånare i planeringen", en="residents who planned"
        ),
    ),
    ("reach", "actions"): ("actions", "exact", Labels(fi="toimenpidettä", sv="åtgärder", en="actions")),
    ("reach", "events"): ("events", "exact", Labels(fi="tilaisuutta", sv="evenemang", en="events")),
    ("reach", "organisations"): (
        "organisations",
        "exact",
        Labels(fi="yhdistystä, järjestöä, säätiötä tai seuraa", sv="föreningar och organisationer", en="organisations"),
    ),
    ("reach", "ideas"): (
        "ideas",
        "exact",
        Labels(fi="asukkaiden ideaa", sv="idéer av invånare", en="residents' ideas"),
    ),
    ("reach", "reports"): (
        "reports",
        "exact",
        Labels(fi="toteuttajien raporttia", sv="rapporter av genomförare", en="implementers' reports"),
    ),
    ("reach", "audience"): (
        "audience",
        "indirect",
        Labels(
            fi="välillisesti tavoitettua, arvio", sv="nådda indirekt, uppskattning", en="reached indirectly, estimate"
        ),
    ),
}
#: Interval of a quoted share, best first.
_SHARE_METHODS: Final = ("cluster_logit_t", "wilson")


def facts(estimates: pd.DataFrame, project: Project) -> pd.DataFrame:
    """Return the `facts` contract table.

    Parameters
    ----------
    estimates : DataFrame
        `estimates` contract table.
    project : Project
        For the primary outcomes, their names, and planned and actual figures.

    Returns
    -------
    DataFrame
        One row per number; what the data do not hold has no row.
    """
    rows = [*_counts(estimates), *_largest_event(estimates), *_shares(estimates, project), *_indicators(project)]
    return pd.DataFrame(rows, columns=CONTRACTS["facts"].column_names)


def write_json(path: Path, table: pd.DataFrame) -> None:
    """Write facts as one object per key: sorted, fixed digits, so that a diff shows which number moved."""
    content = {
        str(row["key"]): {name: _plain(value) for name, value in row.items() if name != "key"}
        for row in table.sort_values("key").to_dict("records")
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return value
    number = float(f"{float(value):.{CSV_DIGITS}g}")
    return int(number) if number.is_integer() else number


def _fact(key: str, value: float, kind: str, unit: str, source: str, label: Labels, **more: Any) -> dict[str, Any]:
    labels = {f"label_{code}": label.get(code) for code in ("fi", "sv", "en")}
    return {"key": key, "value": value, "kind": kind, "unit": unit, "source": source, **labels, **more}


def _counts(estimates: pd.DataFrame) -> Iterator[dict[str, Any]]:
    overall = estimates[(estimates["group"] == "all") & (estimates["method"] == "count")]
    found = {(r.outcome, r.term): r for r in overall.itertuples()}
    for (outcome, term), (key, kind, label) in _COUNTS.items():
        if (outcome, term) in found:
            row = found[outcome, term]
            yield _fact(key, row.estimate, kind, row.unit, f"estimates: {outcome}, {term}, count", label, n=row.n)


def _largest_event(estimates: pd.DataFrame) -> Iterator[dict[str, Any]]:
    rows = estimates[(estimates["term"] == "organisations_involved") & estimates["group"].str.startswith("event_id=")]
    if len(rows):
        row = rows.sort_values(["estimate", "group"], ascending=[False, True]).iloc[0]
        label = Labels(
            fi="yhdistystä ja järjestöä yhdessä tilaisuudessa",
            sv="föreningar vid ett och samma evenemang",
            en="organisations at one event",
        )
        source = f"estimates: reach, organisations_involved, {row['group']}"
        yield _fact("organisations_one_event", row["estimate"], "at_least", row["unit"], source, label, n=row["n"])


def _shares(estimates: pd.DataFrame, project: Project) -> Iterator[dict[str, Any]]:
    wanted = {name: _outcome_label(project, name) for name in project.primary}
    wanted["both_primary"] = _outcome_label(project, *project.primary)
    rows = estimates[(estimates["term"] == "share_positive") & (estimates["group"] == "all")]
    for outcome, label in wanted.items():
        own = rows[rows["outcome"] == outcome].set_index("method")
        method = next((m for m in _SHARE_METHODS if m in own.index and pd.notna(own.loc[m, "ci_low"])), None)
        if method is not None:
            row = own.loc[method]
            counts = {"n": round(row["estimate"] * row["n"]), "denominator": row["n"]}
            limits = {"ci_low": row["ci_low"], "ci_high": row["ci_high"]}
            source = f"estimates: {outcome}, share_positive, {method}"
            yield _fact(
                f"share_positive_{outcome}", row["estimate"], "approximate", "share", source, label, **counts, **limits
            )


def _outcome_label(project: Project, *outcomes: str) -> Labels:
    """Return "Osallisuus: myönteinen muutos", or the same for several outcomes at once."""
    words = {
        "fi": ("myönteinen muutos", " ja "),
        "sv": ("positiv förändring", " och "),
        "en": ("positive change", " and "),
    }
    return Labels(
        **{
            code: f"{link.join(project.label(o, code) for o in outcomes)}: {text}"
            for code, (text, link) in words.items()
        }
    )


def _indicators(project: Project) -> Iterator[dict[str, Any]]:
    for item in project.indicators:
        for side, value in (("planned", item.planned), ("actual", item.actual)):
            if value is not None:
                yield _fact(f"{item.key}_{side}", value, "exact", item.unit, f"project.toml: {item.key}", item.label)
        if item.planned and item.actual is not None:
            ratio = item.actual / item.planned
            source = f"project.toml: {item.key}, actual / planned"
            yield _fact(f"{item.key}_ratio", ratio, "exact", "share", source, item.label)
