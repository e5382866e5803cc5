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
from pipeline.report import alt_texts, figure_texts

LANGUAGES = pytest.mark.parametrize("language", words.LANGUAGES)
#: The only sentence that may use the fund's word for people registered one by one: the one that denies it.
DENIALS = ("eivät ESR-henkilöosallistujia", "inte ESF-deltagare", "not ESF participants")


def table(name, rows):
    return contracts.check(name, pd.DataFrame(list(rows)).reindex(columns=contracts.CONTRACTS[name].column_names))


def project(language):
    label = {"fi": "Osallisuus", "sv": "Delaktighet", "en": "Participation"}
    outcome = {"key": "participation", "label": label, "primary": True}
    return Project.model_validate({"project": {"code": "S1", "name": "P", "language": language}, "outcomes": [outcome]})


def estimate(outcome, term, group, n, share, method="wilson", **more):
    row = {"outcome": outcome, "term": term, "group": group, "method": method, "n": n, "n_excluded": 0}
    return {**row, "estimate": share, "unit": "share", "ci_level": 0.95, **more}


def items(*names, turned=(), design="transition", **more):
    rows = [
        {"item": n, "question": n, "position": i, "construct": "participation", "type": "select_one", "design": design}
        | {"minimum": 1, "maximum": 5, "reversed": n in turned, "label_fi": f"Väite {n}", "label_sv": f"Fråga {n}"}
        | {"label_en": f"Item {n}"}
        | more
        for i, n in enumerate(names)
    ]
    return table("items", rows)


def positive(**shares):
    rows = [estimate(item, "positive", "all", 30 + i, share) for i, (item, share) in enumerate(shares.items())]
    rows += [{**r, "term": "negative", "estimate": 0.99} for r in rows]
    rows += [{**r, "method": "cluster_logit_t"} for r in rows]
    return released(table("estimates", rows))


def likert(language, shares, **more):
    return figure_texts.likert(
        positive(**shares), items(*shares, **more), project(language), "participation", 40, language
    )


OVERALL = estimate(
    "participation", "share_positive", "all", 30, 0.703, "cluster_logit_t",
    n_excluded=2, n_clusters=6, ci_low=0.6, ci_high=0.79,
)  # fmt: skip


def group(name, n, share=0.6, low=0.4, high=0.8):
    return estimate(
        "participation", "share_positive", name, n, share, "wilson_icc", ci_low=low, ci_high=high, n_clusters=2
    )


def forest(language, *rows, by="role", design="transition"):
    shown = released(table("estimates", rows or (OVERALL, group("role=a", 20), group("role=b", 4))))
    return figure_texts.forest(shown, project(language), Params(), "participation", by, design, language)


def reach(language):
    counts = [("2017-02", 5, 3, 12), ("2016-04", 10, 9, 9), ("all", 15, 12, 12)]
    rows = [
        estimate("reach", term, "all" if when == "all" else f"month={when}", None, value, "count", unit="persons")
        for when, *values in counts
        for term, value in zip(("visits", "new_persons", "distinct_persons"), values, strict=True)
    ]
    return figure_texts.reach(released(table("estimates", rows)), language)


def ledger(language):
    fates = ("rows_read", "accepted", "duplicate", "quarantined")
    counts = [("a.csv", None, (1000, 990, 8, 2)), ("b.xlsx", "S1", (9, 9, 0, 0)), ("b.xlsx", "S2", (4, 0, 0, 4))]
    rows = [{"scope": "file", "unit": u, "part": p, **dict(zip(fates, c, strict=True))} for u, p, c in counts]
    rows.append({"scope": "event", "unit": "E1", "returned": 30})
    return figure_texts.ledger(released(table("ledger", rows)), language)


def every(language):
    usual = likert(language, {"q1": 0.815, "q2": 0.5}, turned={"q2"})
    return {"likert": usual, "forest": forest(language), "reach": reach(language), "ledger": ledger(language)}


@LANGUAGES
def test_every_figure_has_a_title_a_caption_and_an_alt_text_in_sentences(language):
    for texts in every(language).values():
        assert list(asdict(texts)) == ["title", "caption", "alt", "caveat"]
        assert texts.title and not texts.title.endswith(".")
        for text in (texts.caption, texts.alt):
            assert text.endswith(".") and len(text) > 40
            assert not re.search(r"[{}]|\bnan\b|<NA>|None|  |\.\.", text), text


