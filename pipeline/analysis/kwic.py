"""Keyword in context: every place where open answers use a word, in whatever inflected form, to help those who code.

The lemmatiser is given by the caller (Finnish needs one: a word has hundreds of forms), so that this module depends on
none: ``lambda word: simplemma.lemmatize(word, "fi")``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final

import pandas as pd

Lemmatiser = Callable[[str], str]

#: Words with inner hyphens and apostrophes; figures are words.
_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")


def concordance(comments: pd.DataFrame, keyword: str, lemmatise: Lemmatiser, width: int = 40) -> pd.DataFrame:
    """Return every use of a word with the text around it.

    Parameters
    ----------
    comments : DataFrame
        Contract table (response_id, item, text).
    keyword : str
        The word, in any form; several words are looked for one after another in the text.
    lemmatise : callable
        Base form of one word.
    width : int
        Characters of context on either side, cut between words where possible.

    Returns
    -------
    DataFrame
        response_id, item, left, word, right: in order of the words to the right, as concordances are read.

    Examples
    --------
    >>> comments = pd.DataFrame({"response_id": ["a", "b"], "item": "comment",
    ...                          "text": ["Bussi ei kulje illalla.", "Bussilla pääsee perille."]})
    >>> concordance(comments, "bussi", lambda word: word.removesuffix("lla"))[["word", "right"]].values.tolist()
    [['Bussi', 'ei kulje illalla.'], ['Bussilla', 'pääsee perille.']]
    """
    wanted = [_base(word, lemmatise) for word in _WORD.findall(keyword)]
    rows = []
    for comment in comments.itertuples():
        text = str(comment.text)
        spans = [match.span() for match in _WORD.finditer(text)]
        bases = [_base(text[a:b], lemmatise) for a, b in spans]
        for i in range(len(spans) - len(wanted) + 1):
            if wanted and bases[i : i + len(wanted)] == wanted:
                start, end = spans[i][0], spans[i + len(wanted) - 1][1]
                rows.append((comment.response_id, comment.item, *_context(text, start, end, width)))
    found = pd.DataFrame(rows, columns=["response_id", "item", "left", "word", "right"])
    order = found.assign(key=found["right"].str.casefold()).sort_values(["key", "response_id"], kind="stable").index
    return found.loc[order].reset_index(drop=True)


def lemma_counts(comments: pd.DataFrame, lemmatise: Lemmatiser, leave_out: Collection[str] = ()) -> pd.DataFrame:
    """Return in how many open answers each base form is used, most common first.

    Parameters
    ----------
    comments : DataFrame
        Contract table.
    lemmatise : callable
        Base form of one word.
    leave_out : collection of str
        Base forms that say nothing of their own ("olla", "ja").

    Returns
    -------
    DataFrame
        lemma, n_answers, n_uses, forms (the forms met, joined).
    """
    skipped = {word.casefold() for word in leave_out}
    uses = [
        (number, base, match.group().casefold())
        for number, text in enumerate(comments["text"].astype(str))
        for match in _WORD.finditer(text)
        if (base := _base(match.group(), lemmatise)) not in skipped and not base.isdigit()
    ]
    frame = pd.DataFrame(uses, columns=["answer", "lemma", "form"])
    found = frame.groupby("lemma").agg(
        n_answers=("answer", "nunique"), n_uses=("answer", "size"), forms=("form", lambda f: ", ".join(sorted({*f})))
    )
    order = ["n_answers", "n_uses", "lemma"]
    return found.reset_index().sort_values(order, ascending=[False, False, True], ignore_index=True)


def _base(word: str, lemmatise: Lemmatiser) -> str:
    return lemmatise(word.casefold()).casefold()


def _context(text: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    left, right = text[:start].strip(), text[end:].strip()
    if len(left) > width:
        left = "…" + left[-width:].partition(" ")[2]
    if len(right) > width:
        right = right[:width].rpartition(" ")[0] + "…"
    return left, text[start:end], right
