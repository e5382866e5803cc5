"""The ledger adds up, and stops where it does not."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.construct.ledger import NO_EVENT, ledger
from pipeline.core import contracts, words
from pipeline.core.errors import LedgerError

FILES = pd.DataFrame([{"scope": "file", "unit": "a.csv", "rows_read": 6, "accepted": 5, "duplicate": 1}])
RESPONSES = pd.DataFrame({"response_id": [f"r{i}" for i in range(5)], "event_id": ["E1", "E1", "E2", None, "E2"]})
ITEMS = pd.DataFrame({"item": ["q", "age"], "design": ["transition", "background"]})
EVENTS = pd.DataFrame({"event_id": ["E1", "E3"], "distributed": [10, pd.NA]}).astype({"distributed": "Int64"})
ATTENDANCE = pd.DataFrame({"person_id": list("abc"), "event_id": ["E1", "E1", "E4"]})
ANSWERS = pd.DataFrame(
    {
        "response_id": RESPONSES["response_id"].tolist() * 2,
        "item": ["q"] * 5 + ["age"] * 5,
        "code": ["1", None, "2", "1", None, "a", "a", "b", None, "b"],
        "missing_reason": [None, "dont_know", None, None, "not_asked", None, None, None, "refused", None],
    }
)


def made(**changed: pd.DataFrame) -> pd.DataFrame:
    tables = {"responses": RESPONSES, "answers": ANSWERS, "items": ITEMS, "events": EVENTS, "attendance": ATTENDANCE}
    return contracts.check("ledger", ledger(FILES, **{**tables, **changed}, answered=["r0", "r2"]))


def test_events_by_hand():
    events = made().query("scope == 'event'").set_index("unit")
    # E2 is in no register, E4 only on a list; background alone (r1, r4) makes a response not usable
    columns = ["listed", "returned", "usable", "answered"]
    assert events[columns].astype(int).T.to_dict("list") == {
        NO_EVENT: [0, 1, 1, 0],
        "E1": [2, 2, 1, 1],
        "E2": [0, 2, 1, 1],
        "E3": [0, 0, 0, 0],
        "E4": [1, 0, 0, 0],
    }
    assert events["distributed"].astype(object).where(events["distributed"].notna(), None).to_dict() == {
        NO_EVENT: None, "E1": 10, "E2": None, "E3": None, "E4": None,
    }  # fmt: skip


def test_items_by_hand():
    items = made().query("scope == 'item'").set_index("unit")
    assert items.loc["q", ["returned", "usable", "answered", "dont_know", "not_asked"]].tolist() == [5, 3, 3, 1, 1]
    assert items.loc["age", ["answered", "refused"]].tolist() == [4, 1]


def test_every_row_adds_up():
    table = made()
    items = table.query("scope == 'item'")
    assert (items[["answered", *words.MISSING_REASONS]].sum(axis=1) == len(RESPONSES)).all()
    events = table.query("scope == 'event'")
    assert events["returned"].sum() == len(RESPONSES)
    assert events["listed"].sum() == len(ATTENDANCE)
    assert events["answered"].sum() == 2
    assert ((events["returned"] >= events["usable"]) & (events["usable"] >= events["answered"])).all()


def test_the_order_of_rows_does_not_matter():
    mixed = {"responses": RESPONSES, "answers": ANSWERS, "events": EVENTS, "attendance": ATTENDANCE}
    shuffled = made(**{name: frame.sample(frac=1, random_state=2) for name, frame in mixed.items()})
    key = ["scope", "unit"]
    pd.testing.assert_frame_equal(
        made().sort_values(key, ignore_index=True), shuffled.sort_values(key, ignore_index=True)
    )


@pytest.mark.parametrize(
    ("row", "change"),
    [(0, {"code": None}), (0, {"missing_reason": "refused"})],
    ids=["neither code nor reason", "code and reason"],
)
def test_an_answer_that_is_both_or_neither_stops_the_run(row, change):
    torn = ANSWERS.copy()
    for column, value in change.items():
        torn.loc[row, column] = value
    with pytest.raises(LedgerError, match="either a code or a reason") as fault:
        made(answers=torn)
    assert "items q" in str(fault.value)


def test_an_answer_too_few_or_too_many_stops_the_run():
    with pytest.raises(LedgerError, match="items age"):
        made(answers=ANSWERS[:-1])
    with pytest.raises(LedgerError, match="items q"):
        made(answers=pd.concat([ANSWERS, ANSWERS[:1]]))


def test_an_unknown_reason_stops_the_run():
    with pytest.raises(LedgerError, match="items q"):
        made(answers=ANSWERS.replace({"missing_reason": {"dont_know": "no idea"}}))


def test_without_events_there_are_no_event_rows():
    nothing = {"events": EVENTS[:0], "attendance": ATTENDANCE[:0]}
    table = made(responses=RESPONSES.assign(event_id=None), **nothing)
    assert set(table["scope"]) == {"file", "item"}


def test_nothing_at_all():
    table = made(responses=RESPONSES[:0], answers=ANSWERS[:0], events=EVENTS[:0], attendance=ATTENDANCE[:0])
    assert set(table["scope"]) == {"file"}
