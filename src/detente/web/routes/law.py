"""Questions put to law and evidence: regimes, measures, why, unlock, calendar, audit."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from detente import api
from detente.errors import UsageError
from detente.web.asked import (
    DEFAULT,
    AsOf,
    Day,
    KnownOn,
    Measures,
    Reading,
    RegimeName,
    Room,
)
from detente.web.describe import answers
from detente.web.documents import Remembered, command, document

router = APIRouter(route_class=Remembered, tags=["law"])


@router.get("/regime/list", responses=answers("detente.regimes/1"))
def regime_list(room: Room) -> Response:
    """List the regimes that are found by name, and where each comes from."""
    from detente.rows import regimes

    found = regimes()
    rows = [row for row in found["regimes"] if row["regime"] in room.names]
    return document(found | {"regimes": rows})


@router.get("/regime/show/{name}", responses=answers("detente.regime/1"))
def regime_show(
    room: Room, name: str, as_of: AsOf = None, known_on: KnownOn = None, reading: Reading = None
) -> Response:
    """Show what a regime holds, and where every measure stands on a day."""
    from detente.relief.picture import picture_of
    from detente.rows import summary_of

    law = room.regime(name)
    evidence = room.evidence(law, reading)
    picture = picture_of(law, evidence, as_of or law.reference_date, known_on)
    return document(summary_of(law, picture))


@router.get("/regime/validate/{name}", responses=answers("detente.problems/1", rows=True))
def regime_validate(room: Room, name: str) -> Response:
    """Check every file of a regime; an empty list is a regime without problems."""
    from detente.validate import problems_of

    room.regime(name)
    return document([problem._asdict() for problem in problems_of(name)])


@router.get("/regime/compare", responses=answers("detente.exits/1"))
def regime_compare(
    room: Room,
    name: Annotated[list[str], Query(description="A regime; all by default.")] = [],
    as_of: Annotated[list[str], Query(description="DATE for all, or NAME=DATE for one.")] = [],
) -> Response:
    """Compare how hard the way out of two regimes or more is."""
    from detente.relief.exit_cases import cases_of
    from detente.relief.exits import compare_exits

    for one in name:
        room.regime(one)
    words = command("regime", "compare", *name, as_of=as_of)
    return document(compare_exits(cases_of(name or room.names, as_of), words))


@router.get("/offer/list", responses=answers("detente.offers/1"))
def offer_list(room: Room, regime: RegimeName = DEFAULT) -> Response:
    """List the offers that ship with a regime."""
    from detente.rows import offers_of

    return document(offers_of(room.regime(regime)))


@router.get("/measures", responses=answers("detente.measures/1"))
def measures(
    room: Room,
    regime: RegimeName = DEFAULT,
    hs: Annotated[str | None, Query(description="A code of the Harmonized System.")] = None,
    kind: Annotated[str | None, Query(description="What sort of restriction.")] = None,
    area: Annotated[str | None, Query(description="An issue area.")] = None,
    instrument: Annotated[str | None, Query(description="The instrument.")] = None,
    livelihood: Annotated[str | None, Query(description="Whom it touches.")] = None,
    in_force: Annotated[Day | None, Query(description="Only those that bind then.")] = None,
    known_on: KnownOn = None,
    reading: Reading = None,
) -> Response:
    """List measures by goods, kind, area, instrument or date."""
    from detente.relief.picture import picture_of
    from detente.rows import list_measures

    law = room.regime(regime)
    if in_force is None and (reading or known_on):
        raise UsageError("evidence decides what binds on a day; name the day with in_force")
    picture = None
    if in_force is not None:
        picture = picture_of(law, room.evidence(law, reading), in_force, known_on)
    rows = list_measures(
        law, hs=hs, kind=kind, area=area, instrument=instrument, livelihood=livelihood,
        picture=picture,
    )  # fmt: skip
    return document({"schema": "detente.measures/1", "regime": law.id, "measures": rows})


@router.get("/cite/{id}", responses=answers("detente.citation/1"))
def cite(room: Room, id: str, regime: RegimeName = DEFAULT) -> Response:
    """Show a row: what it says, its source, its confidence, and where it stands."""
    from detente.rows import cite as find

    return document(find(room.regime(regime), id))


@router.get("/why/{measure}", responses=answers("detente.explanation/1"))
def why(
    room: Room,
    measure: str,
    regime: RegimeName = DEFAULT,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    reading: Reading = None,
    act_date: Annotated[Day | None, Query(description="Ask about a dealing of that day.")] = None,
) -> Response:
    """Explain why a measure is open, discretionary, undetermined, barred or ended."""
    law = room.regime(regime)
    words = command("why", measure, regime=_other(regime), as_of=as_of, known_on=known_on,
                    reading=reading, act_date=act_date)  # fmt: skip
    found = room.evidence(law, reading)
    return document(
        api.why(law, measure, found, as_of=as_of, known_on=known_on, act_date=act_date,
                command=words)
    )  # fmt: skip


@router.get("/unlock", responses=answers("detente.unlock/1"))
def unlock(
    room: Room,
    measure: Measures,
    regime: RegimeName = DEFAULT,
    search: Annotated[
        Literal["cheapest", "all", "pareto"], Query(description="Which sets are sought.")
    ] = "all",
    limit: Annotated[int, Query(alias="all", ge=1, le=10_000, description="Sets at most.")] = 20,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    reading: Reading = None,
) -> Response:
    """Find the smallest sets of conduct, findings and acts that open measures together."""
    law = room.regime(regime)
    words = command(
        "unlock", *measure, cheapest=search == "cheapest", pareto=search == "pareto",
        all=limit if limit != 20 else None, regime=_other(regime), as_of=as_of, known_on=known_on,
        reading=reading,
    )  # fmt: skip
    found = room.evidence(law, reading)
    return document(
        api.unlock(law, measure, found, as_of=as_of, known_on=known_on, search=search, limit=limit,
                   command=words)
    )  # fmt: skip


@router.get("/probability", responses=answers("detente.probability/1"))
def probability(
    room: Room,
    measure: Measures,
    regime: RegimeName = DEFAULT,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    reading: Reading = None,
) -> Response:
    """Give the chance that measures can be lifted, from findings with probabilities."""
    from detente.relief.chance import chances_of

    law = room.regime(regime)
    found = room.evidence(law, reading)
    return document(chances_of(law, found, measure, as_of or law.reference_date, known_on))


@router.get("/diff", responses=answers("detente.comparison/1"))
def diff(
    room: Room,
    a: Annotated[str, Query(description="A date, or the name of an offer.")],
    b: Annotated[str, Query(description="Another of the same kind.")],
    regime: RegimeName = DEFAULT,
    reading: Reading = None,
) -> Response:
    """Compare two dates, or two offers."""
    from detente.days import day_of
    from detente.relief.compare import compare_dates, compare_offers

    law = room.regime(regime)
    one, other = (day_of(text) if text[:4].isdecimal() else None for text in (a, b))
    if one is not None and other is not None:
        return document(compare_dates(law, room.evidence(law, reading), one, other))
    if one is not None or other is not None:
        raise UsageError(f"{a} and {b} are of different kinds; name two dates or two offers")
    for name in (a, b):
        room.of_offer(name, regime)
    return document(compare_offers(law, api.offer(law, a), api.offer(law, b)))


@router.get("/calendar", responses=answers("detente.calendar/1"))
def calendar(
    room: Room,
    since: Annotated[Day | None, Query(alias="from", description="First day.")] = None,
    until: Annotated[Day | None, Query(alias="to", description="Last day.")] = None,
    regime: RegimeName = DEFAULT,
    reading: Reading = None,
) -> Response:
    """List what lapses, refills, falls due, opens or closes."""
    from detente.law.dates import add_term
    from detente.relief.calendar import calendar as run

    law = room.regime(regime)
    first = since or law.reference_date
    last = until or add_term(first, "1 year")
    if last < first:
        raise UsageError(f"to {last} lies before from {first}; turn them round")
    return document(run(law, room.evidence(law, reading), first, last))


@router.get("/audit/{regime}", responses=answers("detente.audit/1", rows=True))
def audit(
    room: Room,
    regime: str,
    since: Annotated[Day | None, Query(description="Only on that day or later.")] = None,
    until: Annotated[Day | None, Query(description="Only by that day.")] = None,
    reading: Reading = None,
) -> Response:
    """Hold what in fact happened to a regime against the law and the evidence of its day."""
    law = room.regime(regime)
    found = room.evidence(law, reading)
    return document(api.audit(law, found, since=since, until=until, reading=reading).entries)


@router.get("/snapback", responses=answers("detente.snapback/1"))
def snapback(
    room: Room,
    id: Annotated[str | None, Query(description="One re-imposition.")] = None,
    regime: RegimeName = DEFAULT,
    as_of: AsOf = None,
    reading: Reading = None,
) -> Response:
    """Show what re-imposes measures: notice, clock, vote, and what comes back."""
    law = room.regime(regime)
    found = room.evidence(law, reading)
    return document(api.snapback(law, found, as_of=as_of, only=id, reading=reading))


def _other(regime: str) -> str | None:
    """A regime as the option that names it; None where it goes without saying."""
    return None if regime == DEFAULT else regime
