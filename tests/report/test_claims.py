"""Claims: rule by rule with worked values, then whole, as they come from the file."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest

from pipeline.core import contracts
from pipeline.core.claims import Claim, load_claims
from pipeline.core.config import Params, Project
from pipeline.core.errors import ConfigError
from pipeline.report.claims import judged as claims
from pipeline.report.claims import rules as claim_rules
from pipeline.report.claims.quantities import Numbers, Quantity
from pipeline.report.disclosure import gate

NAN = math.nan


def table(name, rows):
    return contracts.check(name, pd.DataFrame(list(rows)).reindex(columns=contracts.CONTRACTS[name].column_names))


def estimate(share, low, high, n=100, group="all", method="cluster_logit_t", outcome="participation", **more):
    row = {"outcome": outcome, "term": "share_positive", "group": group, "method": method, "n": n, "unit": "share"}
    return {**row, "estimate": share, "ci_low": low, "ci_high": high, "ci_level": 0.95, **more}


def fact(key, value, kind="exact", unit="persons", **more):
    labels = {f"label_{code}": key for code in ("fi", "sv", "en")}
    return {"key": key, "value": value, "kind": kind, "unit": unit, "source": "x", **labels, **more}


def item(name, design="transition", construct="participation"):
    return {"item": name, "question": name, "position": 1, "construct": construct, "type": "select_one"} | {
        "design": design, "minimum": 1, "maximum": 5, "reversed": False,
    }  # fmt: skip


PROJECT = Project.model_validate(
    {
        "project": {"code": "S1", "name": "Hanke 7"},
        "outcomes": [
            {"key": "participation", "label": {"fi": "Osallisuus"}, "primary": True},
            {"key": "self_initiative", "label": {"fi": "Omatoimisuus"}, "primary": True},
        ],
    }
)
ESTIMATES = table(
    "estimates",
    [
        estimate(0.74, 0.67, 0.80, 318),
        estimate(0.74, 0.69, 0.79, 318, method="wilson"),
        estimate(0.55, 0.49, 0.61, outcome="self_initiative"),
        estimate(0.30, 0.20, 0.40, outcome="community"),
        estimate(0.60, 0.30, 0.85, 6, group="role=x"),
        estimate(0.60, NAN, NAN, 20, group="role=y"),
        estimate(0.60, 0.38, 0.79, 20, group="role=y", method="wilson"),
    ],
)
FACTS = table(
    "facts",
    (
        fact("people", 545, "approximate"),
        fact("largest", 40, "at_least"),
        fact("crowd", 5595, "indirect"),
        fact("actions", 22, unit="actions"),
    ),
)


def numbers(designs=("transition",)):
    items = [item(f"i{i}", design) for i, design in enumerate(designs)]
    items += [item("s1", construct="self_initiative"), item("c1", "post_only", "community")]
    return Numbers(gate(ESTIMATES, Params()), FACTS, table("items", items), PROJECT)


def claim(text="Vastanneista {share} ({n}) kertoi osallisuutensa lisääntyneen.", says="most", of=None, **more):
    texts = text if isinstance(text, dict) else {"fi": text}
    of = of or [{"outcome": "participation"}]
    return Claim.model_validate({"key": "c", "text": texts, "says": says, "of": of, **more})


def judged(*args, designs=("transition",), **more):
    return claims.judge([claim(*args, **more)], numbers(designs))[0]


def quantity(low, high, value=None):
    value = (low + high) / 2 if value is None else value
    return Quantity(value, low, high, 10, "share", "exact", (), False, "s")


@pytest.mark.parametrize(
    ("says", "low", "high", "expected"),
    [
        ("most", 0.51, 0.60, "holds"),
        ("most", 0.50, 0.60, "too_uncertain"),  # one half is not most
        ("most", 0.40, 0.50, "does_not_hold"),
        ("most", 0.40, 0.51, "too_uncertain"),
        ("minority", 0.40, 0.49, "holds"),
        ("minority", 0.50, 0.60, "does_not_hold"),
        ("increase", 0.01, 0.20, "holds"),
        ("increase", -0.01, 0.20, "too_uncertain"),
        ("increase", -0.20, -0.01, "does_not_hold"),
        ("decrease", -0.20, -0.01, "holds"),
        ("difference", -0.20, -0.01, "holds"),
        ("difference", -0.20, 0.01, "too_uncertain"),  # no difference is never shown by an interval around 0
        ("number", 0.1, 0.9, "holds"),
    ],
)
def test_the_interval_decides(says, low, high, expected):
    assert claim_rules.verdict(claim("x", says), quantity(low, high)) == expected


@pytest.mark.parametrize(
    ("says", "value", "expected"),
    [
        ("more_than", 20, "holds"), ("more_than", 22, "does_not_hold"), ("less_than", 23, "holds"),
        ("about", 22.9, "holds"), ("about", 24, "does_not_hold"),
    ],
)  # fmt: skip
def test_a_count_is_compared_itself(says, value, expected):
    result = judged("Toimenpiteitä oli {value}.", says, [{"fact": "actions"}], value=value)
    assert result.verdict == expected


def test_the_quoted_interval_is_the_clustered_one_and_the_sentence_is_filled():
    result = judged("vastanneista {share} (väli {interval}, n = {n}, {count} vastaajaa) kertoi sen lisääntyneen.")
    assert result.sentence["fi"] == (
        "Vastanneista 74\u00a0% (väli 67–80\u00a0%, n = 318, 235 vastaajaa) kertoi sen lisääntyneen."
    )
    assert result.verdict == "holds" and "yläpuolella" in result.reason["fi"] and "above" in result.reason["en"]
    assert result.values[0]["low"] == 0.67


def test_without_a_clustered_interval_wilsons_is_quoted():
    of = [{"outcome": "participation", "group": "role=y"}]
    assert judged("Vastanneista {share} ({n}) kertoi lisäyksestä.", of=of).values[0]["low"] == 0.38


def test_a_claim_of_two_outcomes_is_as_weak_as_its_weaker():
    of = [{"outcome": "participation"}, {"outcome": "self_initiative", "name": "own"}]
    result = judged("Vastanneista {share} ({n}) ja {own.share} ({own.n}) kertoi lisäyksestä.", of=of)
    assert result.verdict == "too_uncertain"
    assert [value["verdict"] for value in result.values] == ["holds", "too_uncertain"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Listoilla oli {value} henkilöä.", "Listoilla oli noin 545 henkilöä."),
        ("Listoilla oli noin {fact.people} henkilöä.", "Listoilla oli noin 545 henkilöä."),
        ("{fact.largest} yhdistystä.", "Vähintään 40 yhdistystä."),
        ("Tavoitettiin {fact.crowd}.", "Tavoitettiin arviolta 5\u00a0595."),
        ("Toimenpiteitä oli {fact.actions}.", "Toimenpiteitä oli 22."),
    ],
)
def test_a_number_is_said_with_the_word_its_kind_asks_for(text, expected):
    assert judged(text, "number", [{"fact": "people"}]).sentence["fi"] == expected


def test_a_small_group_is_hidden_and_its_number_is_nowhere():
    result = judged(
        "Vastanneista {share} ({n}) kertoi lisäyksestä.", of=[{"outcome": "participation", "group": "role=x"}]
    )
    assert result.verdict == "hidden"
    assert result.sentence["fi"] == "Vastanneista – (–) kertoi lisäyksestä."
    assert "0.6" not in json.dumps(result.values)


def test_the_strength_is_held_against_the_design():
    assert judged(strength="caused", designs=("pre_post",)).verdict == "not_from_this_design"
    assert judged(strength="contributed", designs=("pre_post",)).verdict == "holds"
    assert judged(strength="contributed", designs=("transition",)).verdict == "not_from_this_design"
    assert judged(strength="consistent_with", designs=("transition", "post_only")).verdict == "not_from_this_design"


def test_a_causal_sentence_and_one_about_everybody_cannot_be_said():
    caused = judged({"fi": "Hanke lisäsi {share} vastanneista ({n}).", "en": "{share} of respondents ({n}) said so."})
    assert caused.verdict == "not_from_this_design" and "lisäsi" in caused.reason["fi"]
    assert judged("Asukkaista {share} ({n}) koki muutoksen.").verdict == "not_from_this_design"


def test_a_typed_number_of_nobody_is_a_wrong_number():
    result = judged("Vastanneista 75 % ({n}) kertoi lisäyksestä.")
    assert result.verdict == "wrong_number" and "75 %" in result.reason["fi"]
    assert judged("Vastanneista 74 % ({n}) kertoi lisäyksestä Hanke 7:ssä.").verdict == "holds"


def test_a_percentage_stands_with_its_own_base():
    assert judged("Vastanneista {share} kertoi lisäyksestä.").verdict == "wrong_number"
    of = [{"outcome": "participation"}, {"outcome": "self_initiative", "name": "own"}]
    result = judged("Vastanneista {share} ja {own.share} ({n}) kertoi lisäyksestä.", "number", of)
    assert result.verdict == "wrong_number" and "{own.n}" in result.reason["en"]


@pytest.mark.parametrize(
    ("of", "text", "says"),
    [
        ([{"outcome": "participaton"}], "x", "there is no outcome 'participaton'"),
        ([{"outcome": "participation", "group": "role=q"}], "x", "there is no group 'role=q'"),
        ([{"fact": "poeple"}], "x", "there is no fact 'poeple'"),
        ([{"fact": "people"}], "{share} x", "there is no 'share'"),
        ([{"fact": "people"}], "{fact.nobody}", "there is no fact 'nobody'"),
        ([{"fact": "people"}], "{other.n}", "unknown placeholder {other.n}"),
        ([{"fact": "people"}], "{value", "a brace that is no placeholder"),
    ],
)
def test_what_does_not_exist_is_named_with_what_does(of, text, says):
    with pytest.raises(ConfigError, match=says) as caught:
        judged(text, "number", of)
    assert "claim c" in str(caught.value)
    assert "allowed" in str(caught.value) or "to fix" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('[[claims]]\nkey = "a"\nsays = "mots"\nof = [{fact="x"}]\ntext.fi = "x"', "says"),
        ('[[claims]]\nkey = "a"\nsays = "about"\nof = [{fact="x"}]\ntext.fi = "x"', "needs a value"),
        ('[[claims]]\nkey = "a"\nsays = "most"\nof = [{fact="x", outcome="y"}]\ntext.fi = "x"', "one of the two"),
        ('[[claims]]\nkey = "a"\nsays = "number"\nof = [{fact="x"}, {fact="y"}]\ntext.fi = "x"', "name of its own"),
        ('[[claims]]\nkey = "a"\nsays = "number"\nof = [{fact="x"}]\n', "text"),
        ('[[claims]]\nkey = "a"\nsays = "number"\nof = [{fact="x"}]\ntext.fi = "x"\n' * 2, "used twice"),
        ("[[claims", "not valid TOML"),
    ],
)
def test_a_faulty_file_is_refused_by_entry(tmp_path, content, says):
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "claims.toml").write_text(content, "utf-8")
    with pytest.raises(ConfigError, match=says):
        load_claims(tmp_path)


def test_a_project_without_the_file_makes_no_claims(tmp_path):
    assert load_claims(tmp_path) == ()


def test_what_is_written_is_read_and_the_order_of_subjects_changes_no_verdict(tmp_path):
    of = [{"outcome": "participation", "name": "a"}, {"outcome": "self_initiative", "name": "b"}]
    text = "Vastanneista {a.share} ({a.n}) ja {b.share} ({b.n}) kertoi lisäyksestä."
    results = [judged(text, of=order) for order in (of, of[::-1])]
    assert results[0].verdict == results[1].verdict and results[0].sentence == results[1].sentence
    claims.write_json(tmp_path / claims.FILE, results)
    assert claims.load(tmp_path) == results
    assert claims.load(tmp_path / "nowhere") == []
