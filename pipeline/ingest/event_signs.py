"""Signs of a list that contradict each other: an old title in a copied sheet is the usual mistake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_MOST: Final = 3


def others(event: str, signs: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """Return a doubt that names the events which signs of a list speak of, where they do not fit the one taken.

    A sign that fits several events, such as a name of a series or a day with two events, speaks against none of them.

    Parameters
    ----------
    event : str
        The one taken.
    signs : sequence of frozenset of str
        Events that each title, sheet, file name and day fits.

    Examples
    --------
    >>> others("E1", [frozenset({"E1", "E2"}), frozenset({"E1"})]), others("E1", [frozenset({"E2"})])
    ((), ('the list was taken to be of event E1; its title, sheet, file name or day speaks of E2',))
    """
    against = sorted({other for fits in signs if event not in fits for other in fits})
    if not against:
        return ()
    more = f"{', '.join(against[:_MOST])}{' ...' if len(against) > _MOST else ''}"
    return (f"the list was taken to be of event {event}; its title, sheet, file name or day speaks of {more}",)
