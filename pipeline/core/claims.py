"""The sentences a report wants to print (raw/report/claims.toml): each tied to the estimates or facts it speaks of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, get_args

import pydantic

from pipeline.core.config import Labels, Settings, validated
from pipeline.core.errors import ConfigError

#: Where the claims stand, below raw/.
FILE: Final = Path("report") / "claims.toml"

#: What must hold. Of a share: "most", "minority". With `value`: "more_than", "less_than", "about". Of a difference or
#: a change: "increase", "decrease", "difference". "number": the number is there and may be shown.
Says = Literal["most", "minority", "more_than", "less_than", "about", "increase", "decrease", "difference", "number"]
NEEDS_VALUE: Final = ("more_than", "less_than", "about")

#: The ladder of wording, lowest rung first.
Strength = Literal["reported", "consistent_with", "contributed", "caused"]
STRENGTHS: Final[tuple[str, ...]] = get_args(Strength)


class Subject(Settings):
    """What a claim speaks of: one row of `estimates` (outcome, term, group), or one fact.

    Without `method` the interval to quote is taken: clustered by event where there is one, else Wilson's.
    """

    outcome: str | None = None
    term: str = "share_positive"
    group: str = "all"
    method: str | None = None
    fact: str | None = None
    name: str | None = pydantic.Field(default=None, pattern=r"^[a-z][a-z0-9_]*$")

    @pydantic.model_validator(mode="after")
    def _one_kind(self) -> Subject:
        if (self.outcome is None) == (self.fact is None):
            raise ValueError("name an outcome of estimates or a fact, one of the two")
        return self


class Claim(Settings):
    """One sentence in up to three languages, what must hold for it, and how strong its wording is meant to be."""

    key: str = pydantic.Field(pattern=r"^[a-z][a-z0-9_]*$")
    text: Labels
    says: Says
    of: tuple[Subject, ...] = pydantic.Field(min_length=1)
    value: float | None = None
    within: float = pydantic.Field(default=0.05, gt=0, lt=1)
    strength: Strength = "reported"
    published: bool = False

    @pydantic.model_validator(mode="after")
    def _complete(self) -> Claim:
        if (self.says in NEEDS_VALUE) != (self.value is not None):
            raise ValueError(f"'{self.says}' {'needs a' if self.says in NEEDS_VALUE else 'takes no'} value")
        names = [subject.name for subject in self.of[1:]]
        if None in names or len(set(names)) < len(names) or "fact" in names:
            raise ValueError("every subject after the first needs a name of its own (not 'fact')")
        if not any((self.text.fi, self.text.sv, self.text.en)):
            raise ValueError("the claim has no text")
        return self

    @property
    def texts(self) -> Mapping[str, str]:
        """The text by language; only the languages that have one."""
        return {code: text for code, text in self.text.model_dump().items() if text}


class Claims(Settings):
    """claims.toml, validated."""

    claims: tuple[Claim, ...] = ()

    @pydantic.model_validator(mode="after")
    def _distinct(self) -> Claims:
        keys = [claim.key for claim in self.claims]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"a key is used twice: {', '.join(twice)}")
        return self


def load_claims(raw: Path) -> tuple[Claim, ...]:
    """Read `raw`/report/claims.toml; a project without one makes no claims.

    Raises
    ------
    ConfigError
        Naming the entry that is missing, misspelt or of the wrong kind.
    """
    path = raw / FILE
    if not path.is_file():
        return ()
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigError(
            f"not valid TOML: {fault}", place=path.name, fix="save it as UTF-8 and mend that line"
        ) from None
    entries = content.get("claims")
    for number, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        key = entry.get("key", number) if isinstance(entry, dict) else number
        validated(Claim, entry, f"{path.name}, claim {key}")  # by its key, not its place
    return validated(Claims, content, path.name).claims
