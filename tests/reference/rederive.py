"""Three results of the sample derived again, with nothing of the pipeline: numpy and scipy here, R in rederive.R.

    python -m pipeline run --raw raw --out OUT
    python tests/reference/rederive.py OUT FOLDER        (FOLDER gets the tables R reads)
    Rscript tests/reference/rederive.R FOLDER            (survey and ordinal)

The share that reports more participation with its clustered interval; the same raked to age and year of the people
listed; the mixed model of the items.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import special, stats

ITEMS = ["par1", "par2", "par3", "par4"]
BANDS = [(0, "under_18"), (18, "18_24"), (25, "25_29"), (30, "30_54"), (55, "55_64"), (65, "65_over")]


def table(out: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(out / "processed" / f"{name}.parquet")


def items(out: Path) -> pd.DataFrame:
    """One row per answer to the four items: response, event, item, value (par4 turned), target_group."""
    answers, responses = table(out, "answers"), table(out, "responses")
    group = answers[answers["item"] == "target_group"].set_index("response_id")["code"]
    own = answers[answers["item"].isin(ITEMS) & (answers["missing_reason"].fillna("") != "not_asked")]
    value = own["value"].astype(float)
    return pd.DataFrame(
        {
            "response": own["response_id"],
            "event": own["response_id"].map(responses.set_index("response_id")["event_id"]),
            "item": own["item"],
            "value": value.where(own["item"] != "par4", 6 - value),
            "target_group": own["response_id"].map(group),
        }
    ).reset_index(drop=True)


def shares(out: Path) -> pd.DataFrame:
    """One row per response with half of the items answered or more: event, positive, age, year."""
    answers = table(out, "answers")
    given = items(out).groupby("response").agg(event=("event", "first"), mean=("value", "mean"), n=("value", "count"))
    size = items(out).groupby("response").size()
    given = given[(given["n"] * 2 >= size) & given["event"].notna()]
    age = answers[answers["item"] == "age_band"].set_index("response_id")["code"]
    year = table(out, "events").set_index("event_id")["date"].dt.year
    return pd.DataFrame(
        {
            "one": 1,
            "positive": (given["mean"] > 3).astype(int),
            "event": given["event"],
            "age": given.index.map(age).fillna(""),
            "year": given["event"].map(year).astype("Int64").astype(str),
        }
    )


def margins(out: Path) -> dict[str, pd.Series]:
    """People listed by age (taken from those whose age is known) and year."""
    listed, events = table(out, "attendance"), table(out, "events").set_index("event_id")
    year = listed["event_id"].map(events["date"].dt.year)
    born = listed["person_id"].map(table(out, "persons").set_index("person_id")["birth_year"])
    age = (year - born).dropna().astype(int)
    band = age.map(lambda a: [name for start, name in BANDS if a >= start][-1]).value_counts()
    return {"age": band * len(listed) / band.sum(), "year": year.astype(str).value_counts().astype(float)}


def logit_interval(share: float, error: float, df: int) -> tuple[float, float]:
    half = stats.t.ppf(0.975, df) * error / (share * (1 - share))
    return tuple(special.expit(special.logit(share) + np.array([-half, half])))


def clustered_share(frame: pd.DataFrame) -> tuple[float, float, float]:
    """Share, and limits by Taylor linearisation over events."""
    y, groups = frame["positive"], frame["event"].nunique()
    share = y.mean()
    sums = (y - share).groupby(frame["event"]).sum()
    error = np.sqrt(groups / (groups - 1) * (sums**2).sum()) / len(y)
    return share, *logit_interval(share, error, groups - 1)


def raked_share(frame: pd.DataFrame, known: dict[str, pd.Series]) -> tuple[float, float, float]:
    """Share under raked weights; the variance from the residuals of the scores on the margins."""
    used = frame[frame["age"] != ""]
    weight = pd.Series(1.0, index=used.index)
    for _ in range(500):
        for name, goal in known.items():
            weight *= used[name].map(goal / weight.groupby(used[name]).sum())
    share = (weight * used["positive"]).sum() / weight.sum()
    score = ((used["positive"] - share) / weight.sum()).to_numpy(float)
    x = np.hstack([pd.get_dummies(used[name]).to_numpy(float) for name in known])
    left = score - x @ np.linalg.lstsq(x, score, rcond=None)[0]
    sums = pd.Series(weight.to_numpy() * left).groupby(used["event"].to_numpy()).sum()
    groups = len(sums)
    error = np.sqrt(groups / (groups - 1) * (sums**2).sum())
    return share, *logit_interval(share, error, groups - 1)


def loglik(data: pd.DataFrame, thresholds: list[float], effects: dict[str, float], sds: tuple[float, float]) -> float:
    """Log-likelihood of answers in respondents in events: a grid over both effects, nothing adapted to the answers."""
    grid = np.linspace(-6, 6, 81)
    weight = np.exp(-(grid**2) / 2)
    weight /= weight.sum()
    shift = data["item"].map(effects).fillna(0) + data["target_group"].map(effects).fillna(0)
    cuts = np.array([-np.inf, *thresholds, np.inf])
    code = data["value"].astype(int).to_numpy()
    total = 0.0
    at = sds[0] * grid[:, None] + sds[1] * grid[None, :]
    for _, rows in data.groupby("event").indices.items():
        each = np.zeros(len(grid))
        for _, own in data.iloc[rows].groupby("response").indices.items():
            i = rows[own]
            eta = at[:, :, None] + shift.to_numpy()[i]
            chance = special.expit(cuts[code[i]] - eta) - special.expit(cuts[code[i] - 1] - eta)
            each += np.log(np.prod(chance, axis=2) @ weight)
        total += special.logsumexp(each, b=weight)
    return float(total)


def main() -> None:
    out, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    shares(out).to_csv(folder / "shares.csv", index=False)
    items(out).dropna().to_csv(folder / "items.csv", index=False)
    for name, margin in margins(out).items():
        margin.rename_axis(name).to_csv(folder / f"{name}.csv")
    print("share", *clustered_share(shares(out)))
    print("raked", *raked_share(shares(out), margins(out)))


if __name__ == "__main__":
    main()
