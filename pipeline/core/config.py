"""What a project says about itself (project.toml) and what an analyst may change (params.yaml)."""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Final, Literal, TypeVar

import pydantic

from pipeline.core.errors import ConfigError

#: How many times its mean a weight may be.
WEIGHT_CAP: Final = 5.0
Share = Annotated[float, pydantic.Field(gt=0, lt=1)]
Language = Literal["fi", "sv", "en"]


class Settings(pydantic.BaseModel):
    """What a person writes in a settings file: unknown entries are refused, nothing changes once read."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)


class Labels(Settings):
    """One text in each language; a language that is not given falls back to another."""

    fi: str | None = None
    sv: str | None = None
    en: str | None = None

    def get(self, language: str, fallback: str = "") -> str:
        """Return the text in `language`, else in the first language that has one, else `fallback`."""
        return getattr(self, language) or self.fi or self.en or self.sv or fallback


class About(Settings):
    """The project: who, what, when."""

    code: str
    name: str
    start: dt.date | None = None
    end: dt.date | None = None
    municipality: str | None = None
    language: Language = "fi"


class Privacy(Settings):
    """Where the key of the pseudonyms is found, and the last day on which personal data may be kept."""

    key_env: str = "PIPELINE_PERSON_KEY"
    key_file: str | None = None
    sample_key: str | None = None
    retention_until: dt.date | None = None


class Source(Settings):
    """What cannot be read from a file itself: its mode, language, default event. `match` is a pattern under raw/."""

    match: str
    mode: Literal["paper", "web", "kiosk", "interview"] | None = None
    language: Language | None = None
    event: str | None = None
    role: Literal["participant", "organiser", "stakeholder"] | None = None


class Outcome(Settings):
    """A construct (or single item) the project reports on. Primary outcomes are declared before the data."""

    key: str
    label: Labels
    primary: bool = False
    min_answered: Share | Literal[1] = 0.5


class Analysis(Settings):
    """How the answers are grouped, what they are a sample of, and the item that counts the events a person came to."""

    group_by: tuple[str, ...] = ()
    dose: str | None = None
    estimand: Literal["events_as_sample", "these_events"] = "events_as_sample"


class Scale(Settings):
    """A published scale: its key in the registry, and its items of the instrument in the published order.

    `conversion` holds pairs of raw and published score, for scales whose authors give such a table.
    """

    key: str
    items: tuple[str, ...]
    official_wording: bool = False
    conversion: tuple[tuple[float, float], ...] = ()


class Ingest(Settings):
    """Rules for reading: words that mark a trial answer, and further places of feedback files."""

    test_words: tuple[str, ...] = ("test", "testi", "testivastaus")
    feedback: tuple[str, ...] = ()

    @pydantic.field_validator("feedback")
    @classmethod
    def _relative(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse what means another file on another machine."""
        for pattern in patterns:
            anchored = PurePosixPath(pattern).anchor or PureWindowsPath(pattern).anchor or pattern.startswith("~")
            if anchored or not pattern.strip():
                raise ValueError("a pattern must be relative to the project's raw folder, as in ../answers/*.csv")
        return patterns


class Indicator(Settings):
    """A planned and an actual figure."""

    key: str
    label: Labels
    unit: str
    planned: float | None = None
    actual: float | None = None


class Sustainability(Settings):
    """One row of the sustainability grid: direct and indirect score."""

    dimension: str
    topic: str
    direct: int
    indirect: int


