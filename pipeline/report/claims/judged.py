"""The sentences a report wants to print, judged: filled with today's numbers, with a verdict and its reason each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.core import tables, words
from pipeline.core.claims import STRENGTHS, Claim, load_claims
from pipeline.core.config import load_params, load_project
from pipeline.core.workspace import Workspace
from pipeline.report.claims import filling, said_numbers, texts, wording
from pipeline.report.claims.quantities import Numbers, Quantity
from pipeline.report.claims.rules import verdict, worst
from pipeline.report.disclosure import gate

#: Where the judged claims are kept, below processed/.
FILE: Final = "claims.json"
#: Placeholders that print a percentage of answers.
_SHARES: Final = ("share", "interval", "low", "high")


@dataclass(frozen=True)
class Judged:
    """A claim after the numbers were looked at.

    Parameters
    ----------
    key : str
        Of the claim.
    published : bool
        Whether the report prints it: then it must hold.
    verdict : str
        One of `claim_rules.VERDICTS`.
    sentence : dict of str to str
        By language: the text with its numbers.
    reason : dict of str to str
        By language: the true value, and why the verdict is what it is.
    values : list of dict
        Per subject: source, value, low, high, n, unit, kind, verdict; numbers are empty where hidden.
    wording : list of dict
        Words that claim too much: language, words, fault, rung.
    """

    key: str
    published: bool
    verdict: str
    sentence: dict[str, str]
    reason: dict[str, str]
    values: list[dict[str, Any]]
    wording: list[dict[str, str]]

    @property
    def stands(self) -> bool:
        """Whether the sentence may be printed as it is."""
        return self.verdict == "holds"


def judge(claims: Iterable[Claim], numbers: Numbers, names: Sequence[str] = ()) -> list[Judged]:
    """Judge claims by the numbers there are.

    Parameters
    ----------
    claims : iterable of Claim
        As `core.claims.load_claims` reads them.
    numbers : Numbers
        Released estimates, facts, items and project.
    names : sequence of str
        Names of actions, events and places that hold digits; those are no numbers.

    Returns
    -------
    list of Judged
        In the order of the claims.

    Raises
    ------
    ConfigError
        When a claim names an outcome, group, fact or placeholder that does not exist.
    """
    return [_judged(claim, numbers, (*names, numbers.project.project.name)) for claim in claims]


def of_workspace(workspace: Workspace) -> list[Judged]:
    """Judge the claims of a project by the tables in its processed/ folder."""
    project, params = load_project(workspace.raw), load_params(workspace.params)
    made = {name: tables.read(workspace, name) for name in ("estimates", "facts", "items", "actions", "events")}
    facts = gate(made["facts"], params).frame
    numbers = Numbers(gate(made["estimates"], params, made["events"]), facts, made["items"], project)
    names = [*made["actions"]["name"].dropna(), *made["events"]["name"].dropna()]
    return judge(load_claims(workspace.raw), numbers, names)


def _judged(claim: Claim, numbers: Numbers, names: Sequence[str]) -> Judged:
    place = f"claim {claim.key}"
    subjects = {subject.name or "": numbers.of(subject, place) for subject in claim.of}
    first = next(iter(subjects.values()))
    subjects.setdefault("", first)
    own = list(dict.fromkeys(subjects.values()))
    designs = tuple(sorted({design for quantity in own for design in numbers.designs(quantity)}))
    found = {code: verdict(claim, quantity) for code, quantity in subjects.items()}
    compared = worst(list(found.values()))
    faults = _Faults(claim, subjects, designs, numbers, names)
    return Judged(
        claim.key,
        claim.published,
        compared if compared == "hidden" else faults.verdict or compared,
        {code: filling.filled(text, subjects, numbers, code, place) for code, text in claim.texts.items()},
        {code: faults.reason(code) or _compared(claim, own, code) for code in words.LANGUAGES},
        [_numbers(quantity, verdict(claim, quantity)) for quantity in own],
        [asdict(w) for w in faults.wordings],
    )


def _compared(claim: Claim, own: Sequence[Quantity], language: str) -> str:
    return " ".join(texts.compared(claim, quantity, language) for quantity in own)


class _Faults:
    """What is wrong with the sentences themselves, whatever the numbers are."""

    def __init__(
        self,
        claim: Claim,
        subjects: Mapping[str, Quantity],
        designs: tuple[str, ...],
        numbers: Numbers,
        names: Sequence[str],
    ) -> None:
        self.highest = wording.highest(designs)
        self.meant = claim.strength
        self.wordings = [w for code, text in claim.texts.items() for w in _wordings(text, code, subjects, designs)]
        facts, own = numbers.all_facts(), list(subjects.values())
        self.unmatched = [
            found
            for code, text in claim.texts.items()
            for found in said_numbers.unmatched(text, code, own, facts, names)
        ]
        self.baseless = [name for text in claim.texts.values() for name in _baseless(text, subjects)]

    @property
    def too_high(self) -> bool:
        return STRENGTHS.index(self.meant) > STRENGTHS.index(self.highest)

    @property
    def verdict(self) -> str:
        if self.too_high or self.wordings:
            return "not_from_this_design"
        return "wrong_number" if self.unmatched or self.baseless else ""

    def reason(self, language: str) -> str:
        said = [texts.too_high(self.meant, self.highest, language)] if self.too_high else []
        here = [w for w in self.wordings if w.language == language]
        said += [texts.worded(w, language) for w in here or self.wordings]
        said += [texts.mistyped(found, language) for found in self.unmatched]
        said += [texts.baseless(name, language) for name in self.baseless]
        return " ".join(dict.fromkeys(said))


def _wordings(
    text: str, language: str, subjects: Mapping[str, Quantity], designs: tuple[str, ...]
) -> list[wording.Wording]:
    shares = [use for use in filling.uses(text) if use.field in _SHARES and use.subject in subjects]
    quotes = any(subjects[use.subject].is_share and subjects[use.subject].outcomes for use in shares)
    plain = filling.PLACEHOLDER.sub("1", text)
    return wording.check(plain, language, designs, quotes_share=quotes)


def _baseless(text: str, subjects: Mapping[str, Quantity]) -> list[str]:
    """Return the placeholders of bases that a text lacks: each percentage stands with the number it is of."""
    used = list(filling.uses(text))
    bases = {subjects[use.subject].n for use in used if use.field == "n" and use.subject in subjects}
    shares = {use.subject for use in used if use.field in _SHARES and use.subject in subjects}
    lacking = [s for s in sorted(shares) if subjects[s].is_share and subjects[s].n not in {None, *bases}]
    return [f"{name}.n" if name else "n" for name in lacking]


def _numbers(quantity: Quantity, said: str) -> dict[str, Any]:
    content = {**asdict(quantity), "verdict": said}
    content["outcomes"] = list(quantity.outcomes)
    for name in ("value", "low", "high"):
        number = content[name]
        content[name] = None if quantity.hidden or number != number else float(f"{number:.7g}")  # noqa: PLR0124
    content["n"] = None if quantity.hidden else quantity.n
    return content


def write_json(path: Path, judged: Sequence[Judged]) -> None:
    """Write the judged claims; the same claims give the same bytes."""
    content = {"claims": [asdict(claim) for claim in judged]}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def load(processed: Path) -> list[Judged]:
    """Read what `write_json` wrote; none where there is no such file."""
    path = processed / FILE
    content = json.loads(path.read_text("utf-8")) if path.is_file() else {"claims": []}
    return [Judged(**claim) for claim in content["claims"]]
