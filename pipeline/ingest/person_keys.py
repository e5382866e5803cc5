"""What tells people apart, in one shape: names without order and titles, e-mail addresses, phones in E.164, years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from pipeline.ingest.attendance_words import EMPTY, NAMELESS
from pipeline.ingest.cells import holding
from pipeline.ingest.folding import fold, without_marks

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_EMAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_BIRTH_YEAR: Final = re.compile(r"^(?:[0-9]{1,2}[./-][0-9]{1,2}[./-])?((?:19|20)[0-9]{2})(?:\.0+|-[0-9]{2}-[0-9]{2})?$")
#: Nicknames and what meeting programs add: in quotation marks or brackets.
_BESIDE: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]|[\"“”„»«][^\"“”„»«]+[\"“”„»«]|(?<!\w)'[^']+'(?!\w)")
#: Titles and degrees; taken away only where a first and a last name remain.
_TITLES: Final = frozenset(
    [
        "tri",
        "toht",
        "tohtori",
        "fm",
        "ft",
        "fil",
        "lic",
        "dos",
        "prof",
        "professori",
        "rva",
        "rouva",
        "hra",
        "herra",
        "nti",
        "neiti",
        "di",
        "tkt",
        "ltk",
        "ktm",
        "ktt",
        "htm",
        "htt",
        "ym",
        "ytm",
        "ytt",
        "hum",
        "kand",
        "maist",
        "maisteri",
        "lehtori",
        "rehtori",
        "kirkkoherra",
        "rovasti",
        "insinööri",
        "insinoori",
        "ins",
        "dipl",
        "agronomi",
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "phd",
        "msc",
        "mba",
        "herr",
        "fru",
        "fröken",
        "froken",
        "docent",
        "lektor",
        "opettaja",
        "puheenjohtaja",
        "pj",
        "sihteeri",
        "vapaaehtoinen",
        "ohjaaja",
        "ohj",
        "vet",
        "vetaja",
        "jarjestaja",
        "jarj",
        "suunnittelija",
    ]
)
#: What people and programs put in brackets that is no name.
_NO_NAME: Final = frozenset(
    (
        "she", "her", "hers", "he", "him", "his", "they", "them", "theirs", "han", "hon", "hen", "host", "co",
        "guest", "you", "me", "external",
    )
)  # fmt: skip
#: Words in the name a telephone or a tablet gives itself.
_DEVICE: Final = frozenset(
    ["iphone", "iphonea", "ipad", "galaxy", "huawei", "samsung", "oneplus", "xiaomi", "redmi", "pixel", "android",
     "macbook", "laptop", "desktop", "tablet", "tabletti", "honor", "motorola", "lenovo", "chromebook"]
)  # fmt: skip
#: Names meeting programs and forms give to somebody who gave none.
_NOBODY: Final = frozenset(
    {"guest", "vieras", "gäst", "gast", "zoom user", "user", "anonymous", "tuntematon", "unknown"}
)
#: Texts that mean an empty cell of names.
_EMPTY: Final = EMPTY | NAMELESS


def is_no_name(text: str) -> bool:
    """Return whether a cell of names is as good as empty; Nan is a name, but not as programs write a missing number.

    Examples
    --------
    >>> [is_no_name(text) for text in ("#N/A", "nan", "xxx", "Nimi puuttuu", "Nan", "Xi")]
    [True, True, True, True, False, False]
    """
    folded = fold(text)
    return folded in _EMPTY or text.strip() in ("nan", "NaN") or (len(folded) > 1 and not folded.strip("x"))


def name_key(text: str) -> str | None:
    """Return a name without order, case, marks, titles and nicknames; None where the text is nobody's name.

    Examples
    --------
    >>> name_key("Potter, Harry") == name_key("tri Harry Potter (Vieras)")
    True
    >>> name_key('Mäki-Säilä, Åsa "Ansku"'), name_key("Galaxy A52"), name_key("NA")
    ('asa maki saila', None, None)
    """
    if is_no_name(text) or fold(text) in _NOBODY:
        return None
    plain = without_marks(_BESIDE.sub(" ", text)) or without_marks(text)
    parts = {part for part in plain.split() if not any(c.isdigit() for c in part)}
    if not parts or parts & _DEVICE:
        return None
    bare = parts - _TITLES
    return " ".join(sorted(bare if len(bare) > 1 else parts))


def given_name(text: str) -> str | None:
    """Return the part of a name that comes first, or behind a comma: most often the given name.

    Examples
    --------
    >>> given_name("Virtanen, Maija Liisa"), given_name("tri Maija Virtanen"), given_name("P. Virtanen")
    ('maija', 'maija', 'p')
    """
    last, comma, first = text.partition(",")
    parts = (name_key(text) or "").split()
    written = without_marks(f"{first} {last}" if comma else text).split()
    return next((part for part in written if part in parts), None)


def original_name(text: str) -> str:
    """Return the name in brackets that Zoom adds when somebody renames himself, where it is a first and a last name.

    Examples
    --------
    >>> original_name("Hessu (Harry Potter)"), original_name("Harry Potter (she/her)"), original_name("Harry Potter")
    ('Harry Potter', 'Harry Potter (she/her)', 'Harry Potter')
    """
    found = re.search(r"\(([^()]+)\)\s*$", text)
    words = without_marks(found[1]).split() if found else []
    return found[1] if found and len(words) > 1 and not {*words} & _NO_NAME else text


def device_key(text: str) -> str | None:
    """Return the folded name of a device or an unnamed guest: somebody who was there and can be linked to nobody.

    Examples
    --------
    >>> device_key("Galaxy A52"), device_key("Maija Aho"), device_key("NA")
    ('galaxy a52', None, None)
    """
    folded = fold(text)
    return folded if folded and not is_no_name(text) and name_key(text) is None else None


def email_address(text: str) -> str | None:
    """Return an e-mail address folded; None where the text is none: "-" on two rows makes nobody the same person.

    Examples
    --------
    >>> email_address("Maija.V@Esimerkki.example "), email_address("ei ole")
    ('maija.v@esimerkki.example', None)
    """
    found = _EMAIL.search(fold(text))
    return found[0] if found else None


def beside_email(text: str) -> str | None:
    """Return what a cell of contact details holds beside an e-mail address; None where that is nothing.

    Examples
    --------
    >>> beside_email("maija@esimerkki.example, 040 123 4567"), beside_email("maija@esimerkki.example")
    ('040 123 4567', None)
    """
    return _EMAIL.sub(" ", text).strip(" ,;/") or None


def birth_years(texts: pd.Series) -> tuple[pd.Series, pd.Index]:
    """Return years of birth, also from a date with the year last, and the rows whose cell holds none."""
    texts = texts.mask(holding(texts, lambda text: fold(text) in EMPTY))
    found = [_BIRTH_YEAR.match(text) if isinstance(text, str) else None for text in texts.array]
    years = pd.Series([int(year[1]) if year else None for year in found], index=texts.index, dtype="Int64")
    return years, texts.index[texts.notna() & years.isna()]


def phone_number(text: str, region: str = "FI") -> str | None:
    """Return a phone number in E.164, of `region` unless it says otherwise; None where it is none.

    Examples
    --------
    >>> phone_number("040 123 4567"), phone_number("+358401234567"), phone_number("ei ole")
    ('+358401234567', '+358401234567', None)
    >>> phone_number("46720123456", "SE") == phone_number("0720 12 34 56", "SE")
    True
    """
    import phonenumbers  # noqa: PLC0415

    number = _parsed(text, region)
    if number is not None and phonenumbers.is_valid_number(number):
        return _e164(number)
    abroad = _without_plus(text)  # a spreadsheet takes +46720... for a number and drops the sign
    number = abroad if abroad is not None else number
    return _e164(number) if number is not None and phonenumbers.is_possible_number(number) else None


def phone_region(texts: Sequence[str]) -> str:
    """Return the country whose numbers are written without a country code in a column: Finland, unless others show it.

    Examples
    --------
    >>> phone_region(["0720123456", "46720123456", "+46 720 12 34 57", "0735123456"])
    'SE'
    """
    import phonenumbers  # noqa: PLC0415

    abroad = [_parsed(text, "FI") if text.strip().startswith(("+", "00")) else _without_plus(text) for text in texts]
    named = [phonenumbers.region_code_for_number(number) for number in abroad if number is not None]
    home = [text for text in texts if text.strip().startswith("0") and not text.strip().startswith("00")]
    often = [region for region, n in Counter(filter(None, named)).most_common() if n >= max(2, named.count("FI") + 1)]
    for region in often:
        if sum(_valid(text, region) for text in home) > sum(_valid(text, "FI") for text in home):
            return region
    return "FI"


def _valid(text: str, region: str) -> bool:
    import phonenumbers  # noqa: PLC0415

    number = _parsed(text, region)
    return number is not None and phonenumbers.is_valid_number(number)


@lru_cache(maxsize=4096)
def _parsed(text: str, region: str) -> PhoneNumber | None:
    import phonenumbers  # noqa: PLC0415

    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _without_plus(text: str) -> PhoneNumber | None:
    """Return the number behind digits that begin with a country code whose plus sign is lost."""
    import phonenumbers  # noqa: PLC0415

    digits = re.sub(r"\.0$|[\s-]", "", text)
    if not digits.isdigit() or digits.startswith("0") or len(digits) < 10:
        return None
    number = _parsed(f"+{digits}", "FI")
    return number if number is not None and phonenumbers.is_valid_number(number) else None


def _e164(number: PhoneNumber) -> str:
    import phonenumbers  # noqa: PLC0415

    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