@LANGUAGES
def test_no_attendee_is_called_a_participant_of_the_fund_but_to_deny_it(language):
    said = " ".join(" ".join(asdict(texts).values()) for texts in every(language).values())
    assert sum(said.count(denial) for denial in DENIALS) == 2  # caption and caveat
    for denial in DENIALS:
        said = said.replace(denial, "")
    assert not re.search(r"ESR|ESF|henkilöosallistuj|deltagare\b|participants?\b(?<!Participation)", said)


@LANGUAGES
def test_no_text_says_that_the_project_caused_anything(language):
    said = " ".join(" ".join(asdict(texts).values()) for texts in every(language).values()).lower()
    assert not any(
        w in said for w in ("aiheut", "ansiosta", "vaikutuksesta", "orsaka", "tack vare", "caused", "thanks")
    )


def test_the_three_languages_say_different_things_of_the_same_numbers():
    for kind in every("fi"):
        texts = [every(language)[kind] for language in words.LANGUAGES]
        for part in ("title", "caption", "alt"):
            assert len({getattr(t, part) for t in texts}) == 3
        numbers = [sorted(re.findall(r"\d+", t.alt.replace(",", "").replace("\xa0", ""))) for t in texts]
        assert numbers[0] == numbers[1] == numbers[2]


def test_the_alternatives_have_the_same_blanks_in_every_language():
    for sentences in (*alt_texts._ALT.values(), *figure_texts._TITLES.values()):
        blanks = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in sentences]
        assert blanks[0] == blanks[1] == blanks[2]


def test_items_name_the_highest_and_the_lowest_share():
    texts = likert("fi", {"q1": 0.5, "q2": 0.815, "q3": 0.6})
    assert "kysymyksiä 3" in texts.alt
    assert "eniten kohdassa ”Väite q2” (82\xa0%) ja vähiten kohdassa ”Väite q1” (50\xa0%)." in texts.alt
    assert texts.title == "Osallisuus: vastausten jakauma"
    assert texts.caption.startswith("n = 30–32/40 vastausta.")


@pytest.mark.parametrize(
    ("language", "mark", "low"),
    [("fi", "käännet", "matala pää"), ("sv", "omvänd", "låga ända"), ("en", "reversed", "low end")],
)
def test_a_reversed_item_says_which_end_its_positive_share_is_of(language, mark, low):
    turned, straight = likert(language, {"q1": 0.8, "q2": 0.5}, turned={"q2"}), likert(language, {"q1": 0.8, "q2": 0.5})
    assert mark in turned.alt.lower() and low in turned.alt
    assert mark in turned.caption.lower() and low in turned.caption
    assert mark not in (straight.alt + straight.caption).lower()
    # only the reversed one is marked in the alt text, and only where it is named
    assert turned.alt.lower().count(mark) == 1
    assert mark not in likert(language, {"q1": 0.8, "q2": 0.6, "q3": 0.5}, turned={"q2"}).alt.lower()


@LANGUAGES
def test_one_item_is_neither_the_highest_nor_the_lowest(language):
    alt = likert(language, {"q1": 0.77}).alt
    assert alt.count("q1") == 1
    assert "77" in alt


@LANGUAGES
def test_items_nobody_answered_have_no_share(language):
    assert "q2" not in likert(language, {"q1": 0.77, "q2": None}).alt
    assert "%" not in likert(language, {"q1": None, "q2": None}).alt


def test_an_item_without_a_label_in_the_language_has_another():
    assert "Item q1" in likert("fi", {"q1": 0.77}, label_fi=None, label_sv=None).alt


def test_items_of_several_designs_have_each_caveat_once():
    mixed = pd.concat([items("q1"), items("q2", "q3", design="post_only")])
    texts = figure_texts.likert(positive(q1=0.7, q2=0.6, q3=0.5), mixed, project("fi"), "participation", 40, "fi")
    assert texts.caption.count("vertailuryhmää ole") == 2


def test_items_without_a_positive_side_are_not_described():
    with pytest.raises(AnalysisError, match="positive side"):
        figure_texts.likert(positive(q9=0.5), items("q1"), project("fi"), "participation", 40, "fi")


