"""The ladder of wording: sentences that pass and sentences that do not, in the three languages."""

from __future__ import annotations

import pytest

from pipeline.report.claims import wording

TRANSITION = ("transition",)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Hanke lisäsi osallisuutta."),
        ("fi", "Toimenpiteet paransivat asukkaiden omatoimisuutta."),
        ("fi", "Hankkeen ansiosta osallisuus kasvoi."),
        ("fi", "Osallisuuden kasvu johtui toimenpiteistä."),
        ("fi", "Toimenpiteet saivat aikaan muutoksen."),
        ("fi", "Hankkeella on ollut vaikutusta omatoimisuuteen."),
        ("fi", "Vastanneiden osallisuutta lisäsivät yhteiset tapahtumat."),
        ("fi", "Hanke antoi asukkaille rohkeutta."),
        ("fi", "Hanke teki asukkaista aktiivisempia."),
        ("sv", "Projektet gav invånarna mod."),
        ("en", "The project gave residents courage."),
        ("sv", "Projektet ökade delaktigheten."),
        ("sv", "Delaktigheten ökade tack vare projektet."),
        ("sv", "Evenemangen ledde till ökad delaktighet."),
        ("en", "The project improved participation."),
        ("en", "The workshops improved coding practices."),
        ("en", "Participation grew because of the project."),
        ("en", "The actions had a positive effect on participation."),
    ],
)
def test_a_cause_is_caught(language, sentence):
    assert [(w.fault, w.rung) for w in wording.check(sentence, language, TRANSITION)] == [("too_strong", "caused")]
    # not even a true before-after measurement without a comparison group carries it
    assert wording.check(sentence, language, ("pre_post",))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Suurin osa vastaajista koki toimenpiteiden vaikuttaneen positiivisesti osallisuuteen."),
        ("fi", "Vastaajat kertoivat, että hanke lisäsi heidän osallisuuttaan."),
        ("fi", "Vastanneista 74 % raportoi omatoimisuutensa vahvistuneen."),
        ("fi", "Vastaajien mielestä hanke edisti osallisuutta."),
        ("fi", "Aineisto ei osoita, että hanke lisäsi osallisuutta."),
        (
            "fi",
            "Syystä ei voida sanoa mitään: muutos on voinut johtua muustakin, eikä hanke välttämättä aiheuttanut sitä.",
        ),
        ("fi", "Hankkeen tavoitteena oli vahvistaa osallisuutta."),
        ("fi", "Tieto vaikuttamisen keinoista lisääntyi."),
        ("fi", "Vaikutusmahdollisuuksista oltiin kiinnostuneita."),
        ("fi", "Osallisuus lisääntyi vastanneiden joukossa."),
        ("fi", "Osallisuus parani vastanneiden joukossa."),
        ("fi", "Vastaajien arvion mukaan hanke edisti osallisuutta."),
        ("fi", "Hanke teki yhteistyötä 54 yhdistyksen kanssa."),
        ("fi", "Tulos sopii yhteen sen kanssa, että osallisuus vahvistui."),
        ("sv", "De svarande uppgav att delaktigheten ökade."),
        ("sv", "Delaktigheten ökade bland dem som svarade."),
        ("sv", "Materialet visar inte att projektet ökade delaktigheten."),
        ("en", "Respondents reported that participation increased."),
        ("en", "Participation increased among those who answered."),
        ("en", "The data cannot show that the project improved participation."),
        ("en", "The result is consistent with a change in participation."),
    ],
)
def test_a_view_a_denial_an_aim_or_a_change_alone_passes(language, sentence):
    assert wording.check(sentence, language, TRANSITION) == []


@pytest.mark.parametrize(
    ("language", "sentence", "rung"),
    [
        ("fi", "Hanke todennäköisesti edisti osallisuutta.", "contributed"),
        ("fi", "Hanke mahdollisti kohtaamisia.", "contributed"),
        ("sv", "Projektet bidrog till delaktighet.", "contributed"),
        ("en", "The project probably led to more participation.", "contributed"),
        ("en", "The answers are in line with more participation.", "consistent_with"),
        ("fi", "Tulos viittaa osallisuuden kasvuun.", "consistent_with"),
    ],
)
def test_softer_words_stand_on_lower_rungs(language, sentence, rung):
    assert wording.strength(sentence, language)[0] == rung


def test_a_contribution_needs_a_measurement_before():
    said = "Hanke todennäköisesti edisti osallisuutta."
    assert [w.rung for w in wording.check(said, "fi", TRANSITION)] == ["contributed"]
    assert wording.check(said, "fi", ("pre_post",)) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Vastanneista 74 % kertoi osallisuutensa lisääntyneen."),
        ("sv", "De svarande uppgav att delaktigheten ökade."),
        ("en", "Respondents reported that participation increased."),
    ],
)
def test_a_question_asked_once_says_nothing_of_change(language, sentence):
    assert [w.fault for w in wording.check(sentence, language, ("post_only",))] == ["change"]
    assert wording.check(sentence, language, ("post_only", "transition")) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Hankkeessa oli 545 ESR-osallistujaa."),
        ("fi", "ESR-henkilöosallistujia oli 545."),
        ("fi", "Mukana oli 545 ESR:n osallistujaa."),
        ("sv", "Projektet hade 545 ESF-deltagare."),
        ("en", "The project had 545 ESF participants."),
        ("en", "545 participants of the Social Fund came."),
    ],
)
def test_attendees_are_never_the_funds_participants(language, sentence):
    assert "fund" in [w.fault for w in wording.check(sentence, language, ())]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Kävijät eivät ole ESR-osallistujia."),
        ("sv", "Besökarna är inte ESF-deltagare."),
        ("en", "The attendees are not ESF participants."),
    ],
)
def test_to_deny_it_is_allowed(language, sentence):
    assert wording.check(sentence, language, ()) == []


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        ("fi", "Asukkaista 74 % koki muutoksen.", "Vastanneista 74 % koki muutoksen."),
        ("sv", "74 % av invånarna upplevde en förändring.", "74 % av de svarande upplevde en förändring."),
        ("en", "74 % of residents felt a change.", "74 % of respondents felt a change."),
    ],
)
def test_a_share_of_answers_is_of_those_who_answered(language, wrong, right):
    assert [w.fault for w in wording.check(wrong, language, TRANSITION, quotes_share=True)] == ["population"]
    assert wording.check(right, language, TRANSITION, quotes_share=True) == []


def test_a_sentence_is_judged_by_itself():
    said = "Vastaajat kertoivat muutoksesta. Hanke lisäsi osallisuutta."
    assert [w.words for w in wording.check(said, "fi", TRANSITION)] == ["lisäsi"]
