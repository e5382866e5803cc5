"""How long the estimators take, and where R is installed how long R takes on the same data in the same run.

    python benchmarks/models.py            (R with survey, ordinal, lme4, clubSandwich: their times stand beside)

Single thread: set OMP_NUM_THREADS=1 and OPENBLAS_NUM_THREADS=1. Median of the runs; R is asked first, then Python, so
that both find the machine in one mood. The data are drawn: answers of five options in events of nine, a group, three
margins. R's mixed models are run at 320 answers only: at 10,000 they take a minute each.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline.analysis.cluster_draws import draw_counts, ratio_draws
from pipeline.analysis.cluster_regression import cluster_regression
from pipeline.analysis.design import design, mean
from pipeline.analysis.effects import cliff_delta
from pipeline.analysis.mixed import binomial_mixed, ordinal_mixed
from pipeline.analysis.ordinal import proportional_odds
from pipeline.analysis.reliability import cronbach_alpha
from pipeline.analysis.share_limits import share_limits
from pipeline.analysis.specifications import curve, prepare
from pipeline.analysis.terms import terms
from pipeline.analysis.weights import rake
from pipeline.core.config import Params, Robustness

R_CODE = r"""
suppressMessages({library(survey); library(ordinal); library(lme4); library(clubSandwich)})
a <- commandArgs(TRUE); d <- read.csv(a[1], stringsAsFactors = TRUE); d$y <- factor(d$q1, ordered = TRUE)
d$event <- factor(d$event); runs <- as.integer(a[2]); big <- nrow(d) > 1000
timed <- function(name, f, n = runs) { f(); t <- replicate(n, { s <- proc.time()[[3]]; s0 <- Sys.time(); f()
  as.numeric(difftime(Sys.time(), s0, units = "secs")) }); cat(sprintf("%s;%.9f\n", name, median(t))) }
timed("share + logit CI", function() {
  s <- svydesign(~event, data = d, weights = ~one); svyciprop(~pos, s, df = degf(s)) })
timed("proportional odds", function() clm(y ~ group + age, data = d))
if (!big) timed("clmm Laplace", function() clmm(y ~ group + age + (1 | event), data = d), 3)
if (!big) timed("clmm AGQ10", function() clmm(y ~ group + age + (1 | event), data = d, nAGQ = 10), 3)
k <- aggregate(cbind(pos, one) ~ event, d, sum)
timed("glmer AGQ15, events", function()
  glmer(cbind(pos, one - pos) ~ 1 + (1 | event), k, family = binomial, nAGQ = 15), 3)
timed("CR2 + Satterthwaite", function() {
  m <- lm(pos ~ group, d); coef_test(m, vcovCR(m, d$event, "CR2")) }, if (big) 1 else runs)
m <- lapply(c("group", "age", "year"), function(v) setNames(as.data.frame(table(d[[v]]) * 2), c(v, "Freq")))
timed("raking, 3 margins", function() rake(svydesign(~event, data = d, weights = ~one), list(~group, ~age, ~year), m,
  control = list(maxit = 100, epsilon = 1e-8)))
q <- as.matrix(d[paste0("q", 1:4)])
timed("Cliff's delta", function() {
  x <- d$q1[d$group == "a"]; z <- d$q1[d$group == "b"]; mean(sign(outer(x, z, "-"))) })
n <- table(d$event); s <- tapply(d$pos, d$event, sum); g <- length(n)
timed("bootstrap, 2000", function() { i <- matrix(sample.int(g, g * 2000, TRUE), g)
  quantile(colSums(matrix(s[i], g)) / colSums(matrix(n[i], g)), c(.025, .975)) })
