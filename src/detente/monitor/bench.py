"""The letters of many days on one body of evidence; each day is worked out once."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from detente.evidence.facts import facts_of
from detente.evidence.load import Evidence
from detente.law.dates import span
from detente.law.regime import Regime
from detente.relief.letter import Letters


class Bench(msgspec.Struct):
    """Judges events on one body of evidence; what was known on a day is gathered once."""

    regime: Regime
    evidence: Evidence
    _known: dict[date, Letters] = msgspec.field(default_factory=dict)
    _after: dict[date, Letters] = msgspec.field(default_factory=dict)

    def known(self, day: date) -> Letters:
        """Return the letters of a day on the evidence recorded by then.

        What public acts were not done is taken from the record as it is now: those who looked on
        the day could see that nothing had been done.
        """
        if day not in self._known:
            seen = tuple(
                item
                for item in self.evidence.findings
                if span(item.recorded).end - timedelta(days=1) <= day
            )
            told = msgspec.structs.replace(self.evidence, findings=seen)
            self._known[day] = self._letters(told, day)
        return self._known[day]

    def after(self, day: date) -> Letters:
        """Return the letters of a day on all evidence."""
        if day not in self._after:
            self._after[day] = self._letters(self.evidence, day)
        return self._after[day]

    def days(self) -> list[date]:
        """Return the days on which something happened that may change a condition."""
        found = {span(item.happened).start for item in self.evidence.findings}
        found |= {item.effective for item in self.evidence.findings if item.effective}
        return sorted(found)

    def _letters(self, evidence: Evidence, day: date) -> Letters:
        return Letters(self.regime.as_of(day), facts_of(self.regime, evidence, day))
