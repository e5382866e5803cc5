"""Personal data stop here: keyed pseudonyms for people, masks in open answers."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core.config import Project
from pipeline.core.errors import ConfigError

_MIN_KEY: Final = 16
_EMAIL: Final = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_IDENTITY_CODE: Final = re.compile(r"(?<!\d)(\d{6})[-+\u2013A-FU-Y](\d{3})([0-9A-Y])(?!\w)", re.IGNORECASE)
#: An international or trunk prefix and at least six digits, however grouped; decimals such as 1,0500000 are none.
_PHONE: Final = re.compile(
    r"(?<!\d)(?<!\d[.,-])"
    r"(?:(?:\+\s?\d|00\d|0|358)(?:[\s()\u2013-]{0,3}\d){6,14}|0\d{1,2}[/.]\d{3}[ .-]?\d{2,4}|0\d{1,2}/\d{5,7})(?!\d)"
)
_CHECK_MARKS: Final = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def load_key(project: Project, environment: Mapping[str, str]) -> bytes:
    """Return the key of the pseudonyms: from the environment, else from the key file, else the sample's public one.

    Raises
    ------
    ConfigError
        When there is none, it is short, or a project that is not synthetic relies on the sample's.
    """
    privacy = project.privacy
    key = environment.get(privacy.key_env, "").strip()
    if not key and privacy.key_file:
        path = Path(privacy.key_file).expanduser()
        key = path.read_text("utf-8", errors="surrogateescape").strip() if path.is_file() else ""
    if not key and privacy.sample_key and project.synthetic:
        key = privacy.sample_key
    if len(key) < _MIN_KEY:
        raise ConfigError(
            "no key for the pseudonyms of the people on the attendance lists",
            place="project.toml, [privacy]",
            allowed=f"a secret of at least {_MIN_KEY} characters, kept outside the project folder",
            fix=f"set the environment variable {privacy.key_env}, or key_file to a file outside the project",
        )
    return key.encode("utf-8", "surrogateescape")


def pseudonym(key: bytes, identity: str) -> str:
    """Return a keyed hash (HMAC-SHA-256, 16 hex digits) of `identity`: without the key it cannot be enumerated.

    Examples
    --------
    >>> pseudonym(b"0123456789abcdef", "maija virtanen") == pseudonym(b"another key, longer", "maija virtanen")
    False
    """
    return hmac.new(key, identity.encode(), hashlib.sha256).hexdigest()[:16]


def is_identity_code(text: str) -> bool:
    """Return whether `text` is a Finnish personal identity code with a valid check character.

    Examples
    --------
    >>> is_identity_code("010594Y9032"), is_identity_code("010594Y9033")
    (True, False)
    """
    found = _IDENTITY_CODE.fullmatch(text)
    return found is not None and _CHECK_MARKS[int(found[1] + found[2]) % 31] == found[3].upper()


def mask(texts: pd.Series) -> pd.Series:
    """Return open answers with identity codes, e-mail addresses and phone numbers replaced by what they were.

    Examples
    --------
    >>> import pandas as pd
    >>> mask(pd.Series(["soita 040 000 1234 tai a.b@esimerkki.example, 12 tuntia"])).tolist()
    ['soita [puhelin] tai [sähköposti], 12 tuntia']
    """
    masked = texts.str.replace(_IDENTITY_CODE, "[henkilötunnus]", regex=True)
    masked = masked.str.replace(_EMAIL, "[sähköposti]", regex=True)
    return masked.str.replace(_PHONE, "[puhelin]", regex=True)
