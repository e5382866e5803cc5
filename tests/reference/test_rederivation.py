"""Three results of the sample's estimates.csv, derived again from its tables by code that shares nothing with ours."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline import stages
from pipeline.analysis.headline import headline
from pipeline.core import tables
from pipeline.core.config import load_project
from pipeline.core.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("rederive", Path(__file__).with_name("rederive.py"))
assert _spec is not None
assert _spec.loader is not None
rederive = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rederive)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    for stage in ("ingest", "construct"):
        stages.run(stage, Workspace.split(ROOT / "raw", folder))
    return folder


@pytest.fixture(scope="module")
def published():
    rows = pd.read_csv(ROOT / "processed" / "estimates.csv")
    return rows[rows["outcome"] == "participation"].set_index(["term", "group", "method"]).sort_index()


# estimates.csv keeps a fixed number of significant digits
def limits(row: pd.Series) -> list[float]:
    return list(row[["estimate", "ci_low", "ci_high"]])


def test_the_share_with_its_clustered_interval(out, published):
    own = rederive.clustered_share(rederive.shares(out))
    assert limits(published.loc[("share_positive", "all", "cluster_logit_t")]) == pytest.approx(own, abs=2e-6)


def test_the_raked_share_with_the_calibrated_interval(out, published):
    own = rederive.raked_share(rederive.shares(out), rederive.margins(out))
    assert limits(published.loc[("share_positive", "all", "raked_calibrated")]) == pytest.approx(own, abs=2e-6)


def test_these_events_as_they_were_when_project_toml_says_so(out, published, tmp_path):
    """Answers as a random part of the list of each event: strata, finite population, one-answer events against all."""
    text = (ROOT / "raw" / "project.toml").read_text("utf-8")
    said = text.replace("[analysis]\n", '[analysis]\nestimand = "these_events"\n')
    (tmp_path / "project.toml").write_text(said, encoding="utf-8")
    project, workspace = load_project(tmp_path), Workspace.split(ROOT / "raw", out)
    assert project.analysis.estimand == "these_events"
    needed = ("scores", "responses", "answers", "options", "attendance", "persons", "events")
    made = {name: tables.read(workspace, name) for name in needed}
    rows = headline(made, project.primary, project.analysis.estimand, 0.95)
    (found,) = [r for r in rows if r["outcome"] == "participation" and r["method"] == "korn_graubard"]

    listed = made["attendance"].groupby("event_id").size()
    frame = rederive.shares(out)
    y, event = frame["positive"], frame["event"]
    n = event.map(event.value_counts())
    everyone = np.maximum(event.map(listed), n)
    share = (y * everyone / n).sum() / (everyone / n).sum()
    score = (y - share) * everyone / n / (everyone / n).sum()
    centred = score.where(n == 1, score - score.groupby(event).transform("mean"))
    scale = (1 - n / everyone) * (n / (n - 1)).where(n > 1, 1.0)
    error = np.sqrt((scale * centred**2).sum())
    assert (found["estimate"], found["std_error"]) == pytest.approx((share, error), abs=1e-12)
    assert found["n_clusters"] == event.nunique()
    assert "as they were" in found["note"]
    # published is the other estimand: the same method, events as a sample of such events
    assert published.loc[("share_positive", "all", "korn_graubard"), "std_error"] > 1.2 * found["std_error"]


def test_the_mixed_model_is_at_the_top_of_its_likelihood(out, published):
    """At the top no parameter gains by a step; the distance left, in standard errors, is that of the quadrature."""
    data = rederive.items(out).dropna()
    found = published.xs("clmm_nested", level="method")
    assert int(found.loc[("sd=event", "all"), "n"]) == len(data)
    cuts = [float(found.loc[(f"threshold={c}|{c + 1}", "all"), "estimate"]) for c in range(1, 5)]
    effects = {i: float(found.loc[(f"item={i}", "all"), "estimate"]) for i in ("par2", "par3", "par4")}
    groups = found.loc["log_odds_ratio"]
    effects |= {g.removeprefix("target_group="): float(v) for g, v in groups["estimate"].items()}
    sds = tuple(float(found.loc[(f"sd={name}", "all"), "estimate"]) for name in ("event", "respondent"))

    def moved(kind: str, by: float) -> float:
        changed = effects | ({kind: effects[kind] + by} if kind in effects else {})
        spread = (sds[0] + by * (kind == "event"), sds[1] + by * (kind == "respondent"))
        return rederive.loglik(data, cuts, changed, spread)

    top = moved("", 0.0)
    for kind, step in (("youth", 0.1), ("event", 0.05), ("respondent", 0.05)):
        ahead, behind = moved(kind, step) - top, moved(kind, -step) - top
        slope, bend = (ahead - behind) / (2 * step), (ahead + behind) / step**2
        assert bend < 0
        assert abs(slope / bend) * np.sqrt(-bend) < 0.03, kind
