"""Texts of the outcomes, pooled, change, before-and-now and repeat-visits figures."""

from __future__ import annotations

import re
import string
from dataclasses import asdict

import pandas as pd
import pytest
from released_rows import released

from pipeline.core import contracts, words
from pipeline.core.config import Params, Project
from pipeline.core.errors import AnalysisError
from pipeline.report import figure_texts_change, figure_texts_outcomes, figure_texts_visits, interval_texts
from pipeline.report.texts import in_languages

LANGUAGES = pytest.mark.parametrize("language", words.LANGUAGES)
OUTCOMES = {"own": ("Oma", "Egen", "Own"), "two": ("Toinen", "Annan", "Second"), "last": ("Muu", "Övrig", "Other")}
PROJECT = Project.model_validate(
    {
        "project": {"code": "S1", "name": "P"},
        "outcomes": [
            {"key": k, "label": dict(zip(words.LANGUAGES, t, strict=True)), "primary": k != "last"}
            for k, t in OUTCOMES.items()
        ],
    }
)
PARAMS = Params()


def table(name, rows):
    return contracts.check(name, pd.DataFrame(list(rows)).reindex(columns=contracts.CONTRACTS[name].column_names))


def shown_of(*rows, terms=()):
    return released(table("estimates", rows), terms=terms)


def row(outcome, term, value, method, n=40, group="all", low=None, high=None, clusters=8, unit="share"):
    base = {"outcome": outcome, "term": term, "group": group, "method": method, "n": n, "n_excluded": 1}
    return {**base, "n_clusters": clusters, "estimate": value, "ci_low": low, "ci_high": high} | {
        "ci_level": 0.95, "unit": unit,
    }  # fmt: skip


def item(name, construct=None, design="transition", **more):
    base = {"item": name, "question": name, "position": 1, "construct": construct, "type": "select_one"}
    labels = {"label_fi": f"Kysymys {name}?", "label_sv": f"Fråga {name}?", "label_en": f"Question {name}?"}
    return {**base, "design": design, "minimum": 1, "maximum": 5, "reversed": False} | labels | more


ITEMS = table(
    "items",
    [
        item("a1", "own"), item("a2", "own", reversed=True), item("b1", "two"), item("c1", "last", "post_only"),
        item("p0", None, "post_then_pre", pair="often", occasion="before"),
        item("p1", None, "post_then_pre", pair="often", occasion="now"),
    ],
)  # fmt: skip
OPTIONS = table(
    "options",
    [
        {"question": "p1", "code": c, "position": int(c), "label_fi": f"taso {c}", "label_en": f"level {c}"}
        for c in "123"
    ],
)


def outcomes(language, **shares):
    shares = shares or {"own": 0.7, "two": 0.52, "both_primary": 0.45, "last": 0.6}
    rows = [row(k, "share_positive", v, "cluster_logit_t", low=v - 0.1, high=v + 0.1) for k, v in shares.items()]
    return figure_texts_outcomes.outcomes(shown_of(*rows), ITEMS, PROJECT, PARAMS, language)


def pooled(language, pairs=((0.9, 0.75), (0.4, 0.65), (0.5, 0.7)), last_n=4, width=0.15):
    rows = []
    for i, (own, drawn) in enumerate(pairs):
        group, n = f"action_id=T{i}", last_n if i == len(pairs) - 1 else 20
        rows.append(row("own", "share_positive", own, "wilson", n, group))
        rows.append(row("own", "share_positive", drawn, "glmm_pooled", n, group, drawn - width, drawn + width))
    return figure_texts_outcomes.pooled(shown_of(*rows), PROJECT, PARAMS, "own", ["transition"], language)


def ways(outcome, down, same, up):
    n = down + same + up
    return [row(outcome, f"change={w}", k / n, "wilson", n) for w, k in {"down": down, "same": same, "up": up}.items()]


def net(outcome, value, low, high, clusters=8):
    return row(outcome, "change", value, "dominance_jackknife", low=low, high=high, clusters=clusters)


def change(language, *rows, outcome="own"):
    rows = rows or (
        *ways("own", 3, 108, 127),
        *ways("a1", 20, 40, 40),
        *ways("a2", 20, 30, 50),
        net("own", 0.5, 0.4, 0.6),
    )
    return figure_texts_change.change(shown_of(*rows), ITEMS, PROJECT, PARAMS, outcome, language)


