"""How personal data look in running text: Finnish identity codes, e-mail addresses, phone numbers, bank accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

IDENTITY_CODE: Final = "identity code"
EMAIL: Final = "e-mail address"
PHONE: Final = "phone number"
IBAN: Final = "bank account number"
#: What stands in the place of each in an open answer.
MASKS: Final = {
    IDENTITY_CODE: "[henkilötunnus]",
    EMAIL: "[sähköposti]",
    IBAN: "[tilinumero]",
    PHONE: "[puhelin]",
}

#: The sign between name and domain, and how people write it to hide it.
_AT: Final = r"(?:\s?(?:@|\uff20|[(\[{]\s?(?:at|ät|miuku(?:mauku)?|ätmerkki)\s?[)\]}])\s?|\(a\)|\[a\])"
_EMAIL: Final = re.compile(rf"[\w.+-]{{1,64}}{_AT}(?!www\.)[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+", re.IGNORECASE)
#: The sign as a word; only a name of two parts before it tells an address from a sentence.
_SPOKEN: Final = re.compile(
    r"[\w+-]{1,40}(?:[._][\w+-]{1,40}){1,3}\s(?:at|ät)\s(?!www\.)[\w-]{1,63}(?:\.[\w-]{1,63})+", re.IGNORECASE
)
#: The hyphen of the 1900s as keyboards and word processors write it.
_HYPHENS: Final = "\\-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_IDENTITY_CODE: Final = re.compile(
    rf"(?<!\d)(\d{{6}})\s?[{_HYPHENS}+\uff0bA-FU-Y]\s?(\d{{3}})\s?([0-9A-Y])(?!\w)", re.IGNORECASE
)
#: The same without blanks: masked also where day or check character are wrong, for a slip of the pen is no disguise.
_LIKE_ONE: Final = re.compile(rf"(?<!\d)\d{{6}}[{_HYPHENS}+\uff0bA-FU-Y]\d{{3}}[0-9A-Y](?!\w)", re.IGNORECASE)
#: Without its sign, told by the right check letter: ten digits could be anything.
_WITHOUT_SIGN: Final = re.compile(r"(?<!\w)(\d{6})(\d{3})([A-Y])(?!\w)", re.IGNORECASE)
#: An international or trunk prefix and at least six digits, however grouped; decimals such as 1,0500000 are none.
_PHONE: Final = re.compile(
    r"(?<!\d)(?<!\d[.,-])"
    r"(?:(?:\+\s?\d|00\d|0|358)(?:[\s()\u2013-]{0,3}\d){6,14}|0\d{1,2}[/.*]\d{3}[ .*-]?\d{2}[ .-]?\d{2}|"
    r"0\d{1,2}[/.*]\d{3}[ .*-]?\d{2,4}|0\d{1,2}/\d{5,7})(?!\d)"
)
#: In the name of a file, where days and times stand as well: a mobile number, or one with its country code.
_PHONE_IN_NAME: Final = re.compile(
    r"(?<![\d+])(?:(?:(?:\+|00)358[ -]?(?:\(0\))?|0)(?:4\d|50)(?:[ -]?\d){6,8}|\+\d{2}(?:[ -]?\d){6,11}|"
    r"0\d{1,2} \d{3} ?\d{3,4})(?!\d)"
)
_IBAN: Final = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,30}", re.IGNORECASE | re.ASCII)
_IBAN_LENGTHS: Final = {"FI": 18, "SE": 24, "EE": 20, "NO": 15, "DK": 18, "DE": 22, "LV": 21, "LT": 20}
_CHECK_MARKS: Final = "0123456789ABCDEFHJKLMNPRSTUVWXY"
#: Characters without width that a copied number may carry between its digits.
_UNSEEN: Final = re.compile("(?<=[\\w+@.-])[\u00ad\u200b-\u200f\u2060\ufeff]+(?=[\\w+@.-])")
#: What the text of any of them holds: most cells are short, and a look for it costs a tenth of looking for each.
_POSSIBLE: Final = re.compile(
    rf"[@\uff20)\]}}]|\s[aä]t\s|(?<!\d)(?:\+|0|358)|\d{{6}}\s?[{_HYPHENS}+\uff0bA-Y]?\s?\d{{3}}|[A-Z]{{2}}\d{{2}}",
    re.IGNORECASE,
)
_SIGNS_OF_EMAIL: Final = re.compile(r"[@\uff20)\]}]")
_SPOKEN_SIGN: Final = re.compile(r"\s[aä]t\s", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d")


def is_identity_code(text: str) -> bool:
    """Return whether `text` is a Finnish personal identity code: a day that can be, and the right check character.

    All century signs are known: + for the 1800s, - and U to Y for the 1900s, A to F for the 2000s; individual numbers
    from 002 to 899, and 900 to 999 for temporary codes.

    Examples
    --------
    >>> is_identity_code("010594Y9032"), is_identity_code("010594Y9033"), is_identity_code("131052-308T")
    (True, False, True)
    """
    found = _IDENTITY_CODE.fullmatch(text.strip())
    return found is not None and _right(found)


def _right(found: re.Match[str]) -> bool:
    day, month, number = int(found[1][:2]), int(found[1][2:4]), int(found[2])
    if not (1 <= day <= 31 and 1 <= month <= 12 and number >= 2):
        return False
    return _CHECK_MARKS[int(found[1] + found[2]) % 31] == found[3].upper()


def is_iban(text: str) -> bool:
    """Return whether `text` is an international bank account number (ISO 13616: remainder 1 modulo 97).

    Examples
    --------
    >>> is_iban("FI21 1234 5600 0007 85"), is_iban("FI21 1234 5600 0007 86")
    (True, False)
    """
    bare = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", bare, re.ASCII):
        return False
    if len(bare) != _IBAN_LENGTHS.get(bare[:2], len(bare)):
        return False
    return int("".join(str(int(c, 36)) for c in bare[4:] + bare[:4])) % 97 == 1


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield kind, start and end of everything personal in `text`, graver kinds first; spans may overlap."""
    digits = _DIGITS.search(text) is not None
    if digits:
        yield from ((IDENTITY_CODE, *m.span()) for m in _LIKE_ONE.finditer(text))
        yield from ((IDENTITY_CODE, *m.span()) for m in _IDENTITY_CODE.finditer(text) if _right(m))
        yield from ((IDENTITY_CODE, *m.span()) for m in _WITHOUT_SIGN.finditer(text) if _right(m))
    if _SIGNS_OF_EMAIL.search(text):
        yield from ((EMAIL, *m.span()) for m in _EMAIL.finditer(text))
    if _SPOKEN_SIGN.search(text):
        yield from ((EMAIL, *m.span()) for m in _SPOKEN.finditer(text))
    if digits:
        yield from ((IBAN, m.start(), m.start() + n) for m in _IBAN.finditer(text) if (n := _account(m[0])))
        yield from ((PHONE, *m.span()) for m in _PHONE.finditer(text))


