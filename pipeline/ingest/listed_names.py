"""Names of people on the attendance lists, found again in open answers.

Masked are, as whole words and in any Finnish case form:

1. two or more neighbouring words that are names of one listed person, in any order and however capitalised;
2. one capitalised word that is a listed name of at least four letters, unless it is also a word: one of `WORDS`, or
   one of the project's own registers (events, actions, organisations);
3. a last name in small letters whose form is no word ("virtasen"), and first and last name written together, as
   accounts are called ("@maijavirtanen").

A first name of three letters, or a name that is a common word ("Onni", "Mäki"), therefore stays where it stands alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import permutations
from typing import Final

from pipeline.ingest import beside_name
from pipeline.ingest.attendance_headers import HEADERS, kind_of
from pipeline.ingest.attendance_words import lookup
from pipeline.ingest.cells import Cells
from pipeline.ingest.folding import fold
from pipeline.ingest.name_forms import is_ending, is_unmistakable, stems
from pipeline.ingest.person_keys import name_key

MASK: Final = "[nimi]"
#: A name alone is masked from this length on.
_ALONE: Final = 4
#: First and last name written together are of this length at least.
_JOINED: Final = 8
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
#: What stands between the parts of one name: a blank, a hyphen, a comma before the first name; in an account . and _.
_WITHIN: Final = re.compile(r"\s*[-‐‑,]?\s*|[._]")
_NAME_COLUMNS: Final = ("name", "first_name", "last_name")
#: Names as well where the list has no other column of them.
_ELSE: Final = ("person",)
_WORDS: Final = """
aalto aarre aatos aho ahti aimo aina ainakin ainoa alho alku alla alle anna annamme annan annetaan armas aro arvo arvon
aura aurinko berg björk blom dal ellei elokuu glad halla hanka harju helmi hetki hiljaa hiljainen hiljaista hirvi holm
huhta ihana ilma ilo ilta into isto jalo joki joulu järvi kaino kaisla kallio kangas kannan kannel karhu kari
karjalainen karjalaista katve kesä keto kettu kivi koivu korpi koski koti kukka kulma kulmalla kulta kuu kuura kylmä
laakso lahja lahti laine lampi lapin lapissa lehti lehto lempeä lempi lilja lind lintu lumi luoto maa malmi manner marja
meri metsä musta mustan mäki mänty niemi niitty norra nurmi oiva oja onni orvokki otso paju palo pelto pilvi pitkä
pitkän pohja puro pyry päivi päivä rae raita ranta rauha rinne roihu ruotsalainen ruska ruusu saari sade saimaa saksan
salama salmi salo sampo sato satu savolainen savolaista seppä silta sirkka sisu sjö skog sointu sten strand ström sulo
sund suo suomalainen suomalaiset suomalaista susi suutari suvi syksy säde taika taimi taito talvi tammi tarjolla tarkat
tarkka tarmo toinen toisen toivo toivoa toivoi toivomme toivon toivotaan toivottavasti toukokuu tuisku tuli tuomi tuuli
tyyni usko vaahtera vadelma valo varma varmaan varmasti varpu vauhti veli venäläinen venäläiset vesa vesi vieno viima
vilja virolainen viron virta voitto vuokko vuori äijä
"""
#: Finnish and Swedish names that are words as well.
WORDS: Final = frozenset(_WORDS.split())


class ListedNames:
    """The names to look for.

    Parameters
    ----------
    people : iterable of sequence of str
        The words of each person's name, as the lists write them.
    common : iterable of str
        Texts of the project (event names, places): a word of them is no name alone.
    alone : bool
        Whether one word can be enough; else only two names of one person side by side are.
    """

    def __init__(self, people: Iterable[Sequence[str]], common: Iterable[str] = (), alone: bool = True) -> None:
        known = dict.fromkeys(tuple(map(_plain, words)) for words in people)
        self._one_is_enough = alone
        self._holders: dict[str, set[int]] = {}
        self._stems: dict[str, set[str]] = {}
        for number, words in enumerate(known):
            for word in words:
                self._holders.setdefault(word, set()).add(number)
        # two words may be one: nobody is called by "meriranta"
        self._joined = {
            a + b for words in known for a, b in permutations(words, 2) if not {a, b} <= WORDS and len(a + b) >= _JOINED
        }
        for word in self._holders:
            for stem in stems(word):
                self._stems.setdefault(stem, set()).add(word)
        self._common = {_plain(word) for text in common for word in _WORD.findall(text)}
        # a name in any form that the project's own registers use is a word here
        self._common |= {name for word in self._common for name in self._find(word)}
        self._named = lru_cache(maxsize=200_000)(self._find)

    def __bool__(self) -> bool:
        return bool(self._holders)

    def _find(self, word: str) -> frozenset[str]:
        """Return the listed names of which `word` may be a form."""
        found: set[str] = set(self._holders.keys() & {word})
        for cut in range(max(2, len(word) - 9), len(word) + 1):
            if word[:cut] in self._stems and is_ending(word[cut:]):
                found |= self._stems[word[:cut]]
        return frozenset(found)

    def mask(self, text: str, cased: bool = True) -> str:
        """Return `text` with the names of listed people replaced by `MASK`.

        Parameters
        ----------
        text : str
            Running text; or the name of a file.
        cased : bool
            Whether small letters make a word of a name: not so in the name of a file.

        Examples
        --------
        >>> names = ListedNames([("Maija", "Virtanen"), ("Onni", "Laine")])
        >>> names.mask("Kiitos Maija Virtaselle ja Virtasille, onni oli myötä. Onni Laineen pullat! Laine löi.")
        'Kiitos [nimi] ja [nimi], onni oli myötä. [nimi] pullat! Laine löi.'
        """
        words = [m for m in _WORD.finditer(text)]  # noqa: C416
        plain = [_plain(m[0]) for m in words]
        named = [self._named(word) for word in plain]
        masked, one = [word in self._joined for word in plain], [False] * len(words)
        if not any(named) and not any(masked):
            return text
        for i, names in enumerate(named):
            if names and self._alone(words[i][0], names, cased):
                masked[i] = True
            if (
                names
                and i + 1 < len(words)
                and named[i + 1]
                and self._one_person(text, words[i : i + 2], names, named[i + 1])
            ):
                masked[i] = masked[i + 1] = one[i + 1] = True
        return _replaced(text, words, masked, one)

    def _one_person(
        self, text: str, pair: Sequence[re.Match[str]], left: frozenset[str], right: frozenset[str]
    ) -> bool:
        if not _WITHIN.fullmatch(text[pair[0].end() : pair[1].start()]):
            return False
        return any(self._holders[a] & self._holders[b] for a in left for b in right if a != b)

    def _alone(self, word: str, names: frozenset[str], cased: bool) -> bool:
        plain = _plain(word)
        if not self._one_is_enough or plain in self._common or plain in WORDS:
            return False
        large = word[0].isupper() or (not cased and plain in names)
        return any(
            len(name) >= _ALONE and name not in WORDS and name not in self._common
            for name in names
            if large or is_unmistakable(plain, name)
        )


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()


def _replaced(text: str, words: Sequence[re.Match[str]], masked: Sequence[bool], one: Sequence[bool]) -> str:
    """Return the text masked; a word that names the same person as the word before it adds no second mask."""
    parts: list[str] = []
    at = 0
    for word, hidden, same in zip(words, masked, one, strict=True):
        if hidden:
            parts += [] if same else [text[at : word.start()], MASK]
            at = word.end()
    return "".join([*parts, text[at:]])


def of(tables: Iterable[Cells], common: Iterable[str] = ()) -> ListedNames:
    """Return the names on attendance lists; rows and lists that are set aside hold names as well."""
    return ListedNames((words for cells in tables for words in _people(cells)), common)


def _people(cells: Cells) -> Iterable[tuple[str, ...]]:
    known = lookup(HEADERS)
    kinds = [known.get(fold(text)) for text in cells.header]
    columns = [i for i, kind in enumerate(kinds) if kind in (_NAME_COLUMNS if {*_NAME_COLUMNS} & {*kinds} else _ELSE)]
    if not columns:
        return
    for row in cells.rows[columns].itertuples(index=False, name=None):
        whole = " ".join(beside_name.apart(text)[0] for text in row if isinstance(text, str))
        key = set((name_key(whole) or "").split())
        words = tuple(word for word in _WORD.findall(whole) if set((name_key(word) or "").split()) & key)
        if words and kind_of(whole) is None:  # the header stands on every page
            yield words
