"""What LimeSurvey's types of question become: rows of an XLSForm's survey sheet, each with its options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.core.errors import InstrumentError
from pipeline.ingest.instrument_model import Row

#: Language -> text.
Texts = Mapping[str, str]
#: The filled fields of a row of the structure.
Fields = Mapping[str, str]
#: A row of the survey sheet and its options by code.
Asked = tuple[Row, Mapping[str, Texts]]

_SINGLE: Final = {"N": "decimal", "D": "date", "S": "text", "T": "text", "U": "text"}
_ROWS: Final = {"K": "decimal", "Q": "text"}
_GRIDS: Final = {":": "decimal", ";": "text"}
#: A text to show, a calculation, a file, a change of language: nothing to count.
_NO_ANSWER: Final = ("X", "*", "|", "I")
_YES: Final = {"en": "Yes", "fi": "Kyllä", "sv": "Ja"}
_NO: Final = {"en": "No", "fi": "Ei", "sv": "Nej"}
_OTHER: Final = {"en": "Other", "fi": "Muu", "sv": "Annat"}
_COMMENT: Final = {"en": "Comment", "fi": "Kommentti", "sv": "Kommentar"}
#: Answers that belong to a type of question, for one question and for the rows of an array.
_BUILT_IN: Final[Mapping[str, Mapping[str, Texts]]] = {
    "Y": {"Y": _YES, "N": _NO},
    "G": {"F": {"en": "Female", "fi": "Nainen", "sv": "Kvinna"}, "M": {"en": "Male", "fi": "Mies", "sv": "Man"}},
    "5": {str(n): {} for n in range(1, 6)},
}
_BUILT_IN_ROWS: Final[Mapping[str, Mapping[str, Texts]]] = {
    "A": {str(n): {} for n in range(1, 6)},
    "B": {str(n): {} for n in range(1, 11)},
    "C": {"Y": _YES, "N": _NO, "U": {"en": "Uncertain", "fi": "En osaa sanoa", "sv": "Osäker"}},
    "E": {
        "I": {"en": "Increase", "fi": "Kasvaa", "sv": "Öka"},
        "S": {"en": "Same", "fi": "Säilyy", "sv": "Samma"},
        "D": {"en": "Decrease", "fi": "Pienenee", "sv": "Minska"},
    },
}
#: An answer that is an opinion about none of the others.
NO_OPINION: Final = _BUILT_IN_ROWS["C"]["U"]


@dataclass(frozen=True)
class Structure:
    """The tables of the file: main questions in order, subquestions and answers by question."""

    questions: list[Fields]
    texts: Mapping[str, Texts]
    rows: Mapping[str, list[Fields]]
    answers: Mapping[tuple[str, str], Mapping[str, Texts]]
    attributes: Mapping[tuple[str, str], Texts]

    def below(self, question: Fields, scale: str = "0") -> list[Fields]:
        """Return the subquestions on one scale."""
        return [q for q in self.rows.get(question["qid"], []) if q.get("scale_id", "0") == scale]

    def step(self, subquestion: Fields) -> tuple[str, Texts]:
        """Return code and texts of a subquestion."""
        return subquestion["title"], self.texts.get(subquestion["qid"], {})

    def other(self, question: Fields) -> Texts:
        """Return how the answer "other" is worded."""
        return {**_OTHER, **self.attributes.get((question["qid"], "other_replace_text"), {})}

    def part(self, kind: str, question: Fields, path: list[tuple[str, Texts]]) -> Row:
        """Return the row of a part of a question; `path` leads to it: codes, and texts where there are any."""
        code, text = question["title"], self.texts.get(question["qid"], {})
        codes, named = [step for step, _ in path if step], [texts for _, texts in path if texts]
        heads = {
            language: [texts[language] for texts in named]
            for language in text
            if all(language in texts for texts in named)
        }
        labels = {language: " - ".join([text[language], *parts]) for language, parts in heads.items()}
        spelled = [f"{text[language]} {''.join(f'[{part}]' for part in parts)}" for language, parts in heads.items()]
        return _row(kind, "_".join([code, *codes]), labels, [code + "".join(f"[{step}]" for step in codes), *spelled])


def rows_of(made: Structure, question: Fields, file: str) -> list[Asked]:
    """Return the survey rows of one question, each with its options.

    Raises
    ------
    InstrumentError
        When the type is not known.
    """
    kind = question["type"]
    if kind in _NO_ANSWER:
        return []
    if kind not in _MAKERS:
        raise InstrumentError(
            f"question '{question['title']}' is of a type that is not known ('{kind}')",
            place=file,
            allowed=" ".join([*_MAKERS, *_NO_ANSWER]),
        )
    return list(_MAKERS[kind](made, question))


def _single(made: Structure, question: Fields) -> Iterator[Asked]:
    kind, qid = question["type"], question["qid"]
    whole = kind == "N" and made.attributes.get((qid, "num_value_int_only"), {}).get("") == "1"
    yield _row("integer" if whole else _SINGLE[kind], question["title"], made.texts.get(qid, {})), {}


def _built_in(made: Structure, question: Fields) -> Iterator[Asked]:
    code = question["title"]
    yield _row(f"select_one {code}", code, made.texts.get(question["qid"], {})), _BUILT_IN[question["type"]]


def _array(made: Structure, question: Fields) -> Iterator[Asked]:
    kind, code, qid = question["type"], question["title"], question["qid"]
    options = {} if kind in _ROWS else _BUILT_IN_ROWS.get(kind) or made.answers.get((qid, "0"), {})
    for row in made.below(question):
        yield made.part(_ROWS.get(kind, f"select_one {code}"), question, [made.step(row)]), options


def _dual_array(made: Structure, question: Fields) -> Iterator[Asked]:
    code, qid = question["title"], question["qid"]
    for scale, number, header in (("0", "1", "dualscale_headerA"), ("1", "2", "dualscale_headerB")):
        for row in made.below(question):
            path = [made.step(row), (number, made.attributes.get((qid, header), {}))]
            yield made.part(f"select_one {code}#{scale}", question, path), made.answers.get((qid, scale), {})


def _grid(made: Structure, question: Fields) -> Iterator[Asked]:
    for row in made.below(question):
        for column in made.below(question, "1"):
            (code, text), (right, heading) = made.step(row), made.step(column)
            yield made.part(_GRIDS[question["type"]], question, [(f"{code}_{right}", text), ("", heading)]), {}


def _ranking(made: Structure, question: Fields) -> Iterator[Asked]:
    options = made.answers.get((question["qid"], "0"), {}) or dict(map(made.step, made.below(question)))
    for rank in map(str, range(1, len(options) + 1)):
        yield made.part(f"select_one {question['title']}", question, [(rank, {"en": f"Rank {rank}"})]), options


def _list(made: Structure, question: Fields) -> Iterator[Asked]:
    code, qid, other = question["title"], question["qid"], question.get("other") == "Y"
    options = {**made.answers.get((qid, "0"), {}), **({"-oth-": made.other(question)} if other else {})}
    yield _row(f"select_one {code}", code, made.texts.get(qid, {})), options
    if other:
        yield made.part("text", question, [("other", made.other(question))]), {}
    if question["type"] == "O":
        yield made.part("text", question, [("comment", _COMMENT)]), {}


def _multiple(made: Structure, question: Fields) -> Iterator[Asked]:
    """Yield the question, a text for "other", whose column holds what was written, and one for each comment."""
    code, boxes = question["title"], dict(map(made.step, made.below(question)))
    yield _row(f"select_multiple {code}", code, made.texts.get(question["qid"], {})), boxes
    written = {"other": made.other(question)} if question.get("other") == "Y" else {}
    comments: Mapping[str, Texts] = {f"{box}comment": {} for box in (*boxes, *written)}
    for name, text in {**written, **(comments if question["type"] == "P" else {})}.items():
        yield made.part("text", question, [(name, text)]), {}


def _row(kind: str, name: str, texts: Texts, aliases: Iterable[str] = ()) -> Row:
    kept = "|".join(alias for alias in aliases if "|" not in alias)
    return {"type": kind, "name": name, **labels(texts), **({"aliases": kept} if kept else {})}


def labels(texts: Texts) -> dict[str, str]:
    """Return the label columns of an XLSForm, one per language."""
    return {f"label::{language}" if language else "label": text for language, text in texts.items()}


_Maker = Callable[[Structure, Fields], Iterator[Asked]]
_MAKERS: Final[Mapping[str, _Maker]] = {
    **dict.fromkeys(_SINGLE, _single),
    **dict.fromkeys(_BUILT_IN, _built_in),
    **dict.fromkeys(("L", "!", "O"), _list),
    **dict.fromkeys(("M", "P"), _multiple),
    **dict.fromkeys((*_ROWS, *_BUILT_IN_ROWS, "F", "H"), _array),
    **dict.fromkeys(_GRIDS, _grid),
    "1": _dual_array,
    "R": _ranking,
}
