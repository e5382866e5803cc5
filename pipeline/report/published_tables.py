"""The tables of the report: the same released numbers as in the figures, with names a reader knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.core.config import Params, Project
from pipeline.core.formats import decimals, label, number, percent
from pipeline.report.captions import chosen
from pipeline.report.claims.judged import Judged
from pipeline.report.disclosure import Released, gate
from pipeline.report.figure_texts import group_labels
from pipeline.report.published_texts import COLUMNS, NOTES, REASONS, TITLES, VERDICTS
from pipeline.report.word.content import Sheet

#: The interval quoted, best first.
_QUOTED: Final = ("cluster_logit_t", "wilson")
_GROUPED: Final = ("wilson_icc", "wilson")


@dataclass(frozen=True)
class Published:
    """A table of the report.

    Parameters
    ----------
    title, note : str
        Above and below it.
    frame : DataFrame
        Numbers as numbers; columns by the keys of `published_texts.COLUMNS`.
    kinds : mapping of str to str
        By column: text, share, count or value.
    """

    title: str
    note: str
    frame: pd.DataFrame
    kinds: Mapping[str, str]

    def sheet(self, language: str) -> Sheet:
        """Return it as texts in `language`; what there is not, or may not be shown, is a dash."""
        header = [chosen(COLUMNS[column], language) for column in self.frame.columns]
        columns = [
            [_said(value, self.kinds[column], language) for value in self.frame[column].astype(object)]
            for column in self.frame.columns
        ]
        right = [place for place, column in enumerate(self.frame.columns) if self.kinds[column] != "text"]
        return Sheet(self.title, header, list(zip(*columns, strict=True)), self.note, right)

    def for_spreadsheet(self, language: str) -> pd.DataFrame:
        """Return it with the names of its columns in `language`, numbers as numbers."""
        return self.frame.rename(columns={column: chosen(COLUMNS[column], language) for column in self.frame.columns})


def tables(
    made: Mapping[str, pd.DataFrame], released: Released, project: Project, params: Params, claims: list[Judged]
) -> dict[str, Published]:
    """Return the tables there are numbers for, by name.

    Parameters
    ----------
    made : mapping of str to DataFrame
        Contract tables items, options, actions, events and ledger.
    released : Released
        The whole `estimates` table as it left the gate.
    project, params : Project, Params
        For names, and the thresholds of the ledger's gate.
    claims : list of Judged
        The judged claims.
    """
    language = project.project.language
    found = {
        "outcomes": _outcomes(released.frame, project, language),
        "items": _items(released.frame, made["items"], project, language),
        **{f"groups_{o}": _groups(released.frame, made, project, o, language) for o in project.primary},
        "events": _events(made, params, language),
        "files": _files(made["ledger"], language),
        "indicators": _indicators(project, language),
        "sustainability": _sustainability(project, language),
        "claims": _claims(claims, language),
        "hidden": _hidden(released, language),
    }
    return {name: table for name, table in found.items() if len(table.frame)}


def _published(name: str, language: str, rows: Sequence[Mapping[str, object]], kinds: Mapping[str, str]) -> Published:
    frame = pd.DataFrame(rows, columns=list(kinds))
    return Published(chosen(TITLES[name], language), chosen(NOTES.get(name, ("", "", "")), language), frame, kinds)


def _quoted(rows: pd.DataFrame, methods: tuple[str, ...]) -> pd.DataFrame:
    """Return one row per outcome and group: of the first of `methods` that has an interval there."""
    order = {method: place for place, method in enumerate(methods)}
    own = rows[rows["method"].isin(order)].assign(
        order=lambda r: r["method"].map(order), lacks=lambda r: r["ci_low"].isna()
    )
    return own.sort_values(["lacks", "order"], kind="stable").drop_duplicates(["outcome", "group"]).sort_index()


def _outcomes(estimates: pd.DataFrame, project: Project, language: str) -> Published:
    names = {o.key: project.label(o.key, language) for o in project.outcomes}
    names["both_primary"] = chosen(TITLES["both"], language)
    rows = estimates[(estimates["term"] == "share_positive") & (estimates["group"] == "all")]
    quoted = _quoted(rows, _QUOTED).set_index("outcome")
    found = [_share_row(name, quoted.loc[key]) for key, name in names.items() if key in quoted.index]
    kinds = {"name": "text", "n": "count", "excluded": "count", "share": "share", "low": "share", "high": "share"}
    return _published("outcomes", language, found, kinds)


def _share_row(name: str, row: pd.Series) -> dict[str, object]:
    named = {"n": "n", "excluded": "n_excluded", "share": "estimate", "low": "ci_low", "high": "ci_high"}
    return {"name": name, **{column: row[own] for column, own in named.items()}}


def _items(estimates: pd.DataFrame, items: pd.DataFrame, project: Project, language: str) -> Published:
    """Return the items of the outcomes; of another scale, as of how often, no end is the positive one."""
    rows = estimates[(estimates["method"] == "wilson") & (estimates["group"] == "all")]
    wide = rows.pivot_table(index="outcome", columns="term", values="estimate", aggfunc="first")
    counts = rows[rows["term"] == "positive"].set_index("outcome")["n"]
    found = []
    outcomes = [outcome.key for outcome in project.outcomes]
    own_items = items[items["construct"].isin(outcomes) | items["item"].isin(outcomes)]
    for item in own_items[own_items["item"].isin(counts.index)].to_dict("records"):
        own = wide.loc[item["item"]]
        shares = {key: own.get(key) for key in ("positive", "neutral", "negative")}
        shares["dont_know"] = own.get("missing=dont_know")
        found.append({"name": label(item, language, item["item"]), "n": counts[item["item"]], **shares})
    kinds = {"name": "text", "n": "count", **dict.fromkeys(("positive", "neutral", "negative", "dont_know"), "share")}
    return _published("items", language, found, kinds)


def _groups(
    estimates: pd.DataFrame, made: Mapping[str, pd.DataFrame], project: Project, outcome: str, language: str
) -> Published:
    rows = estimates[(estimates["outcome"] == outcome) & (estimates["term"] == "share_positive")]
    quoted = _quoted(rows[rows["group"] != "all"], _GROUPED)
    variables = [v for v in ("action_id", *project.analysis.group_by) if quoted["group"].str.startswith(f"{v}=").any()]
    found = []
    for variable in variables:
        names = group_labels(made, variable, language)
        own = quoted[quoted["group"].str.fullmatch(rf"{variable}=[^;&]*")]
        found += [_share_row(names.get(row["group"], row["group"].partition("=")[2]), row) for _, row in own.iterrows()]
    kinds = {"name": "text", "n": "count", "excluded": "count", "share": "share", "low": "share", "high": "share"}
    table = _published("groups", language, found, kinds)
    return Published(table.title.format(name=project.label(outcome, language)), table.note, table.frame, kinds)


def _events(made: Mapping[str, pd.DataFrame], params: Params, language: str) -> Published:
    """Return the denominators of each event of which any may be shown; nobody listed means that there is no list."""
    ledger, events = made["ledger"], made["events"]
    kinds = {"name": "text", **dict.fromkeys(("distributed", "listed", "returned", "usable", "answered"), "count")}
    counts = list(kinds)[1:]
    shown = gate(ledger[ledger["scope"] == "event"], params, events).frame.dropna(subset=counts, how="all")
    shown["listed"] = shown["listed"].replace(0, pd.NA)
    names = events.set_index("event_id")["name"].to_dict()
    rows = [
        {"name": names.get(row["unit"]) or row["unit"], **{count: row[count] for count in counts}}
        for row in shown.to_dict("records")
    ]
    return _published("events", language, rows, kinds)


def _files(ledger: pd.DataFrame, language: str) -> Published:
    """Return the files of answers; a list of visitors counts people at one event, and stands among the events."""
    own = ledger[(ledger["scope"] == "file") & ~ledger["unit"].str.startswith("attendance/")]
    kinds = {"name": "text", **dict.fromkeys(("rows_read", "accepted", "duplicate", "quarantined"), "count")}
    rows = [
        {
            "name": row["unit"] + ("" if pd.isna(row["part"]) else f" [{row['part']}]"),
            **{k: row[k] for k in list(kinds)[1:]},
        }
        for row in own.to_dict("records")
    ]
    return _published("files", language, rows, kinds)


def _indicators(project: Project, language: str) -> Published:
    kinds = {"name": "text", "unit": "text", "planned": "value", "actual": "value", "ratio": "share"}
    rows = [
        {"name": i.label.get(language, i.key), "unit": i.unit, "planned": i.planned, "actual": i.actual}
        | {"ratio": i.actual / i.planned if i.planned and i.actual is not None else None}
        for i in project.indicators
    ]
    return _published("indicators", language, rows, kinds)


def _sustainability(project: Project, language: str) -> Published:
    kinds = {"dimension": "text", "name": "text", "direct": "count", "indirect": "count"}
    rows = [
        {"dimension": s.dimension, "name": s.topic, "direct": s.direct, "indirect": s.indirect}
        for s in project.sustainability
    ]
    return _published("sustainability", language, rows, kinds)


def _claims(claims: list[Judged], language: str) -> Published:
    kinds = {"sentence": "text", "verdict": "text", "why": "text"}
    rows = [
        {"sentence": _sentence(claim, language), "verdict": chosen(VERDICTS[claim.verdict], language)}
        | {"why": claim.reason[language]}
        for claim in claims
        if claim.published
    ]
    return _published("claims", language, rows, kinds)


def _sentence(claim: Judged, language: str) -> str:
    return claim.sentence.get(language) or next(iter(claim.sentence.values()))


def _hidden(released: Released, language: str) -> Published:
    """Return how many results are not shown, and why; which ones stands in processed/."""
    counts = released.hidden.groupby("reason").size()
    rows = [{"why": _reason(str(reason), language), "n": int(n)} for reason, n in counts.items()]
    return _published("hidden", language, rows, {"why": "text", "n": "count"})


def _reason(reason: str, language: str) -> str:
    said = next((REASONS[start] for start in REASONS if reason.startswith(start)), (reason, reason, reason))
    return chosen(said, language).format(reason=reason)


def _said(value: object, kind: str, language: str) -> str:
    if value is None or pd.isna(value):
        return "–"
    if kind == "text":
        return str(value)
    amount = float(value)  # type: ignore[arg-type]
    if kind == "share":
        return percent(amount, language, 0)
    return number(amount, language, 0 if kind == "count" else min(2, decimals(amount)))
