"""Which empty cells of a CSV stand without quotation marks: some tools write what was never asked that way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_QUOTED: Final = re.compile(r'"(?:[^"]|"")*+"')
#: What a cell in quotation marks is reduced to.
_CELL: Final = "x"


def bare_empties(text: str, separator: str) -> Mapping[int, frozenset[int]]:
    """Return record -> columns (from 0) of empty cells without quotation marks, records counted from 1.

    Only where the marks say something: when every filled cell is in quotation marks. Otherwise nothing is returned.

    Examples
    --------
    >>> dict(bare_empties('"id";"a";"b"\\n"1";;""\\n', ";"))
    {2: frozenset({1})}
    >>> dict(bare_empties("id;a\\n1;\\n", ";"))
    {}
    """
    if not text.startswith('"'):
        return {}
    bare = _QUOTED.sub(_CELL, text).replace("\r\n", "\n")
    if re.search(rf"[^{_CELL}\r\n{re.escape(separator)}]|{_CELL}{{2}}", bare):
        return {}
    # few different patterns of shown and not shown: a question hides as a whole
    patterns: dict[str, frozenset[int]] = {"": frozenset()}
    found: dict[int, frozenset[int]] = {}
    for record, line in enumerate(re.split(r"[\r\n]", bare), start=1):
        if line not in patterns:
            patterns[line] = frozenset(i for i, cell in enumerate(line.split(separator)) if not cell)
        if patterns[line]:
            found[record] = patterns[line]
    return found
