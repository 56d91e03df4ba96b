"""Pressure: what it blocks and costs, and what comes next."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from detente import economics, listings
from detente.errors import UnknownIdError
from detente.offers.load import names as offer_names
from detente.pressure.model import Family
from detente.web.asked import DEFAULT, AsOf, RegimeName, Room, pairs
from detente.web.describe import answers
from detente.web.documents import Remembered, document

router = APIRouter(route_class=Remembered, prefix="/pressure", tags=["pressure"])

Levers = Annotated[list[str], Query(alias="lever", description="A lever; all by default.")]


@router.get("/exposure", responses=answers("detente.exposure/1"))
def exposure(
    room: Room,
    measures: Annotated[list[str], Query(description="A measure or an instrument.")] = [],
    offer: Annotated[str | None, Query(description="Take what an offer asks for.")] = None,
    reading: Annotated[str | None, Query(description="How its ask is read.")] = None,
    base_year: Annotated[
        int | None, Query(ge=1900, le=2200, description="The year whose trade is taken.")
    ] = None,
    revival: Annotated[
        Literal["revive", "lapse"], Query(description="Whether an older ban binds again.")
    ] = "lapse",
    as_of: AsOf = None,
    regime: RegimeName = DEFAULT,
) -> Response:
    """Show what trade each measure blocks, and what its end would release."""
    law = room.regime(regime)
    if offer is not None and offer not in offer_names(law):
        raise UnknownIdError("offer", offer, offer_names(law))
    ids = [id_ for text in measures for id_ in text.replace(",", " ").split()]
    return document(
        economics.exposure(law, ids, offer=offer, reading=reading, base_year=base_year,
                           as_of=as_of, revival=revival)
    )  # fmt: skip


@router.get("/levers", responses=answers("detente.levers/1"))
def levers(
    room: Room,
    lever: Levers = [],
    family: Annotated[Family | None, Query(description="Only levers of a family.")] = None,
    as_of: AsOf = None,
    regime: RegimeName = DEFAULT,
) -> Response:
    """Show levers as cards: cost, effect, lead, harm, law, evidence."""
    return document(economics.levers(room.regime(regime), lever, family=family, as_of=as_of))


@router.get("/plan", responses=answers("detente.plan/1"))
def plan(
    room: Room,
    objective: Annotated[str, Query(description="What the plan aims at.")] = "revenue",
    quarters: Annotated[int, Query(ge=1, le=40, description="How long.")] = 8,
    budget: Annotated[float, Query(ge=0, description="USD million a year at most.")] = 500.0,
    humanitarian_max: Annotated[float, Query(ge=0, description="Points of harm at most.")] = 4.0,
    escalation_max: Annotated[float, Query(ge=0, description="Points of escalation.")] = 6.0,
    at_least: Annotated[float | None, Query(ge=0, description="What must be reached.")] = None,
    floor: Annotated[list[str], Query(description="OBJECTIVE=POINTS.")] = [],
    coalition: Annotated[list[str], Query(description="PARTY=N.")] = [],
    include: Annotated[list[str], Query(description="This lever in any case.")] = [],
    exclude: Annotated[list[str], Query(description="Never this lever.")] = [],
    lawful: Annotated[bool, Query(description="Only levers whose law stands.")] = False,
    scenario: Annotated[
        Literal["worst", "quantile", "central", "best"], Query(description="Which end of ranges.")
    ] = "worst",
    quantile: Annotated[float, Query(gt=0, lt=1, description="The quantile.")] = 0.2,
    next_best: Annotated[
        int, Query(alias="next", ge=0, le=20, description="How many further portfolios.")
    ] = 3,
    switches: Annotated[bool, Query(description="Whether what brings levers in is sought.")] = True,
    ledger_entry: Annotated[list[str], Query(description="LEVER=ID.")] = [],
    as_of: AsOf = None,
    regime: RegimeName = DEFAULT,
) -> Response:
    """Choose levers over quarters, under limits."""
    from detente.pressure.planning.results import Asked
    from detente.pressure.planning.scenario import Scenario

    law = room.regime(regime)
    asked = Asked(
        objective=objective, quarters=quarters, budget=budget, humanitarian_max=humanitarian_max,
        escalation_max=escalation_max, at_least=at_least, floors=pairs("floor", floor, float),
        coalition=pairs("coalition", coalition, int), include=tuple(include),
        exclude=tuple(exclude), lawful=lawful, next_best=next_best, switches=switches,
        scenario=Scenario(name=scenario, quantile=quantile),
    )  # fmt: skip
    ledger = room.ledger if room.ledger.exists() else None
    entries = pairs("ledger_entry", ledger_entry, str)
    return document(economics.plan(law, asked, entries=entries, ledger=ledger, as_of=as_of))


@router.get("/state", responses=answers("detente.enforcement/1"))
def state(room: Room, as_of: AsOf = None, regime: RegimeName = DEFAULT) -> Response:
    """Show how enforcement stands: pace, ships, networks, law that lists nobody."""
    law = room.regime(regime)
    return document(listings.enforcement(law, as_of=as_of, store=room.settings.store))


@router.get("/humanitarian", responses=answers("detente.humanitarian/1"))
def humanitarian(
    room: Room,
    lever: Levers = [],
    as_of: AsOf = None,
    regime: RegimeName = DEFAULT,
) -> Response:
    """Show exemptions, what is on record of harm, and what levers would do."""
    return document(economics.civilian_side(room.regime(regime), lever, as_of=as_of))