def before_now(language):
    rows = []
    for code, (before, now) in {"1": (0.5, 0.2), "2": (0.3, 0.3), "3": (0.2, 0.5)}.items():
        rows += [row("often", f"before code={code}", before, "wilson"), row("often", f"now code={code}", now, "wilson")]
        rows.append(row("often", f"code={code}", now - before, "paired_change", low=-0.4, high=0.4))
        rows.append(row("often", f"code={code} of asked", -0.9, "paired_change", low=-1, high=0.4))
    return figure_texts_change.before_now(shown_of(*rows), ITEMS, OPTIONS, PARAMS, "often", language)


def visits(language, counts=(300, 100, 20)):
    rows = [
        row("reach", "persons", float(c), "count", c, f"events={name}", unit="persons", clusters=None)
        for name, c in zip(("1", "2", "3+"), counts, strict=True)
    ]
    return figure_texts_visits.visits(shown_of(*rows), PARAMS, language)


def every(language):
    return [outcomes(language), pooled(language), change(language), before_now(language), visits(language)]


@LANGUAGES
def test_every_figure_has_a_title_a_caption_and_an_alt_text_in_sentences(language):
    for texts in every(language):
        assert texts.title and not texts.title.endswith(".")
        assert texts.caption.endswith(texts.caveat) and texts.caveat.endswith(".")
        for text in (texts.caption, texts.alt):
            assert text.endswith(".") and len(text) > 40
            assert not re.search(r"[{}]|\bnan\b|<NA>|None|  |\.\.|\?\S", text), text


@LANGUAGES
def test_no_text_says_that_the_project_caused_anything_and_no_attendee_is_an_esf_participant(language):
    said = " ".join(" ".join(asdict(texts).values()) for texts in every(language)).lower()
    assert not any(w in said for w in ("aiheut", "ansiosta", "orsaka", "tack vare", "caused", "thanks"))
    for denial in ("eivät esr-henkilöosallistujia", "inte esf-deltagare", "not esf participants"):
        said = said.replace(denial, "")
    assert not re.search(r"esr-|esf", said)


def test_the_same_numbers_are_said_in_every_language():
    for kind in range(5):
        alts = [every(language)[kind].alt.replace("\xa0", "").replace(",", ".") for language in words.LANGUAGES]
        found = [sorted(float(x) for x in re.findall(r"\d+(?:\.\d+)?", alt)) for alt in alts]
        assert found[0] == found[1] == found[2]
        assert len(set(alts)) == 3


def test_sentences_have_the_same_blanks_in_every_language():
    tables = [
        figure_texts_outcomes._TEXTS,
        figure_texts_change._TEXTS,
        figure_texts_visits._TEXTS,
        interval_texts.INTERVALS,
    ]
    for sentences in (s for t in tables for s in t.values()):
        blanks = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in sentences]
        assert blanks[0] == blanks[1] == blanks[2]


def test_outcomes_name_those_that_are_surely_most_in_the_order_of_the_project():
    alt = outcomes("en", last=0.9, both_primary=0.45, own=0.7, two=0.55).alt
    assert alt.startswith("Share positive: Own 70% (60–80%), Second 55% (45–65%), All primary ones at once 45%")
    assert alt.endswith("wholly above one half: Own, Other.")
    assert "For no outcome" in outcomes("en", own=0.55).alt


def test_outcomes_asked_once_are_no_change_and_bring_their_caveat():
    both, only = outcomes("en"), outcomes("en", own=0.7)
    assert "change" not in both.title and "change" in only.title
    assert "does not show change" in both.caveat and "does not show change" not in only.caveat
    assert both.caveat.count("The result concerns respondents only.") == 1


def test_no_outcome_is_refused():
    with pytest.raises(AnalysisError, match="no outcome"):
        figure_texts_outcomes.outcomes(
            shown_of(row("own", "share_positive", None, "wilson")), ITEMS, PROJECT, PARAMS, "fi"
        )


