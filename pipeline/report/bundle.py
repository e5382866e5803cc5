"""A figure as it is published: picture in three formats, data table, caption and alt text under one name."""

from __future__ import annotations

import io
import json
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.core import tables, words
from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace
from pipeline.report import spreadsheet
from pipeline.report.disclosure import Released
from pipeline.report.texts import Texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DPI: Final = 300
_SHORTEST_ALT: Final = 20
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
#: What else would change with the machine: ids, fonts, and the release of zlib.
_SAVING: Final[dict[Any, Any]] = {
    "svg.hashsalt": "figure",
    "svg.fonttype": "path",  # looks the same where the font is missing; the text is in alt and the data table
    "pdf.compression": 0,
    "text.hinting": "none",  # as it was laid out
}


def save(
    figure: Figure,
    workspace: Workspace,
    name: str,
    *,
    texts: Mapping[str, Texts],
    data: Released,
    sources: Sequence[str],
    language: str,
) -> list[Path]:
    """Write the figure and what must travel with it to figures/; the same input gives the same bytes.

    Parameters
    ----------
    figure : Figure
        As a function of `pipeline.plots` returned it, drawn from `data.frame`.
    workspace : Workspace
        Its `figures` folder is written to.
    name : str
        File name without ending: a-z, 0-9, - and _.
    texts : mapping of str to Texts
        By language, all three of them: title, caption, alt text and caveat (`texts.in_languages` makes it).
    data : Released
        The numbers drawn, as they left the disclosure gate.
    sources : sequence of str
        Tables the numbers come from.
    language : {"fi", "sv", "en"}
        Language of the picture.

    Returns
    -------
    list of Path
        <name>.svg, .png (300 dpi), .pdf, .csv and .xlsx (the data) and .json (texts, language, sources, hidden).

    Raises
    ------
    PipelineError
        When an alt text is no sentence, a text or the sources are empty, a language lacks, the name is not allowed,
        data has not passed the gate, or the font lacks a character. Nothing is written then.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> from pipeline.report.disclosure import not_of_people
    >>> from pipeline.report.texts import Texts
    >>> said = Texts("Käynnit", "n = 9.", "Tyhjä kuvio: käyntejä on yhdeksän.")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = save(
    ...         Figure(), Workspace.at(folder), "reach", texts={"fi": said, "sv": said, "en": said},
    ...         data=not_of_people(pd.DataFrame({"visits": [9]})), sources=["estimates"], language="fi",
    ...     )
    >>> [path.suffix for path in paths]
    ['.svg', '.png', '.pdf', '.csv', '.xlsx', '.json']
    """
    _check(name, texts, data, sources, language)
    own = texts[language]
    contents = {
        ".svg": _named(_drawn(figure, "svg", {"Title": own.title, "Date": None}, name), own.alt, language),
        ".png": _drawn(figure, "png", {"Title": own.title}, name),
        ".pdf": _drawn(figure, "pdf", {"Title": own.title, "CreationDate": None}, name),
        ".xlsx": spreadsheet.workbook({name[:31]: data.frame}),
        ".json": _sidecar(name, texts, data, sources, language),
    }
    base = workspace.figures / name
    tables.write_csv(base.with_suffix(".csv"), data.frame)
    for ending, content in contents.items():
        base.with_suffix(ending).write_bytes(content)
    return [base.with_suffix(ending) for ending in (".svg", ".png", ".pdf", ".csv", ".xlsx", ".json")]


def _check(name: str, texts: Mapping[str, Texts], data: Released, sources: Sequence[str], language: str) -> None:
    faults = {
        "the name of a figure is of a-z, 0-9, - and _": not _NAME.fullmatch(name),
        "the language is not one of " + ", ".join(words.LANGUAGES): language not in words.LANGUAGES,
        "the data have not passed the disclosure gate": not isinstance(data, Released),
        "no source is named": not sources or isinstance(sources, str),
        "the texts are not in " + ", ".join(words.LANGUAGES): set(texts) != set(words.LANGUAGES),
    }
    found = [fault for fault, present in faults.items() if present]
    found += [f"{fault} ({code})" for code, said in texts.items() for fault in _faults(said)]
    if found:
        raise PipelineError("; ".join(found), place=f"figure {name}")


def _faults(said: Texts) -> list[str]:
    faults = {
        "the title is empty": not said.title.strip(),
        "the caption is empty": not said.caption.strip(),
        f"the alt text is not a sentence of {_SHORTEST_ALT} characters or more": not _is_sentence(said.alt),
        "the alt text is the title again": said.alt.strip(" .") == said.title.strip(" ."),
    }
    return [fault for fault, present in faults.items() if present]


def _is_sentence(alt: str) -> bool:
    alt = alt.strip()
    return len(alt) >= _SHORTEST_ALT and len(alt.split()) > 2 and alt.endswith((".", "!", "?"))


def _drawn(figure: Figure, kind: str, metadata: dict[str, str | None], name: str) -> bytes:
    """Return the figure in one format, whatever the machine's matplotlibrc says."""
    import matplotlib as mpl  # noqa: PLC0415

    out = io.BytesIO()
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(_SAVING)
        warnings.filterwarnings("error", message=r"Glyph \d+")
        try:
            figure.savefig(out, format=kind, dpi=_DPI, metadata=metadata)
        except UserWarning as fault:
            glyph = re.search(r"Glyph (\d+)", str(fault))
            raise _unprintable(int(glyph.group(1)), name) if glyph else fault from None
    return out.getvalue()


def _unprintable(glyph: int, name: str) -> PipelineError:
    return PipelineError(
        f"the font has no character U+{glyph:04X}, it would be printed as a box", place=f"figure {name}",
        fix="take it out of the label in the instrument or project.toml",
    )  # fmt: skip


def _named(svg: bytes, alt: str, language: str) -> bytes:
    """Add what matplotlib cannot: language, role and description, read aloud where the picture is not seen."""
    text = svg.decode("utf-8").replace("<svg ", f'<svg lang="{language}" role="img" ', 1)
    return text.replace("</title>", f"</title>\n <desc>{escape(alt, quote=False)}</desc>", 1).encode("utf-8")


def _sidecar(name: str, texts: Mapping[str, Texts], data: Released, sources: Sequence[str], language: str) -> bytes:
    content = {
        "name": name,
        "language": language,
        "sources": list(sources),
        "texts": {code: asdict(texts[code]) for code in words.LANGUAGES},
        "hidden": data.hidden.to_dict("records"),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
