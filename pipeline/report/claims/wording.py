"""Does a sentence claim more than the design allows? The ladder of wording, in Finnish, Swedish and English.

What it looks at are words, not meaning: a causal verb is fine where the same sentence says whose view it is, or denies
it, or speaks of an aim. It cannot see irony, a claim made over two sentences, or a cause named without a causal word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.core.claims import STRENGTHS
from pipeline.report.claims import vocabulary

#: Highest rung that answers to an item of each design can carry; without a comparison group nothing carries "caused".
HIGHEST: Final = {
    "background": "reported",
    "post_only": "reported",
    "transition": "consistent_with",
    "post_then_pre": "consistent_with",
    "pre_post": "contributed",
}
#: Designs that ask about change at all.
CHANGE_DESIGNS: Final = ("transition", "post_then_pre", "pre_post")


_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”“\"{])")


@dataclass(frozen=True)
class Wording:
    """Words of a sentence that claim more than they may.

    Parameters
    ----------
    language : {"fi", "sv", "en"}
        Of the sentence.
    words : str
        As they stand there.
    fault : {"too_strong", "change", "population", "fund"}
        A rung too high, a change the items did not ask for, a share of people who were not asked, the fund's word.
    rung : str
        What they claim; "" but for "too_strong".
    """

    language: str
    words: str
    fault: str
    rung: str = ""


def highest(designs: tuple[str, ...]) -> str:
    """Return the highest rung all these designs can carry; counts of people and things carry "reported".

    Examples
    --------
    >>> highest(("transition",)), highest(("transition", "post_only")), highest(())
    ('consistent_with', 'reported', 'reported')
    """
    rungs = [HIGHEST[design] for design in designs] or ["reported"]
    return min(rungs, key=STRENGTHS.index)


def check(text: str, language: str, designs: tuple[str, ...], *, quotes_share: bool = False) -> list[Wording]:
    """Return the words of a text that claim more than answers to items of these designs can show.

    Parameters
    ----------
    text : str
        One or more sentences, with or without their numbers.
    language : {"fi", "sv", "en"}
        Of the text.
    designs : tuple of str
        Of the items behind the numbers; none for counts.
    quotes_share : bool
        Whether it gives a share of answers: then it must say that they are a share of those who answered.

    Examples
    --------
    >>> [w.rung for w in check("Hanke lisäsi osallisuutta.", "fi", ("transition",))]
    ['caused']
    >>> check("Vastaajat kokivat, että hanke lisäsi osallisuutta.", "fi", ("transition",))
    []
    """
    found = [wording for sentence in _SENTENCES.split(text) for wording in _of(sentence, language, designs)]
    if quotes_share and not vocabulary.RESPONDENTS[language].search(text):
        found.append(Wording(language, "", "population"))
    return found


def _of(sentence: str, language: str, designs: tuple[str, ...]) -> Iterator[Wording]:
    if vocabulary.DENIED[language].search(sentence):
        return
    if said := vocabulary.FUND[language].search(sentence):
        yield Wording(language, said[0].strip(), "fund")
    rung, words = strength(sentence, language)
    if STRENGTHS.index(rung) > STRENGTHS.index(highest(designs)):
        yield Wording(language, words, "too_strong", rung)
    changed = vocabulary.CHANGED[language].search(sentence)
    if changed and designs and not set(designs) & set(CHANGE_DESIGNS):
        yield Wording(language, changed[0].strip(), "change")


def strength(sentence: str, language: str) -> tuple[str, str]:
    """Return the rung one sentence stands on, and the words that put it there.

    Examples
    --------
    >>> strength("Projektet bidrog till delaktighet.", "sv")
    ('contributed', 'bidrog')
    """
    if vocabulary.FRAMES[language].search(sentence):
        return "reported", ""
    for rung, patterns in (
        ("caused", vocabulary.CAUSED),
        ("contributed", vocabulary.CONTRIBUTED),
        ("consistent_with", vocabulary.CONSISTENT),
    ):
        if said := patterns[language].search(sentence):
            hedged = rung == "caused" and vocabulary.HEDGED[language].search(sentence)
            return ("contributed" if hedged else rung), said[0].strip()
    return "reported", ""