def _account(text: str) -> int:
    """Return how many characters of `text` are an account number: words may follow it."""
    ends = [m.end() for m in re.finditer(r"[A-Z0-9](?![A-Z0-9])", text, re.IGNORECASE | re.ASCII)]
    return next((end for end in reversed(ends) if is_iban(text[:end])), 0)


def holds_identity_code(text: str) -> bool:
    """Return whether a right identity code stands anywhere in `text`.

    Examples
    --------
    >>> holds_identity_code("tunnus 010594Y9032."), holds_identity_code("010594Y9033")
    (True, False)
    """
    if _DIGITS.search(text) is None:
        return False
    return any(_right(m) for m in _IDENTITY_CODE.finditer(_seen(text)))


def _seen(text: str) -> str:
    """Return `text` without the characters nobody sees."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def kinds(text: str) -> frozenset[str]:
    """Return the kinds of personal data in `text`.

    Examples
    --------
    >>> sorted(kinds("010594Y9032 tai a.b@esimerkki.example"))
    ['e-mail address', 'identity code']
    """
    plain = _seen(text)
    return frozenset(kind for kind, _, _ in _apart(plain)) if _POSSIBLE.search(plain) else frozenset()


def mask_text(text: str) -> str:
    """Return `text` with what is personal replaced by what it was.

    Examples
    --------
    >>> mask_text("Tilini on FI21 1234 5600 0007 85, kiitos")
    'Tilini on [tilinumero], kiitos'
    """
    plain = _seen(text)
    found = _apart(plain) if _POSSIBLE.search(plain) else []
    if not found:
        return text
    parts, at = [], 0
    for kind, start, end in found:
        parts += [plain[at:start], MASKS[kind]]
        at = end
    return "".join([*parts, plain[at:]])


def mask_name(name: str) -> str:
    """Return a file or sheet name without e-mail addresses, phone numbers and right identity codes.

    Days and times look like wrong codes, and like numbers of other phones than mobile ones: they stay.

    Examples
    --------
    >>> mask_name("vastaukset 170512-1234.xlsx"), mask_name("vastaukset 010594Y9032.xlsx")
    ('vastaukset 170512-1234.xlsx', 'vastaukset [henkilötunnus].xlsx')
    >>> mask_name("Me-talo 040 987 6543.csv"), mask_name("04052018-1405.csv")
    ('Me-talo [puhelin].csv', '04052018-1405.csv')
    """
    for kind, pattern in ((IDENTITY_CODE, _IDENTITY_CODE), (EMAIL, _EMAIL), (PHONE, _PHONE_IN_NAME)):
        found = [m.span() for m in pattern.finditer(name) if kind != IDENTITY_CODE or _right(m)]
        for start, end in reversed(found):
            name = name[:start] + MASKS[kind] + name[end:]
    return name


def _apart(text: str) -> list[tuple[str, int, int]]:
    """Return the spans in order of place, of two that overlap the graver one."""
    taken, covered = [], bytearray(len(text))
    for kind, start, end in spans(text):
        if not any(covered[start:end]):
            covered[start:end] = b"\1" * (end - start)
            taken.append((kind, start, end))
    return sorted(taken, key=lambda span: span[1])
