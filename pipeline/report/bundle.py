"""A figure as it is published: picture in three formats, data table, caption and alt text under one name."""

from __future__ import annotations

import io
import json
import re
import warnings
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.core import tables, words
from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace
from pipeline.report.disclosure import Released

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
    title: str,
    caption: str,
    alt: str,
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
    title, caption : str
        Text printed above and below the figure.
    alt : str
        At least a sentence of what the figure shows, for those who do not see it.
    data : Released
        The numbers drawn, as they left the disclosure gate.
    sources : sequence of str
        Tables the numbers come from.
    language : {"fi", "sv", "en"}
        Language of the texts.

    Returns
    -------
    list of Path
        <name>.svg, .png (300 dpi), .pdf, .csv (the data) and .json (title, caption, alt, language, sources, hidden).

    Raises
    ------
    PipelineError
        When alt is no sentence, a text or the sources are empty, the name or language is not allowed, data has not
        passed the gate, or the font lacks a character. Nothing is written then.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> from pipeline.report.disclosure import gate
    >>> row = {"outcome": "reach", "term": "visits", "group": "all", "method": "count", "n": 9, "note": None}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = save(
    ...         Figure(), Workspace.at(folder), "reach", title="Käynnit", caption="n = 9.", language="fi",
    ...         alt="Tyhjä kuvio: käyntejä on yhdeksän.", data=gate(pd.DataFrame([row]), 10), sources=["estimates"],
    ...     )
    >>> [path.suffix for path in paths]
    ['.svg', '.png', '.pdf', '.csv', '.json']
    """
    _check(name, {"title": title, "caption": caption}, alt, data, sources, language)
    texts = {"title": title, "caption": caption, "alt": alt, "language": language, "sources": list(sources)}
    contents = {
        ".svg": _named(_drawn(figure, "svg", {"Title": title, "Date": None}, name), alt, language),
        ".png": _drawn(figure, "png", {"Title": title}, name),
        ".pdf": _drawn(figure, "pdf", {"Title": title, "CreationDate": None}, name),
        ".json": _sidecar(texts, data),
    }
    base = workspace.figures / name
    tables.write_csv(base.with_suffix(".csv"), data.frame)
    for ending, content in contents.items():
        base.with_suffix(ending).write_bytes(content)
    return [base.with_suffix(ending) for ending in (".svg", ".png", ".pdf", ".csv", ".json")]


def _check(name: str, texts: dict[str, str], alt: str, data: Released, sources: Sequence[str], language: str) -> None:
    faults = {
        "the name of a figure is of a-z, 0-9, - and _": not _NAME.fullmatch(name),
        "the language is not one of " + ", ".join(words.LANGUAGES): language not in words.LANGUAGES,
        "the data have not passed the disclosure gate": not isinstance(data, Released),
        "no source is named": not sources or isinstance(sources, str),
        **{f"the {key} is empty": not text.strip() for key, text in texts.items()},
        f"the alt text is not a sentence of {_SHORTEST_ALT} characters or more": not _is_sentence(alt),
        "the alt text is the title again": alt.strip(" .") == texts["title"].strip(" ."),
    }
    found = [fault for fault, present in faults.items() if present]
    if found:
        raise PipelineError("; ".join(found), place=f"figure {name}")


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


def _sidecar(texts: dict[str, Any], data: Released) -> bytes:
    content = {**texts, "hidden": data.hidden.to_dict("records")}
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
