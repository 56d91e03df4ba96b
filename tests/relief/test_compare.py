"""What ``diff`` compares."""

from __future__ import annotations

import msgspec

import detente
from detente.evidence.load import Evidence
from detente.evidence.model import Finding
from detente.relief.compare import compare_evidence, compare_offers

DPRK = detente.load("dprk")


def _finding(id_: str, happened: str, extent: str) -> Finding:
    raw = {"id": id_, "requirement": "r-us-irfa-cease", "extent": extent, "happened": happened,
           "recorded": happened, "verification": "observed", "sources": ["a test"],
           "confidence": "analyst"}  # fmt: skip
    return msgspec.convert(raw, Finding)


def test_the_latest_finding_on_a_subject_is_the_one_compared() -> None:
    """The order in which findings stand in a file decides nothing."""
    newer, older = _finding("b", "2019-02-01", "progress"), _finding("a", "2018-01-01", "none")
    day = DPRK.reference_date
    same = compare_evidence(
        DPRK, Evidence((newer, older)), Evidence((older, newer)), day, ("x", "y")
    )
    assert same.changes == ()
    less = compare_evidence(DPRK, Evidence((older,)), Evidence((newer, older)), day, ("x", "y"))
    assert [(c.id, c.a, c.b) for c in less.changes if c.what == "finding"] == [
        ("r-us-irfa-cease", "none, observed, 2018-01-01", "progress, observed, 2019-02-01")
    ]


def test_an_offer_does_not_differ_from_itself_and_says_levels_in_words() -> None:
    """Two offers differ in what they give, ask and reach; levels are words, not ranks."""
    offer = detente.offer(DPRK, "hanoi-2019")
    assert compare_offers(DPRK, offer, offer).changes == ()
    empty = msgspec.structs.replace(offer, id="nothing", positions=())
    changes = compare_offers(DPRK, offer, empty).changes
    given = {c.id: c.a for c in changes if c.what == "given requirement"}
    assert given["r-us-401-3-unscr-verification"] == "progress, arguable"
