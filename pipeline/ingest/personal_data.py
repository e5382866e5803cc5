"""Personal data stop here: keyed pseudonyms for people, masks in open answers."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core.config import Project
from pipeline.core.errors import ConfigError
from pipeline.ingest.cells import TEXT
from pipeline.ingest.personal_patterns import is_identity_code, mask_text

__all__ = ("find_key", "is_identity_code", "load_key", "mask", "pseudonym")

_MIN_KEY: Final = 16


def find_key(project: Project, environment: Mapping[str, str]) -> bytes | None:
    """Return the key as `load_key` does; None where a project without attendance lists has none."""
    try:
        return load_key(project, environment)
    except ConfigError:
        return None


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
        if not path.is_file():
            raise ConfigError(
                "there is no file at key_file",
                place="project.toml, [privacy]",
                fix=f"correct the path, or set the environment variable {privacy.key_env}",
            )
        key = path.read_text("utf-8", errors="surrogateescape").strip()
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


def mask(texts: pd.Series) -> pd.Series:
    """Return open answers with identity codes, e-mail addresses, account and phone numbers replaced by what they were.

    Examples
    --------
    >>> import pandas as pd
    >>> mask(pd.Series(["soita 040 000 1234 tai a.b@esimerkki.example, 12 tuntia"])).tolist()
    ['soita [puhelin] tai [sähköposti], 12 tuntia']
    """
    known = {text: mask_text(text) for text in texts.dropna().unique()}
    return texts.map(known, na_action="ignore").astype(TEXT)
