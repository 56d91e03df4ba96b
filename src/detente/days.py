"""Days as callers give them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, overload

from detente.errors import UsageError
from detente.law.dates import check_year, moment

Day = date | str
_WRITTEN: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@overload
def day_of(day: Day) -> date: ...
@overload
def day_of(day: Day | None) -> date | None: ...
def day_of(day: Day | None) -> date | None:
    """Return a day given as a date, as ``2019-02-28``, or as a moment.

    A moment (``2025-09-27T20:00-04:00``) is the day that it is at Greenwich, where clocks of the
    law that run to midnight run out.

    Raises:
        UsageError: the text is no such day.
    """
    if day is None:
        return None
    try:
        exactly = moment(day) if isinstance(day, str) else None
        if exactly is not None:
            day = exactly.date()
        if isinstance(day, str) and _WRITTEN.fullmatch(day) is None:
            raise ValueError("not year, month and day")
        found = date.fromisoformat(day) if isinstance(day, str) else day
        check_year(found.year)
    except ValueError as error:
        raise UsageError(f"{day!r} is no date ({error}); write it as 2019-02-28") from None
    return found
