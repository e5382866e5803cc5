"""A frozen release, and what of it has changed since: numbers, claims, figures, and the files they come from."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace

_FILE: Final = "release.json"
_NAME: Final = re.compile(r"[A-Za-z0-9ÅÄÖåäö][A-Za-z0-9ÅÄÖåäö_.-]{0,60}")
#: Numbers closer than this are the same: the seventh significant digit is rounding.
_SAME: Final = 1e-6
#: What of a fact is printed: a share of fewer answers has moved although its value has not.
_PRINTED: Final = ("value", "ci_low", "ci_high", "n", "denominator")
#: Which files a fact of each kind comes from, by the beginning of their name below raw/.
_FED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "persons": ("attendance/", "registers/events", "coding/", "corrections.csv"),
    "visits": ("attendance/", "registers/events", "corrections.csv"),
    "repeat_visitors": ("attendance/", "registers/events", "coding/", "corrections.csv"),
    "planners": ("attendance/", "registers/", "corrections.csv"),
    "audience": ("registers/events",),
    "organisations_involved": ("registers/involvement", "registers/organisations"),
}
_OF_ANSWERS: Final = ("feedback/", "instrument", "corrections.csv", "registers/events", "project.toml")


@dataclass(frozen=True)
class Moved:
    """A published number that is not what it was; `before` or `after` is None where there was or is none."""

    key: str
    label: str
    unit: str
    before: float | None
    after: float | None
    because: list[str]

    @property
    def difference(self) -> float | None:
        """By how much, in the number's own unit."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Changed:
    """A file, claim, figure or parameter that is not what it was."""

    name: str
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Changes:
    """What has changed since a release.

    Parameters
    ----------
    release : str
        Its name.
    files, claims, figures, params : list of Changed
        Files received; claims by verdict or sentence; figures by data or looks; params.yaml.
    facts : list of Moved
        Published numbers.
    """

    release: str
    files: list[Changed] = field(default_factory=list)
    facts: list[Moved] = field(default_factory=list)
    claims: list[Changed] = field(default_factory=list)
    figures: list[Changed] = field(default_factory=list)
    params: list[Changed] = field(default_factory=list)

    @property
    def published(self) -> bool:
        """Whether anything a reader sees is different."""
        return bool(self.facts or self.claims or self.figures)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain objects, for JSON."""
        return asdict(self)


def freeze(workspace: Workspace, name: str) -> Path:
    """Keep what is published now as release `name`: numbers, claims, digests of figures and files, the report itself.

    Returns
    -------
    Path
        The release's folder below releases/.

    Raises
    ------
    PipelineError
        When the name is taken or is no name, or nothing has been made yet.
    """
    if not _NAME.fullmatch(name):
        raise PipelineError(f"'{name}' is no name of a release", allowed="letters, digits, . _ -", fix="name another")
    folder = workspace.releases / name
    if folder.exists():
        raise PipelineError(f"there is a release '{name}' already", place=str(folder), fix="name another")
    content = {"number": _last(workspace) + 1, **_state(workspace)}
    folder.mkdir(parents=True)
    _write(folder / _FILE, content)
    if workspace.report.is_dir():
        shutil.copytree(workspace.report, folder / "report")
    return folder


def names(workspace: Workspace) -> list[str]:
    """Return the releases, oldest first: by their number, not by any clock."""
    found = [(_read(path)["number"], path.parent.name) for path in workspace.releases.glob(f"*/{_FILE}")]
    return [name for _, name in sorted(found)]


def compare(workspace: Workspace, name: str = "") -> Changes:
    """Return what has changed since release `name`; the newest where no name is given.

    Raises
    ------
    PipelineError
        When there is no such release, or nothing to compare with it.
    """
    known = names(workspace)
    if not known or (name and name not in known):
        raise PipelineError(
            f"there is no release '{name}'" if name else "nothing has been frozen yet", place=str(workspace.releases),
            allowed=", ".join(known) or None, fix="python3 run.py pipeline freeze NAME",
        )  # fmt: skip
    chosen = name or known[-1]
    before, now = _read(workspace.releases / chosen / _FILE), _state(workspace)
    files = _files(before["files"], now["files"])
    return Changes(
        chosen,
        files,
        _facts(before["facts"], now["facts"], [file.name for file in files]),
        _claims(before["claims"], now["claims"]),
        _figures(before["figures"], now["figures"]),
        _params(before["params"], now["params"]),
    )


def _last(workspace: Workspace) -> int:
    return max((int(_read(path)["number"]) for path in workspace.releases.glob(f"*/{_FILE}")), default=0)


def _state(workspace: Workspace) -> dict[str, Any]:
    """Return what identifies the present results. Hidden numbers are not among them: facts have passed the gate."""
    facts, received = (workspace.processed / name for name in ("facts.json", "received.json"))
    if not facts.is_file() or not received.is_file():
        raise PipelineError(
            "there are no results yet", place=str(workspace.processed), fix="run the pipeline: python3 run.py repro"
        )
    claims = workspace.processed / "claims.json"
    return {
        "facts": _read(facts),
        "files": _read(received)["files"],
        "claims": _said(_read(claims)["claims"] if claims.is_file() else []),
        "figures": _pictures(workspace.figures),
        "params": workspace.params.read_text("utf-8-sig").splitlines() if workspace.params.is_file() else [],
    }


def _said(claims: list[dict[str, Any]]) -> dict[str, Any]:
    kept = ("verdict", "published", "sentence")
    return {claim["key"]: {name: claim[name] for name in kept} for claim in claims}


def _pictures(figures: Path) -> dict[str, dict[str, str]]:
    return {
        path.stem: {"data": _digest(path.with_suffix(".csv")), "looks": _digest(path.with_suffix(".svg"))}
        for path in sorted(figures.glob("*.json"))
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _files(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Changed]:
    found = []
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if old is None or new is None:
            found.append(Changed(name, "new" if old is None else "removed", _rows(old), _rows(new)))
        elif old["sha256"] != new["sha256"] or _rows(old) != _rows(new):
            found.append(Changed(name, "changed", _rows(old), _rows(new)))
    return found


def _rows(entry: Mapping[str, Any] | None) -> str:
    if not entry or "accepted" not in entry:
        return ""
    return f"{entry['accepted']} of {entry['rows_read']} rows"


def _facts(before: Mapping[str, Any], now: Mapping[str, Any], files: list[str]) -> list[Moved]:
    found = []
    for key in sorted({*before, *now}):
        old, new = before.get(key), now.get(key)
        if not all(_same(_of(old, name), _of(new, name)) for name in _PRINTED):
            fact = new or old or {}
            because = _because(fact["source"], files)
            found.append(Moved(key, fact["label_fi"], fact["unit"], _of(old, "value"), _of(new, "value"), because))
    return found


def _of(fact: Mapping[str, Any] | None, name: str) -> float | None:
    return None if fact is None else fact.get(name)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _SAME * max(abs(one), abs(other))


def _because(source: str, files: list[str]) -> list[str]:
    """Return the changed files that feed a fact; none means that the program or its parameters changed."""
    if source.startswith("project.toml"):
        feeds: tuple[str, ...] = ("project.toml",)
    else:
        term = source.split(", ")[1] if ", " in source else ""
        of_answers = "share_positive" in source or term == "accepted"
        feeds = _OF_ANSWERS if of_answers else _FED_BY.get(term, (f"registers/{term}",))
    return [name for name in files if name.startswith((*feeds, "project.toml"))]


def _claims(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Changed]:
    found = []
    for key in sorted({*before, *now}):
        old, new = before.get(key), now.get(key)
        if old is None or new is None:
            found.append(Changed(key, "new" if old is None else "removed", _verdict(old), _verdict(new)))
        elif old["verdict"] != new["verdict"]:
            found.append(Changed(key, "verdict", old["verdict"], new["verdict"]))
        elif old["sentence"] != new["sentence"]:
            found.append(Changed(key, "sentence", _first(old), _first(new)))
    return found


def _verdict(claim: Mapping[str, Any] | None) -> str:
    return "" if claim is None else str(claim["verdict"])


def _first(claim: Mapping[str, Any]) -> str:
    return str(next(iter(claim["sentence"].values()), ""))


def _figures(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Changed]:
    found = []
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if old is None or new is None:
            found.append(Changed(name, "new" if old is None else "removed"))
        elif old != new:
            found.append(Changed(name, "data" if old["data"] != new["data"] else "looks only"))
    return found


def _params(before: list[str], now: list[str]) -> list[Changed]:
    gone = [Changed(line.strip(), "removed") for line in before if line not in now]
    return gone + [Changed(line.strip(), "new") for line in now if line not in before]


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError:
        raise PipelineError("not what the pipeline wrote", place=str(path), fix="run the pipeline again") from None


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