class Project(Settings):
    """project.toml, validated."""

    synthetic: bool = False
    project: About
    privacy: Privacy = Privacy()
    analysis: Analysis = Analysis()
    ingest: Ingest = Ingest()
    sources: tuple[Source, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    scales: tuple[Scale, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    sustainability: tuple[Sustainability, ...] = ()

    @property
    def primary(self) -> tuple[str, ...]:
        """Constructs declared as primary outcomes, in order."""
        return tuple(o.key for o in self.outcomes if o.primary)

    def label(self, construct: str, language: str | None = None) -> str:
        """Return the name of a construct in `language` (the project's own by default)."""
        found = {o.key: o.label for o in self.outcomes}.get(construct, Labels())
        return found.get(language or self.project.language, construct)


class Choice(Settings):
    """One of several defensible ways to do the analysis, and why somebody would choose it."""

    key: str
    reason: Labels
    label: Labels = Labels()


class Cut(Choice):
    """When a response is positive: its score (or the share of its items that are) lies above a part of the range."""

    of: Literal["score", "items"] = "score"
    above: Share = 0.5


class MissingRule(Choice):
    """How many items must be answered, and whether a response without a score is left out or counts as not positive."""

    answered: float = pydantic.Field(default=0.5, ge=0, le=1)
    otherwise: Literal["left_out", "not_positive"] = "left_out"


class Weighting(Choice):
    """Every answer alike, every event alike, or every person listed alike."""

    alike: Literal["answers", "events", "people_listed"] = "answers"


class Exclusion(Choice):
    """Which responses do not count: by a column of `responses`, of small events, of the event with most answers."""

    drop: dict[str, tuple[str, ...]] = {}
    least_per_event: int = pydantic.Field(default=1, ge=1)
    without_largest_event: bool = False


class IntervalChoice(Choice):
    """Which interval carries the claim."""

    method: Literal["cluster_logit_t", "korn_graubard", "bootstrap_percentile", "wilson"]


class Robustness(Settings):
    """The specification curve: every combination of these choices is one specification. Empty lists: no curve."""

    replicates: int = pydantic.Field(default=1000, ge=100)
    seed: int = 1
    cuts: tuple[Cut, ...] = ()
    missing: tuple[MissingRule, ...] = ()
    weights: tuple[Weighting, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    intervals: tuple[IntervalChoice, ...] = ()

    @pydantic.model_validator(mode="after")
    def _distinct(self) -> Robustness:
        """Refuse a name used twice: a specification is known by the names of its choices."""
        for name in ("cuts", "missing", "weights", "exclusions", "intervals"):
            keys = [choice.key for choice in getattr(self, name)]
            if len(keys) != len(set(keys)):
                raise ValueError(f"{name}: a key is used twice")
        return self


@functools.cache
def _shipped_robustness() -> Robustness:
    """Return the choices of the params.yaml that comes with the program: they are data, not code."""
    import yaml  # noqa: PLC0415

    path = Path(__file__).resolve().parents[2] / "params.yaml"
    content = yaml.safe_load(path.read_text("utf-8-sig")) if path.is_file() else {}
    return Robustness.model_validate((content or {}).get("robustness") or {})


class Params(Settings):
    """params.yaml: choices of the analyst, each with a defensible default."""

    ci_level: Share = 0.95
    min_group_n: int = pydantic.Field(default=10, ge=1)
    min_count: int = pydantic.Field(default=5, ge=1)
    link_similarity: float = pydantic.Field(default=90, ge=50, le=100)
    weight_cap: float = pydantic.Field(default=WEIGHT_CAP, gt=1)
    robustness: Robustness = pydantic.Field(default_factory=_shipped_robustness)


Model = TypeVar("Model", bound=Settings)


def load_project(raw: Path) -> Project:
    """Read `raw`/project.toml.

    Raises
    ------
    ConfigError
        Naming the entry that is missing, misspelt or of the wrong kind.
    """
    path = raw / "project.toml"
    if not path.is_file():
        raise ConfigError(
            "there is no project.toml", place=str(raw), fix="copy one from raw/ of the sample and edit it"
        )
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigError(
            f"not valid TOML: {fault}", place=path.name, fix="save it as UTF-8 and mend that line"
        ) from None
    return validated(Project, content, path.name)


def load_params(path: Path) -> Params:
    """Read params.yaml; where it is absent the defaults apply."""
    if not path.is_file():
        return Params()
    import yaml  # noqa: PLC0415

    try:
        content = yaml.safe_load(path.read_text("utf-8-sig")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise ConfigError(
            f"not valid YAML: {fault}", place=path.name, fix="save it as UTF-8 and mend that line"
        ) from None
    return validated(Params, content, path.name)


def validated(model: type[Model], content: dict[str, Any], place: str) -> Model:
    """Return content as the model, or raise a ConfigError that names each faulty entry."""
    try:
        return model.model_validate(content)
    except pydantic.ValidationError as failure:
        raise ConfigError(_sentences(failure.errors()), place=place) from None


def _sentences(errors: Sequence[Any]) -> str:
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in errors)
