"""The state of enforcement: what is used, what lies unused, what no list tells."""

from __future__ import annotations

from datetime import date

import made

import detente
from detente.entities.model import Link, Listing, Name, Party
from detente.lists.ofac.legacy import OFAC_CSV
from detente.monitor.enforcement import Enforcement, enforcement
from detente.pressure.files import load
from detente.report.enforcement import enforcement_page
from detente.report.terminal import plain

DPRK = detente.load("dprk")
PRESSURE = load(DPRK)
DAY = date(2024, 7, 2)


def parties(*rows: list[str]) -> list[Party]:
    """Return the parties of an edition in OFAC's CSV."""
    cut = OFAC_CSV.cut(made.ofac(rows))
    return [OFAC_CSV.read(cut, record) for record in cut.records]


def state(found: list[Party]) -> Enforcement:
    """Return the state of enforcement with these parties on one list."""
    return enforcement(
        DPRK, PRESSURE, {"ofac-sdn": found}, as_of=DAY, editions={"ofac-sdn": "2024-07-02"}
    )


def test_law_that_lists_nobody_is_named() -> None:
    """One party under one order: the other orders are unused, and those of no list untold."""
    found = state(parties(made.sdn_row("1", "A CO", "DPRK4")))
    by = {item.measure: item for item in found.authorities}
    assert by["us-eo13810-persons"].entries == 1
    assert "us-eo13810-persons" not in found.unused
    assert "us-eo13687" in found.unused
    assert "un-1718-asset-freeze" in found.untold
    assert by["us-eo13687"].levers == ("H1",)
    assert set(found.unused) | set(found.untold) <= {item.measure for item in found.authorities}


def test_ships_and_networks_are_counted() -> None:
    """Entries that name each other form a network; others stand alone; strangers do not count."""

    def party(entry: str, kind: str, *links: Link, tag: str = "DPRK4") -> Party:
        return Party(
            source="ofac-sdn", entry=entry, kind=kind,  # type: ignore[arg-type]  # a kind each
            names=(Name(text=f"N {entry}"),), links=links,
            listings=(Listing(programmes=(tag,)),),
        )  # fmt: skip

    found = state([
        party("1", "vessel", Link(relation="linked to", name="N 2")),
        party("2", "organisation", Link(relation="linked to", name="?", entry="3")),
        party("3", "person"), party("4", "vessel"), party("5", "person", tag="CUBA"),
    ])  # fmt: skip
    (item,) = found.lists
    assert item.entries == 4
    assert item.kinds == {"organisation": 1, "person": 1, "vessel": 2}
    assert (item.networks, item.largest) == (1, 3)


def test_without_lists_every_count_is_unknown() -> None:
    """Nothing is taken to be unused where no list was looked at."""
    found = enforcement(DPRK, PRESSURE, {}, as_of=DAY, editions={})
    assert found.unused == ()
    assert len(found.untold) == len(found.authorities) > 20
    text = plain(enforcement_page(found, DPRK, sources=True))
    assert "no list is held" in text
    assert "unknown" in text
    assert found.record
    assert found.humanitarian.exemptions
