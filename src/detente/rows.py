"""Looking rows up: measures by what they are, any row by its id with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec

from detente.errors import UnknownIdError
from detente.evidence.load import readings, shipped
from detente.law.find import names
from detente.law.model import Measure, Source
from detente.law.regime import Regime
from detente.offers.load import load as load_offer
from detente.offers.load import names as offer_names
from detente.pressure.files import load as load_pressure
from detente.relief.picture import Picture, Standing

_PRESSURE: Final = (
    "levers", "planning", "streams", "coalition", "trade", "allowances", "episodes", "grids",
    "estimates", "sources",
)  # fmt: skip
_TABLES: Final = (
    "measures", "paths", "reimpositions", "gates", "requirements", "instruments", "components",
    "events", "history", "emergencies", "developments", "precedents", "programmes", "designations",
    "areas", "sources",
)  # fmt: skip


_COUNTED: Final = (
    "instruments", "measures", "requirements", "events", "paths", "reimpositions", "gates",
    "history", "emergencies", "components", "developments", "precedents", "programmes", "sources",
)  # fmt: skip


def regimes() -> dict[str, Any]:
    """Return the regimes that are found by name, and where each comes from."""
    rows = [{"regime": name, "from": origin} for name, origin in names().items()]
    return {"schema": "detente.regimes/1", "regimes": rows}


def summary_of(regime: Regime, picture: Picture) -> dict[str, Any]:
    """Return what a regime holds, and where every measure stands on a day."""
    return {
        "schema": "detente.regime/1",
        "id": regime.id,
        "name": regime.name,
        "target": regime.target,
        "summary": regime.summary,
        "reference_date": regime.reference_date.isoformat(),
        "known_until": regime.known_until.isoformat(),
        "edition": regime.edition,
        "offers": ", ".join(offer_names(regime)),
        "readings": ", ".join(readings(regime)),
        "counts": {table: len(getattr(regime, table)) for table in _COUNTED},
        "in_force": picture.in_force,
        "areas": list(regime.areas),
        "day": picture,
    }


def offers_of(regime: Regime) -> dict[str, Any]:
    """Return the offers that ship with a regime, each with its readings."""
    found = [load_offer(regime, name) for name in offer_names(regime)]
    rows = [
        {"offer": item.id, "name": item.name, "as_of": item.as_of,
         "readings": {key: row.count for key, row in item.readings.items()}}
        for item in found
    ]  # fmt: skip
    return {"schema": "detente.offers/1", "regime": regime.id, "offers": rows}


def list_measures(
    regime: Regime,
    *,
    hs: str | None = None,
    kind: str | None = None,
    area: str | None = None,
    instrument: str | None = None,
    livelihood: str | None = None,
    picture: Picture | None = None,
) -> list[dict[str, Any]]:
    """Return the measures that satisfy every filter given, as flat rows.

    Args:
        regime: the regime.
        hs: a code of the Harmonized System; a measure on its chapter or on one of its headings
            matches too.
        kind: a kind of measure.
        area: an issue area.
        instrument: an instrument.
        livelihood: civilian, mixed, weapons, elite or diplomatic.
        picture: where the measures stand on a day; only those that bind then, each with its
            letter and the relief that runs.

    Raises:
        UnknownIdError: a filter names a word that no measure has.
    """
    rows = regime.measures.values()
    _known("kind", kind, {row.kind for row in rows})
    _known("issue area", area, set(regime.areas))
    _known("instrument", instrument, set(regime.instruments))
    _known("livelihood", livelihood, {row.livelihood for row in rows})
    binds = (
        {row.measure: row for row in picture.measures if row.state == "in-force"}
        if picture
        else None
    )
    return [
        _flat(regime, row) | (_standing(binds[row.id]) if binds else {})
        for row in rows
        if (hs is None or any(_same_goods(hs, code) for code in row.hs))
        and (kind is None or row.kind == kind)
        and (area is None or area in row.areas)
        and (instrument is None or row.instrument == instrument)
        and (livelihood is None or row.livelihood == livelihood)
        and (binds is None or row.id in binds)
    ]


def _known(what: str, word: str | None, known: set[str]) -> None:
    if word is not None and word not in known:
        raise UnknownIdError(what, word, known)


def _same_goods(asked: str, code: str) -> bool:
    return code.startswith(asked) or asked.startswith(code)


def _flat(regime: Regime, row: Measure) -> dict[str, Any]:
    return {
        "measure": row.id,
        "citation": regime.citation_of(row.id),
        "restricts": row.restricts,
        "kind": row.kind,
        "areas": " ".join(row.areas),
        "hs": " ".join(row.hs),
        "effective": row.effective.isoformat(),
        "livelihood": row.livelihood,
        "confidence": row.confidence,
    }


def _standing(row: Standing) -> dict[str, Any]:
    days = [item.lapses for item in row.eased if item.lapses is not None]
    return {
        "letter": row.letter,
        "relief": " ".join(item.path for item in row.eased),
        "lapses": min(days).isoformat() if days else "",
    }


def cite(regime: Regime, id_: str) -> dict[str, Any]:
    """Return any row by its id: what it says, its sources, and where it stands.

    Raises:
        UnknownIdError: no row has that id.
    """
    for table in _TABLES:
        row = getattr(regime, table).get(id_)
        if row is not None:
            place = regime.origins.get(f"source:{id_}" if table == "sources" else id_)
            return _cited(regime, id_, table, msgspec.to_builtins(row), place)
    pressure = load_pressure(regime)
    for table in _PRESSURE:
        row = getattr(pressure, table).get(id_)
        if row is not None:
            place = pressure.origins.get(id_)
            raw = msgspec.to_builtins(row)
            return _cited(regime, id_, f"pressure {table}", raw, place, pressure.sources)
    for finding in shipped(regime).findings:
        if finding.id == id_:
            return _cited(regime, id_, "findings", msgspec.to_builtins(finding), None)
    known = {key for table in _TABLES for key in getattr(regime, table)}
    known |= {key for table in _PRESSURE for key in getattr(pressure, table)}
    raise UnknownIdError("row", id_, known)


def _cited(
    regime: Regime,
    id_: str,
    table: str,
    row: dict[str, Any],
    place: str | None,
    more: Mapping[str, Source] = MappingProxyType({}),
) -> dict[str, Any]:
    summary = next(
        (row[key] for key in ("restricts", "text", "title", "statement", "name", "criteria", "why")
         if row.get(key)), "",
    )  # fmt: skip
    citation = regime.citation_of(id_) if table == "measures" else row.get("citation")
    known = {**regime.sources, **more}
    return {
        "schema": "detente.citation/1",
        "regime": regime.id,
        "id": id_,
        "table": table,
        "text": summary,
        "citation": citation,
        # on rows of pressure, confidence is how strong an effect is thought, not how it is known
        "confidence": row.get("evidence") or row.get("confidence"),
        "pin": row.get("pin"),
        "note": row.get("note"),
        "sources": [
            msgspec.to_builtins(known[key]) if key in known else {"title": key}
            for key in row.get("sources", ())
        ],
        "where": place,
        "row": row,
    }
