"""Sets of measures by what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.law.model import Instrument, Measure
from detente.law.ways import Selector


def selected(
    selector: Selector, instruments: Mapping[str, Instrument], measures: Mapping[str, Measure]
) -> Iterator[str]:
    """Yield the ids of the measures that a selector means, leaving its day to the caller."""
    for measure in measures.values():
        instrument = instruments.get(measure.instrument)
        if (
            (selector.issuer is None or (instrument and instrument.issuer == selector.issuer))
            and (not selector.instruments or measure.instrument in selector.instruments)
            and (not selector.livelihood or measure.livelihood in selector.livelihood)
            and (not selector.kind or measure.kind in selector.kind)
        ):
            yield measure.id
