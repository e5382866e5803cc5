"""The writer's own paragraphs (raw/report/texts.toml): what no table knows about the project."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

import pydantic

from pipeline.core.config import Labels, Settings, validated
from pipeline.core.errors import ConfigError

FILE: Final = Path("report") / "texts.toml"


class ReportTexts(Settings):
    """Paragraphs by name and language; a blank line parts them."""

    texts: dict[str, Labels] = pydantic.Field(default_factory=dict)


def load_texts(raw: Path, language: str) -> dict[str, str]:
    """Read `raw`/report/texts.toml in one language; a project without one has none.

    Raises
    ------
    ConfigError
        Naming what is not as it should be.
    """
    path = raw / FILE
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigError(
            f"not valid TOML: {fault}", place=path.name, fix="save it as UTF-8 and mend that line"
        ) from None
    known = validated(ReportTexts, content, path.name).texts
    return {name: label.get(language).strip() for name, label in known.items() if label.get(language).strip()}
