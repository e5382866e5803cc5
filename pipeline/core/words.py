"""The closed vocabularies of the tables. One place, so that a reader, a contract and a figure agree."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("fi", "sv", "en")

#: Why there is no code. Six different things, kept apart from the reader to the figure.
MISSING_REASONS: Final = ("not_asked", "not_ticked", "no_answer", "dont_know", "refused", "invalid")

#: How an item measures change; it decides the caveat printed with its estimate.
DESIGNS: Final = ("transition", "post_then_pre", "pre_post", "post_only", "background")

ITEM_TYPES: Final = ("select_one", "select_multiple", "option", "integer", "decimal", "date", "text")

#: Which time a question of a before/now pair asks about.
OCCASIONS: Final = ("before", "now")

MODES: Final = ("paper", "web", "kiosk", "interview")

RESPONDENT_ROLES: Final = ("participant", "organiser", "stakeholder")

ATTENDANCE_ROLES: Final = ("participant", "planner", "organiser")

ATTENDANCE_STATUSES: Final = ("registered", "attended", "unknown")

#: How sure a printed number is; the public description says "n.", "yli" and "jopa" for a reason.
FACT_KINDS: Final = ("exact", "approximate", "at_least", "indirect")

FINDING_KINDS: Final = ("file_refused", "row_quarantined", "duplicate", "cell_invalid", "column_unmapped", "note")

LEDGER_SCOPES: Final = ("file", "event", "item")

#: In the place of a coder: what the coders settled together about an open answer. It goes before what each of them saw.
ADJUDICATED: Final = "adjudicated"
