"""Attendee reports of Eventbrite: tickets and who was checked in."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.folding import fold
from pipeline.ingest.headed import first_rows, headed

NAME: Final = "eventbrite"
SIGNS: Final = ("Order #", "Order Date", "First Name", "Last Name", "Email", "Ticket Type", "Attendee Status")
_ORDERS: Final = frozenset({"order #", "order no", "order id"})
#: Older reports have no status: their tickets are promises, told by the date of the order.
_TICKETS: Final = frozenset({"attendee status", "ticket type"})
_SURNAMES: Final = frozenset({"last name", "surname"})
_KEPT: Final = frozenset(
    {"first name", "last name", "surname", "email", "attendee status", "order date", "event name", "company"}
)
_PHONES: Final = frozenset({"cell phone", "mobile phone", "phone"})


def recognises(content: Content) -> bool:
    """Return whether row 1 has the columns of an attendee report."""
    return any(_fits(row) for row in first_rows(content).values())


def _fits(row: list[str]) -> bool:
    words = {fold(cell) for cell in row}
    return "first name" in words and all(words & some for some in (_ORDERS, _TICKETS, _SURNAMES))


def read(content: Content) -> list[Cells]:
    """Return the attendees; what the ticket cost and where its buyer lives is technical."""
    return [
        _attendees(headed(content.sheets[sheet], content.name, sheet, content.notes))
        for sheet, row in first_rows(content).items()
        if _fits(row)
    ]


def _attendees(cells: Cells) -> Cells:
    words = [fold(text) for text in cells.header]
    phones = [i for i, word in enumerate(words) if word in _PHONES][:1]
    header = tuple("phone" if i in phones else text for i, text in enumerate(cells.header))
    more = 0
    if "quantity" in words:
        quantity = cells.rows[words.index("quantity")].str.extract(r"^(\d+)$")[0].astype("float64")
        more = int((quantity > 1).sum())
    remark = f"{more} rows are tickets for more than one person: the others have no names here"
    technical = frozenset(i for i, word in enumerate(words) if word not in _KEPT and i not in phones)
    return replace(cells, header=header, technical=technical, remarks=(*cells.remarks, *([remark] if more else [])))
