"""The letter for a dealing done on an earlier day.

Relief works from the day on which it takes effect. A dealing done before, while the measure bound,
stays what it was: the end of an emergency, for one, leaves acts done under it punishable (50 USC
1622(a)). No text that is encoded gives relief that reaches back; one that did would be a case of
its own.
"""

from __future__ import annotations

import msgspec

from detente.relief.letter import Letter, Letters, MeasureStatus
from detente.relief.standing import easings


def letter_for_dealing(then: Letters, now: Letters, measure: str) -> MeasureStatus:
    """Return the letter of ``measure`` for a dealing done on the day of ``then``.

    Args:
        then: the letters of the day on which it was done.
        now: the letters of the day on which it is asked about.
        measure: id of the measure.
    """
    letter, why = _judged(then, then.measure(measure))
    return msgspec.structs.replace(now.measure(measure), letter=letter, why=why)


def _judged(then: Letters, was: MeasureStatus) -> tuple[Letter, str]:
    day = then.view.day
    if was.state.status == "unknown":
        return "undetermined", f"whether it bound on {day} is not known: {was.state.why}"
    if was.state.status != "in-force":
        letter: Letter = "ended" if was.state.status == "ended" else "open"
        return letter, f"it did not bind on {day}: {was.state.why}"
    whole = [item for item in easings(then, was.measure) if item.scope == "measure"]
    for item in whole:
        if item.value == "met":
            return "open", f"on {day} it was eased: {item.kind} under {item.path}"
    return "barred", f"it bound on {day}, and relief after that day does not reach back"