"""


def drawn(n: int) -> pd.DataFrame:
    """Return answers whose cluster, group, age and year matter a little."""
    rng = np.random.default_rng([20562, n])
    event = np.sort(rng.integers(0, max(n // 9, 5), n))
    frame = pd.DataFrame({"event": event, "one": 1, "group": rng.choice(["a", "b", "c"], n)})
    frame["age"], frame["year"] = rng.choice(["young", "middle", "old"], n), 2016 + event % 3
    effect = rng.normal(0, 0.7, event.max() + 1)[event] + 0.5 * (frame["group"] == "a")
    for i in range(1, 5):
        latent = effect + rng.logistic(size=n)
        frame[f"q{i}"] = np.digitize(latent, [-2.5, -1.0, 0.3, 1.8]) + 1
    return frame.assign(pos=(frame["q1"] > 3).astype(int))


def tasks(d: pd.DataFrame) -> dict[str, Callable[[], object]]:
    """Return what is timed; each from the answers on, as R is."""
    margins = {v: d[v].value_counts() * 2 for v in ("group", "age", "year")}
    a, b = (d.loc[d["group"] == g, "q1"] for g in "ab")
    return {
        "share + logit CI": lambda: share_limits(mean(d["pos"], design(len(d), cluster=d["event"])), "logit"),
        "proportional odds": lambda: proportional_odds(d["q1"], terms(d, ["group", "age"])),
        "clmm Laplace": lambda: ordinal_mixed(d["q1"], d["event"], terms(d, ["group", "age"]), nodes=1),
        "clmm AGQ10": lambda: ordinal_mixed(d["q1"], d["event"], terms(d, ["group", "age"]), nodes=10),
        "glmer AGQ15, events": lambda: _glmer(d),
        "CR2 + Satterthwaite": lambda: _cr2(d),
        "raking, 3 margins": lambda: rake(d[["group", "age", "year"]], margins),
        "Cronbach's alpha": lambda: cronbach_alpha(d[["q1", "q2", "q3", "q4"]], "x"),
        "Cliff's delta": lambda: cliff_delta(a, b),
        "bootstrap, 2000": lambda: _bootstrap(d),
    }


def _glmer(d: pd.DataFrame) -> object:
    counts = d.groupby("event")["pos"].agg(["sum", "count"])
    return binomial_mixed(counts["sum"], counts["count"], counts.index)


def _cr2(d: pd.DataFrame) -> object:
    columns = np.column_stack([np.ones(len(d)), d["group"] == "b", d["group"] == "c"])
    fit = cluster_regression(d["pos"], columns, d["event"])
    return [fit.contrast(line) for line in np.eye(3)]


def _bootstrap(d: pd.DataFrame) -> object:
    codes = d["event"].to_numpy()
    k, n = np.bincount(codes, d["pos"]), np.bincount(codes).astype(float)
    return ratio_draws(k[n > 0], n[n > 0], draw_counts(int((n > 0).sum()), 2000, 1))


def seconds(task: Callable[[], object], runs: int) -> float:
    """Return the median of some runs; the first does not count."""
    task()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def of_r(d: pd.DataFrame, runs: int) -> dict[str, float]:
    """Return R's seconds by task; none where R or one of its packages is absent."""
    program = shutil.which("Rscript")
    if program is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        code, data = Path(folder) / "time.R", Path(folder) / "data.csv"
        code.write_text(R_CODE, encoding="utf-8")
        d.to_csv(data, index=False)
        done = subprocess.run([program, str(code), str(data), str(runs)], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"R stopped: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'no reason given'}")
    pairs = (line.split(";") for line in done.stdout.splitlines() if ";" in line)
    return {name: float(value) for name, value in pairs}


def two_hundred(d: pd.DataFrame) -> Callable[[], object]:
    """Return a specification curve of more than 200 specifications with 2,000 replicates: the shipped choices."""
    shipped = Params().robustness
    choices = Robustness.model_validate({**shipped.model_dump(), "replicates": 2000})
    ids = pd.Series([f"r{i}" for i in range(len(d))])
    event = d["event"].map("E{}".format)
    responses = pd.DataFrame({"response_id": ids, "event_id": event, "role": "participant", "mode": "web"})
    items = [f"q{i}" for i in range(1, 5)]
    answers = pd.concat([pd.DataFrame({"response_id": ids, "item": q, "value": d[q].astype(float)}) for q in items])
    codebook = pd.DataFrame(
        {"item": items, "construct": "x", "minimum": 1.0, "maximum": 5.0, "reversed": False, "type": "select_one"}
    )
    attendance = pd.DataFrame({"event_id": np.repeat(event.to_numpy(), 2)})
    answers["missing_reason"] = None
    return partial(curve, prepare(answers, codebook, responses, attendance), ["x"], choices, 0.95)


def main() -> None:
    """Print one row per task and size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[320, 10_000])
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    print("| task | answers | ours, ms | R, ms | ours / R |\n|---|---:|---:|---:|---:|")
    for n in given.sizes:
        d = drawn(n)
        r = of_r(d, given.runs)
        for name, task in tasks(d).items():
            own = seconds(task, 3 if n > 1000 else given.runs)
            beside = f"{r[name] * 1e3:.2f} | {own / r[name]:.2f}" if name in r else "- | -"
            print(f"| {name} | {n} | {own * 1e3:.2f} | {beside} |", flush=True)
    task = two_hundred(drawn(320))
    size = len(task())  # type: ignore[arg-type]
    print(
        f"| specification curve, {size} specifications, 2,000 replicates | 320 | {seconds(task, 1) * 1e3:.0f} | - | - |"
    )


if __name__ == "__main__":
    main()
