"""Case forms of Finnish names: the stems a name takes, and the endings that may follow one."""

from __future__ import annotations

import re
from typing import Final

_VOWELS: Final = "aeiouyäöå"
#: Strong grade -> weak grade at the end of a stem, before its last vowel; the first that fits.
_GRADES: Final = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll"), ("rt", "rr"),
    ("sk", "sk"), ("st", "st"), ("tk", "tk"), ("t", "d"), ("p", "v"), ("k", ""),
)  # fmt: skip
_EVERYDAY: Final = """
ensimmäinen etelämäinen herranen hetkinen hiekkainen hiukkanen hopeinen hämäläinen ihanainen ihmeellinen ihminen
iloinen inkeriläinen jokainen järvinen kainuulainen karjalainen keltainen keskinen kesäinen keväinen kivinen
kolmonen kotoinen kukkanen kultainen kultanen kuutonen lappalainen lehtinen lintunen luminen mainen marjainen
merellinen metsäinen mutainen mäkinen nelonen norjalainen nuorinen nykyinen onnellinen paikallinen pienoinen
pikkarainen pikkuinen pilvinen pohjalainen pohjoinen poikanen poutainen puinen punainen puolalainen pyöreinen
rantainen rautainen ruotsalainen saksalainen sateinen savinen savolainen sininen siskonen suolainen suomalainen
syksyinen talvinen tanskalainen tavallinen toinen totinen tuhkanen tuulinen tyttönen tähtinen valkoinen venäläinen
veljonen viimeinen viitonen virolainen voimallinen vähäinen ykkönen ystävällinen yhteinen yksinäinen
"""
#: Last names that are everyday words in small letters: peoples, and what a thing is like.
_ADJECTIVES: Final = frozenset(_EVERYDAY.split())
#: How last names end that are Swedish, and no words of today.
_FOREIGN: Final = ("sson", "qvist", "kvist", "ström", "gren", "stedt")
#: Case endings, plural and possessive marks, clitics; what may follow a stem and nothing else.
_ENDINGS: Final = re.compile(
    r"(?:i|e|j|ie)?"
    r"(?:n|a|ä|t|en|in|an|än|on|ön|un|yn|hin|hen|den|tten|jen|ta|tä|na|nä|ksi|"
    r"(?:ss|st|ll|lt|tt)[aä]|lle|seen|siin|iin|een|aan|ään|oon|öön|uun|yyn|ineen|s)?"
    r"(?:ni|si|nsa|nsä|mme|nne)?"
    r"(?:k(?:o|ö|in|aan|ään)|h[aä]n|p[aä]|s)?"
)


def is_ending(text: str) -> bool:
    """Return whether `text` may follow the stem of a name; nothing may.

    Examples
    --------
    >>> [is_ending(text) for text in ("", "lle", "nkin", "kka")]
    [True, True, True, False]
    """
    return _ENDINGS.fullmatch(text) is not None


def stems(name: str) -> set[str]:
    """Return the stems of a folded name, itself among them; one of less than three letters takes no ending.

    Examples
    --------
    >>> sorted(stems("virtanen")), sorted(stems("pekka")), "lahde" in stems("lahti"), "mäe" in stems("mäki")
    (['virtanen', 'virtas', 'virtase', 'virtaste'], ['peka', 'pekka', 'pekko', 'peko'], True, True)
    """
    found = {name}
    if name.endswith("nen") and len(name) > 4:
        return found | {name[:-3] + "se", name[:-3] + "s", name[:-3] + "ste"}  # -ste: of the family, "Koskisten"
    if len(name) < 3:
        return found
    if name[-1] in _VOWELS:
        bare = name[:-1]
        vowels = {name[-1]} | ({"e"} if name[-1] == "i" else set()) | {"a": {"o"}, "ä": {"ö"}}.get(name[-1], set())
        grades = {bare, _weak(bare)}
        if len(name) > 5 and name.endswith(("li", "ni", "ri")):
            found |= {bare + "t", bare + "te"}  # "Ruusuvuorta", "Ruusuvuorten"
        return found | {grade + vowel for grade in grades for vowel in vowels if len(grade) > 1}
    if name.endswith("s"):
        found |= {name[:-1] + "kse", name[:-1] + "ks"}
    return found | {name + "i", name + "e"}


def is_unmistakable(word: str, name: str) -> bool:
    """Return whether a folded word in small letters can be nothing but a form of this last name.

    Only the ending of last names tells it, and of their forms those that no noun or verb shares: "oksasta" is from a
    branch as well, "toivosi" is a verb.

    Examples
    --------
    >>> [is_unmistakable(*pair) for pair in (("virtasen", "virtanen"), ("oksasta", "oksanen"), ("lahden", "lahti"))]
    [True, False, False]
    """
    if name in _ADJECTIVES or len(name) < 6:
        return False
    if name.endswith("nen"):
        return word == name or (word.startswith(name[:-3] + "se") and is_ending(word[len(name) - 1 :]))
    return name.endswith(_FOREIGN) and word.startswith(name) and is_ending(word[len(name) :])


def _weak(bare: str) -> str:
    return next((bare[: -len(strong)] + weak for strong, weak in _GRADES if bare.endswith(strong)), bare)
