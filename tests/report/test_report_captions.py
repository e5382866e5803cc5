from __future__ import annotations

import string

import pytest

from pipeline.core import words
from pipeline.core.config import Analysis
from pipeline.core.errors import AnalysisError
from pipeline.report import alt_texts, captions

LANGUAGES = pytest.mark.parametrize("language", words.LANGUAGES)


@LANGUAGES
def test_every_design_method_and_estimand_has_a_sentence(language):
    said = [captions.design_caveat(design, language) for design in words.DESIGNS]
    said += [captions.interval(method, 0.95, language) for method in ("wilson", "cluster_logit_t", "wilson_icc")]
    said += [captions.denominator(of, language) for of in ("answered", "asked")]
    said += [
        captions.estimand(Analysis().estimand, language),
        captions.rounding(language),
        captions.hidden(10, language),
        captions.turned(language),
    ]
    assert all(s.endswith(".") and (s[0].isupper() or s[0].isdigit()) for s in said)
    assert len(set(said)) == len(said)
    assert not any("{" in s for s in said)


@pytest.mark.parametrize("design", ["transition", "post_then_pre", "pre_post", "post_only"])
def test_every_caveat_names_the_missing_comparison_group_and_the_respondents(design):
    caveat = captions.design_caveat(design, "fi")
    assert "vertailuryhmää" in caveat
    assert "vastanneita" in caveat


@LANGUAGES
def test_no_caveat_says_the_project_caused_anything(language):
    said = " ".join(captions.design_caveat(d, language) for d in words.DESIGNS).lower()
    assert not any(word in said for word in ("aiheutti", "ansiosta", "orsakade", "tack vare", "caused", "thanks to"))


def test_numbers_are_written_in_the_language():
    assert captions.count(293, 319, "fi", least=287) == "n = 287–293/319 vastausta"
    assert captions.count(293, 319, "sv", least=293) == "n = 293/319 svar"
    assert captions.count(0, 319, "en", least=0) == "n = 0/319 responses"
    assert captions.count(1545, None, "fi", "persons") == "n = 1\xa0545 ihmistä"
    assert captions.interval("wilson", 0.975, "en").startswith("The 97.5% confidence")
    assert captions.count(1312, 1320, "fi") == "n = 1\xa0312/1\xa0320 vastausta"
    assert captions.interval("wilson", 0.95, "fi").startswith("95\xa0%:n luottamusväli")


def test_sentences_have_the_same_blanks_in_every_language():
    tables = [alt_texts._ALT, captions.INTERVALS, captions._HIDDEN]
    for sentences in (s for table in tables for s in table.values()):
        blanks = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in sentences]
        assert blanks[0] == blanks[1] == blanks[2]


def test_sentences_are_joined_with_full_stops():
    assert captions.join("a.", "", " b ", "c?") == "a. b. c?"


def test_a_method_without_a_sentence_is_refused():
    with pytest.raises(AnalysisError, match="bootstrap"):
        captions.interval("bootstrap", 0.95, "fi")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_each_estimand_and_each_interval_drawn_has_a_sentence_of_its_own(language):
    kinds = [captions.estimand(kind, language) for kind in ("events_as_sample", "these_events")]
    methods = [captions.interval(method, 0.95, language) for method in captions.INTERVALS]
    assert len(set(kinds)) == 2 and len(set(methods)) == len(captions.INTERVALS)
    assert all("95" in sentence for sentence in methods)
    assert {"korn_graubard", "glmm_pooled", "newcombe", "cr2_satterthwaite"} <= set(captions.INTERVALS)


def test_caveats_that_designs_share_are_said_once():
    both = captions.design_caveats(["transition", "post_only"], "fi")
    assert both.count("Tulos koskee vain vastanneita.") == 1
    assert captions.design_caveats(["transition"], "fi") == captions.design_caveat("transition", "fi")
    assert captions.design_caveats([], "fi") == ""
