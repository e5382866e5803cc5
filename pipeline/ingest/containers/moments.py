"""Moments as statistics packages store them, numbers counted from a day of their own, written as text."""

from __future__ import annotations

import datetime as dt
import math

from pipeline.ingest.containers.workbook import to_text


def moment(epoch: dt.datetime, seconds: float) -> str:
    """Return the moment `seconds` after `epoch` in ISO form, only the day where it is midnight.

    Raises
    ------
    OverflowError, ValueError
        When no calendar holds it.

    Examples
    --------
    >>> moment(dt.datetime(1582, 10, 14), 13915324800)
    '2023-09-29'
    """
    return str(to_text(epoch + dt.timedelta(seconds=seconds)))


def clock(seconds: float) -> str:
    """Return a duration as hours, minutes and seconds; it may be longer than a day, or negative.

    Examples
    --------
    >>> clock(36610), clock(90000), clock(-1.5)
    ('10:10:10', '25:00:00', '-00:00:01.5')
    """
    if not math.isfinite(seconds):
        raise ValueError("no duration")
    total = round(abs(seconds) * 1_000_000)
    whole, parts = divmod(total, 1_000_000)
    fraction = f".{parts:06d}".rstrip("0") if parts else ""
    return f"{'-' if seconds < 0 else ''}{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{fraction}"