def test_groups_shown_are_counted_and_hidden_ones_told():
    texts = forest("fi")
    assert texts.title == "Osallisuus: myönteistä muutosta kokeneiden osuus, roolin mukaan"
    assert "kaikkien vastanneiden osuus on 70\xa0% (luottamusväli 60–79\xa0%)" in texts.alt
    assert "Esitettyjä ryhmiä on 1; luottamusväli on kokonaan yli puolen 0 ryhmässä." in texts.alt
    assert texts.caption.startswith("n = 30/32 vastausta.")
    assert "alle 10 vastausta" in texts.caption
    assert re.search("Kaikki vastanneet: 95\xa0%:n .*logit.* Ryhmät: 95\xa0%:n .*Wilsonin", texts.caption)
    assert "alle 10" not in forest("fi", OVERALL, group("role=a", 20)).caption


def test_only_intervals_that_are_drawn_are_explained():
    assert "Wilsonin" not in forest("fi", OVERALL, group("role=b", 4)).caption
    bare = forest("fi", {**OVERALL, "ci_low": None, "ci_high": None}, group("role=a", 20))
    assert "logit" not in bare.caption
    assert "70\xa0%. " in bare.alt


def test_events_are_a_sample_only_where_answers_are_tied_to_them():
    assert "otoksena" in forest("fi").caption
    assert "otoksena" not in forest("fi", {**OVERALL, "method": "wilson", "n_clusters": None}).caption


@LANGUAGES
def test_answers_asked_once_are_no_change(language):
    title = forest(language, design="post_only").title.lower()
    assert not any(word in title for word in ("muutos", "muutosta", "förändring", "change"))
    assert title != forest(language, design="transition").title.lower()


def test_a_variable_without_words_of_its_own_is_named_as_it_is():
    assert forest("fi", by="kieli").title.endswith(", kieli")


def test_reach_is_of_the_months_and_says_first_and_last():
    texts = reach("fi")
    assert "huhtikuu 2016 – helmikuu 2017" in texts.alt
    assert "Käyntejä on yhteensä 15 ja eri ihmisiä 12." in texts.alt
    assert texts.caption.startswith("n = 12 ihmistä. ")


def test_the_ledger_counts_files_once_and_adds_their_rows():
    texts = ledger("en")
    assert "number of files 2." in texts.alt
    assert "Of the rows read (1,013), 999 were accepted, 8 had been delivered before and 6 were set aside." in texts.alt
    assert texts.caption.startswith("n = 999/1,013 rows.")


def test_groups_are_named_by_their_actions_or_by_the_options_of_their_question():
    actions = table("actions", [{"action_id": "T1", "name": "Talkoot"}])
    options = table(
        "options",
        [
            {"question": "age", "code": "1", "position": 1, "label_fi": "alle 18"},
            {"question": "age", "code": "2", "position": 2, "label_en": "18 or over"},
            {"question": "age", "code": "3", "position": 3},
            {"question": "other", "code": "1", "position": 1, "label_fi": "muu"},
        ],
    )
    tables = {"actions": actions, "options": options}
    assert figure_texts.group_labels(tables, "action_id", "fi") == {"action_id=T1": "Talkoot"}
    expected = {"age=1": "alle 18", "age=2": "18 or over", "age=3": "3"}
    assert figure_texts.group_labels(tables, "age", "fi") == expected


def test_roles_and_modes_are_named_in_the_language_and_no_attendee_a_participant():
    tables = {"actions": table("actions", []), "options": table("options", [])}
    for variable, allowed in (("role", words.RESPONDENT_ROLES), ("mode", words.MODES)):
        named = [figure_texts.group_labels(tables, variable, language) for language in words.LANGUAGES]
        assert all(set(own) == {f"{variable}={code}" for code in allowed} for own in named)
        assert len({tuple(own.values()) for own in named}) == 3
        assert not any(re.search("osallistuj|deltagar|participant", t.lower()) for own in named for t in own.values())


def test_a_hidden_share_of_all_is_told_and_not_printed():
    texts = forest("en", {**OVERALL, "n": None, "estimate": None, "ci_low": None, "ci_high": None}, group("role=a", 20))
    assert texts.alt.startswith("Participation: the share among all respondents is not shown.")
    assert not texts.caption.startswith("n =")


@LANGUAGES
def test_a_hidden_month_takes_the_sums_with_it(language):
    rows = [
        estimate("reach", term, f"month={m}", None, v, "count", unit="persons")
        for m, v in (("2016-04", 10), ("2016-05", None))
        for term in ("visits", "new_persons", "distinct_persons")
    ]
    texts = figure_texts.reach(released(table("estimates", rows)), language)
    assert not re.search(r"\b10\b", texts.alt + texts.caption)
    assert re.search("Pieniä määriä|Små antal|Small numbers", texts.alt)
