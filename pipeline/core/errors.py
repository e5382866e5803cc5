"""Errors a coordinator can act on: what is wrong, where, what is allowed, how to fix it.

They never carry names or free text from the data: a place is enough to find the cell.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where something was found: file, and where they exist sheet, row (1-based) and column header."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        parts += [f"sheet '{self.sheet}'"] if self.sheet else []
        parts += [f"row {self.row}"] if self.row else []
        parts += [f"column '{self.column}'"] if self.column else []
        return ", ".join(parts)


class PipelineError(ValueError):
    """Base of every error of this package.

    Parameters
    ----------
    what : str
        What is wrong, in one sentence.
    place : Place or str, optional
        Where.
    allowed : str, optional
        What would have been accepted.
    fix : str, optional
        What to do now.
    """

    def __init__(
        self, what: str, *, place: Place | str | None = None, allowed: str | None = None, fix: str | None = None
    ) -> None:
        self.what, self.place, self.allowed, self.fix = what, place, allowed, fix
        lines = [f"{place}: {what}" if place else what]
        lines += [f"  allowed: {allowed}"] if allowed else []
        lines += [f"  to fix: {fix}"] if fix else []
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the parts apart when an error comes back from another process."""
        return _restore, (type(self), self.what, self.place, self.allowed, self.fix)


def _restore(
    kind: type[PipelineError], what: str, place: Place | str | None, allowed: str | None, fix: str | None
) -> PipelineError:
    return kind(what, place=place, allowed=allowed, fix=fix)


class ConfigError(PipelineError):
    """project.toml or params.yaml is missing or says something that cannot be."""


class InstrumentError(PipelineError):
    """The XLSForm instrument cannot be used as it stands."""


class ReadError(PipelineError):
    """A file as received cannot be read; the other files still are."""


class ContractError(PipelineError):
    """A table does not have the columns, types or keys its contract promises."""


class LedgerError(PipelineError):
    """Rows read and rows accounted for differ: something would have vanished."""


class AnalysisError(PipelineError):
    """A statistic was asked for that is not defined for these arguments."""