def test_pooled_shares_say_whether_the_actions_can_be_told_apart():
    assert "(2) are 40–90%, the pooled ones 65–75%. All pooled intervals overlap" in pooled("en").alt
    assert "Not all pooled intervals overlap" in pooled("en", width=0.01).alt
    assert "fewer than 10" in pooled("en").caption and "fewer than" not in pooled("en", last_n=20).caption
    with pytest.raises(AnalysisError, match="no action"):
        pooled("fi", pairs=((0.5, 0.5),))


def test_percentages_of_change_are_those_printed_in_the_bars():
    alt = change("en").alt
    assert "better 53%, no change 45%, change for the worse 1% (n = 238)" in alt  # each rounded by itself
    assert "by 50.0 percentage points" in alt and "40 to 50%" in alt


@pytest.mark.parametrize(
    ("limits", "says"),
    [((0.4, 0.3, 0.5), "better than for the worse, by"), ((0.1, -0.1, 0.3), "cannot be said"),
     ((-0.4, -0.5, -0.3), "worse than for the better")],
)  # fmt: skip
def test_the_finding_follows_the_interval(limits, says):
    assert says in change("en", *ways("own", 30, 30, 40), net("own", *limits)).alt


def test_the_interval_is_over_events_or_people():
    assert "one event at a time" in change("en").caption
    of_people = change("en", *ways("own", 30, 30, 40), net("own", 0.1, 0, 0.2, clusters=None)).caption
    assert "one respondent at a time" in of_people


def test_a_pair_has_its_own_words_and_a_reversed_item_is_marked():
    texts = change("en", *ways("often", 30, 30, 40), outcome="often")
    assert "one about before" in texts.caption and "mean of a respondent" not in texts.caption
    labels = figure_texts_change.change_labels(ITEMS, PROJECT, "own", "en")
    assert labels == {"own": "Own", "a1": "Question a1?", "a2": "Question a2? (reversed)"}
    assert figure_texts_change.change_labels(ITEMS, PROJECT, "last", "en") == {}
    assert figure_texts_change.change_labels(ITEMS, PROJECT, "often", "fi") == {"often": "Kysymys p1?"}


def test_no_change_to_describe_is_refused():
    with pytest.raises(AnalysisError, match="no change"):
        change("fi", *ways("a1", 30, 30, 40))


def test_before_and_now_name_the_options_that_moved_most_among_the_same_people():
    alt = before_now("en").alt
    assert "“level 3” (20% → 50%)" in alt and "“level 1” (50% → 20%)" in alt


def test_visits_give_no_sum_where_one_of_them_is_hidden():
    whole, hidden = visits("en"), visits("en", (300, 100, 3))
    assert whole.caption.startswith("n = 420 people.") and "29% of the people came more than once" in whole.alt
    assert "420" not in hidden.caption and "403" not in hidden.caption + hidden.alt
    assert "Small numbers are not shown." in hidden.alt and "fewer than 10 people" in hidden.caption


@LANGUAGES
def test_a_hidden_way_is_neither_said_nor_given_back(language):
    rows = [*ways("own", 3, 37, 60), net("own", 0.57, 0.4, 0.7)]
    shown = shown_of(*rows, terms=["change=down", "change=same"])
    texts = figure_texts_change.change(shown, ITEMS, PROJECT, PARAMS, "own", language)
    assert re.search(r"\b60\W?%", texts.alt) and not re.search(r"\b(3|37|40|57)\b", texts.alt + texts.caption)
    assert re.search("Pieniä määriä|Små antal|Small numbers", texts.alt)
    assert "…" in texts.caption


def test_a_pair_whose_options_are_hidden_says_so():
    rows = [row("often", f"{w}code=1", 0.02, m) for w, m in (("before ", "wilson"), ("now ", "wilson"))]
    shown = shown_of(*rows, row("often", "code=1", 0.01, "paired_change"), terms=["before code=1"])
    texts = figure_texts_change.before_now(shown, ITEMS, OPTIONS, PARAMS, "often", "en")
    assert texts.alt == "Small numbers are not shown." and "…" in texts.caption


def test_texts_can_be_made_for_all_languages_at_once():
    shown = shown_of(row("own", "share_positive", 0.7, "wilson", low=0.6, high=0.8))
    made = in_languages(figure_texts_outcomes.outcomes, shown, ITEMS, PROJECT, PARAMS)
    assert set(made) == set(words.LANGUAGES)
