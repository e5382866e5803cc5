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
    (['virtanen', 'virtas', 'virtase'], ['peka', 'pekka', 'pekko', 'peko'], True, True)
    """
    found = {name}
    if name.endswith("nen") and len(name) > 4:
        return found | {name[:-3] + "se", name[:-3] + "s"}
    if len(name) < 3:
        return found
    if name[-1] in _VOWELS:
        bare = name[:-1]
        vowels = {name[-1]} | ({"e"} if name[-1] == "i" else set()) | {"a": {"o"}, "ä": {"ö"}}.get(name[-1], set())
        grades = {bare, _weak(bare)}
        return found | {grade + vowel for grade in grades for vowel in vowels if len(grade) > 1}
    if name.endswith("s"):
        found |= {name[:-1] + "kse", name[:-1] + "ks"}
    return found | {name + "i", name + "e"}


def _weak(bare: str) -> str:
    return next((bare[: -len(strong)] + weak for strong, weak in _GRADES if bare.endswith(strong)), bare)
