"""The answers for evaluators who work in SPSS, PSPP or R: one file with its codebook inside, the same bytes each time.

Codes that are whole numbers stay; options without one are numbered in the order of the instrument. The kinds of missing
are user-missing codes, one block of negative numbers for the whole file. An option that was not ticked is a valid 0: as
a missing code, every option would be ticked by all of those counted. Open answers stay out of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipeline.core import formats

#: Kinds of missing in the order of their codes, and how they are called; a code is the block's end minus its number.
MISSING: Final = {
    "not_asked": {"fi": "Ei kysytty", "sv": "Inte frågat", "en": "Not asked"},
    "no_answer": {"fi": "Ei vastausta", "sv": "Inget svar", "en": "No answer"},
    "dont_know": {"fi": "En osaa sanoa", "sv": "Vet inte", "en": "Don't know"},
    "refused": {"fi": "En halua vastata", "sv": "Vill inte svara", "en": "Prefer not to answer"},
    "invalid": {"fi": "Virheellinen vastaus", "sv": "Ogiltigt svar", "en": "Invalid answer"},
}
#: The code before the first kind of missing, tried in this order: the first block no answer falls in is used.
_BLOCKS: Final = (-90, -990, -9990, -99990, -999990, -9999990)
_NOT_TICKED: Final = {"fi": "Ei valittu", "sv": "Inte vald", "en": "Not selected"}
_TICKED: Final = {"fi": "Valittu", "sv": "Vald", "en": "Selected"}
_OWN: Final = {
    "response_id": {"fi": "Vastauksen tunniste", "sv": "Svarets id", "en": "Response"},
    "event_id": {"fi": "Tapahtuma", "sv": "Evenemang", "en": "Event"},
    "action_id": {"fi": "Toimenpide", "sv": "Åtgärd", "en": "Action"},
    "mode": {"fi": "Keruutapa", "sv": "Insamlingssätt", "en": "Mode of collection"},
    "language": {"fi": "Lomakkeen kieli", "sv": "Blankettens språk", "en": "Language of the form"},
    "role": {"fi": "Vastaajan rooli", "sv": "Svararens roll", "en": "Role of the respondent"},
    "submitted_at": {"fi": "Vastausaika", "sv": "Svarstid", "en": "Time of answering"},
}
_EPOCH: Final = pd.Timestamp("1582-10-14")
_MOST_LABEL, _MOST_VALUE_LABEL, _MOST_NAME = 255, 119, 64
_RESERVED: Final = frozenset(["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"])
_CLOCK: Final = b"01 Jan 0000:00:00"  # date (9 bytes) and time (8) of the header
_CLOCK_AT: Final = 92


@dataclass(frozen=True)
class Described:
    """What SPSS is told of one variable: its values, label, value labels, format and measurement level."""

    values: pd.Series
    label: str
    labels: Mapping[float, str] = field(default_factory=dict)
    form: str | None = None
    measure: str = "nominal"
    has_missing: bool = False


def write_sav(
    path: Path,
    items: pd.DataFrame,
    options: pd.DataFrame,
    responses: pd.DataFrame,
    answers: pd.DataFrame,
    language: str,
    title: str = "",
) -> None:
    """Write the responses with their answers to closed questions as an SPSS file.

    Parameters
    ----------
    path : Path
        The .sav file.
    items, options, responses, answers : DataFrame
        Contract tables of these names.
    language : {"fi", "sv", "en"}
        Of the labels; where a text has none in it, another language's is taken.
    title : str
        The file's label.
    """
    import pyreadstat  # noqa: PLC0415

    described = variables(items, options, responses, answers, language)
    block = _block(answers, options)
    path.parent.mkdir(parents=True, exist_ok=True)
    pyreadstat.write_sav(
        pd.DataFrame({name: d.values for name, d in described.items()}),
        str(path),
        file_label=_cut(title, 63),
        column_labels=[_cut(d.label, _MOST_LABEL) for d in described.values()],
        variable_value_labels={
            name: {code: _cut(text, _MOST_VALUE_LABEL) for code, text in d.labels.items()}
            for name, d in described.items()
            if d.labels
        },
        missing_ranges={
            name: [{"lo": block - len(MISSING), "hi": block - 1}] for name, d in described.items() if d.has_missing
        },
        variable_format={name: d.form for name, d in described.items() if d.form},
        variable_measure={name: d.measure for name, d in described.items()},
    )
    content = bytearray(path.read_bytes())
    content[_CLOCK_AT : _CLOCK_AT + len(_CLOCK)] = _CLOCK
    path.write_bytes(bytes(content))


def variables(
    items: pd.DataFrame, options: pd.DataFrame, responses: pd.DataFrame, answers: pd.DataFrame, language: str
) -> dict[str, Described]:
    """Return SPSS variable name -> what is written of it: what is known of a response, then each closed item."""
    ordered = responses.sort_values("response_id", kind="stable").set_index("response_id", drop=False)
    block = _block(answers, options)
    found = {name: _own(ordered, name, texts[language]) for name, texts in _OWN.items()}
    closed = items[~items["type"].isin(["select_multiple", "text"])].sort_values("position", kind="stable")
    names = _names([*found, *closed["item"]])[len(found) :]
    by_item = dict(list(answers.groupby("item")))
    questions = items.set_index("item")
    for name, item in zip(names, closed.to_dict("records"), strict=True):
        given = by_item.get(item["item"], answers.iloc[:0]).set_index("response_id").reindex(ordered.index)
        label = formats.label(item, language, item["item"])
        if item["type"] == "option" and item["question"] in questions.index:
            label = f"{formats.label(questions.loc[item['question']].to_dict(), language, item['question'])}: {label}"
        own = options[options["question"] == item["question"]].sort_values("position")
        found[name] = _item(item, label, given, own, language, block)
    return found


def _own(responses: pd.DataFrame, name: str, label: str) -> Described:
    if name == "submitted_at":
        return Described(_seconds(responses[name]).reset_index(drop=True), label, form="DATETIME20", measure="scale")
    texts = responses[name].astype(object).where(responses[name].notna(), "")
    return Described(texts.reset_index(drop=True), label)


def _item(
    item: Mapping[str, Any], label: str, given: pd.DataFrame, options: pd.DataFrame, language: str, block: int
) -> Described:
    """Return one item; a response without any row for it was not asked."""
    numbers, labels, form = _coded(item["type"], given["code"], options, language)
    if item["type"] == "option":
        numbers = numbers.mask(given["missing_reason"] == "not_ticked", 0.0)
        labels = {0.0: _NOT_TICKED[language], 1.0: _TICKED[language]}
    codes = {reason: float(block - number) for number, reason in enumerate(MISSING, start=1)}
    reasons = given["missing_reason"].fillna("not_asked").replace("not_ticked", "no_answer").map(codes)
    texts = {code: MISSING[reason][language] for reason, code in codes.items()}
    ordered = item["type"] == "select_one" and pd.notna(item["maximum"])
    measure = "scale" if not labels else "ordinal" if ordered else "nominal"
    values = numbers.fillna(reasons.astype(float)).reset_index(drop=True)
    return Described(values, label, {**labels, **texts}, form, measure, has_missing=True)


def _coded(
    kind: str, codes: pd.Series, options: pd.DataFrame, language: str
) -> tuple[pd.Series, dict[float, str], str | None]:
    """Return the codes as numbers, labels of the numbers, and the format."""
    if kind == "date":
        return _seconds(pd.to_datetime(codes, errors="coerce")), {}, "EDATE10"
    if kind != "select_one":
        return pd.to_numeric(codes, errors="coerce").astype(float), {}, "F8.2" if kind == "decimal" else "F8.0"
    real = options[options["missing_reason"].isna()]
    numbers = _numbers(list(real["code"]))
    texts = {numbers[row["code"]]: formats.label(row, language, row["code"]) for row in real.to_dict("records")}
    return codes.map(numbers).astype(float), texts, "F8.0"


def _numbers(codes: Sequence[str]) -> dict[str, float]:
    """Return code -> number: the code itself where all are different whole numbers, else its place in the list."""
    if all(re.fullmatch(r"-?\d{1,9}", code) for code in codes) and len(set(map(int, codes))) == len(codes):
        return {code: float(code) for code in codes}
    return {code: float(place) for place, code in enumerate(codes, start=1)}


def _seconds(moments: pd.Series) -> pd.Series:
    return (moments - _EPOCH).dt.total_seconds().astype(float)


def _block(answers: pd.DataFrame, options: pd.DataFrame) -> int:
    """Return the number above the first block of missing codes that holds no answer and no option."""
    taken = pd.concat([answers["value"], pd.to_numeric(options["code"], errors="coerce")]).dropna()
    free = (b for b in _BLOCKS if not taken.between(b - len(MISSING), b - 1).any())
    return next(free, int(min(taken.min(), 0)) - 1 if len(taken) else _BLOCKS[0])


def _names(items: Sequence[str]) -> list[str]:
    """Return valid, distinct names of variables: SPSS allows letters, digits and _ . @ # $, and ignores case."""
    names: list[str] = []
    taken: set[str] = set()
    for item in items:
        bare = re.sub(r"[^\w.@#$]+", "_", item).strip("._") or "v"
        bare = _cut(bare if bare[0].isalpha() else f"v_{bare}", _MOST_NAME - 4, "").rstrip("._")
        bare = f"{bare}_" if bare.upper() in _RESERVED else bare
        name, number = bare, 1
        while name.upper() in taken:
            number += 1
            name = f"{bare}_{number}"
        taken.add(name.upper())
        names.append(name)
    return names


def _cut(text: str, most: int, mark: str = "…") -> str:
    """Return text of at most so many bytes, cut between letters."""
    encoded = text.encode()
    if len(encoded) <= most:
        return text
    return encoded[: most - len(mark.encode())].decode(errors="ignore") + mark
