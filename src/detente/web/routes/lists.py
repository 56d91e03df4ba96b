"""Questions put to the lists: stats, log, diff, under, whatif, watch."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from detente import listings
from detente.errors import UnknownIdError, UsageError
from detente.lists.moments import asked
from detente.monitor.watch_results import What
from detente.offers.load import names as offer_names
from detente.store.schema import opened
from detente.web.asked import DEFAULT, Day, Moment, RegimeName, Room, Sources
from detente.web.describe import answers
from detente.web.documents import Remembered, document

router = APIRouter(route_class=Remembered, tags=["lists"])


@router.get("/lists/stats", responses=answers("detente.stats/1"))
def stats(room: Room, as_of: Moment = None) -> Response:
    """Count what is held of each list, on a day."""
    from detente.store.stats import stats as run

    with opened(room.store) as connection:
        return document(run(connection, asked(as_of) if as_of else None))


@router.get("/lists/log/{party}", responses=answers("detente.log/1"))
def log(room: Room, party: str) -> Response:
    """Tell the life of a party on all lists: an id, a number, a reference or a name."""
    from detente.store import life

    with opened(room.store) as connection:
        return document(life.log(connection, party))


@router.get("/lists/diff", responses=answers("detente.diff/1"))
def diff(
    room: Room,
    a: Annotated[str, Query(description="A day.")],
    b: Annotated[str, Query(description="Another.")],
    source: Sources = [],
) -> Response:
    """Compare the lists as they stood on two days: listed, delisted, amended."""
    from detente.report.lists import changes_json
    from detente.store.compare import compare_all

    with opened(room.store) as connection:
        compared, unknown, _ = compare_all(connection, a, b, source)
    return document(changes_json(compared, a, b, unknown))


@router.get("/lists/under/{measure}", responses=answers("detente.under/1"))
def under(room: Room, measure: str, regime: RegimeName = DEFAULT, as_of: Moment = None) -> Response:
    """Show who is listed under a measure, by what the lists' programme tags mean."""
    law = room.regime(regime)
    return document(listings.under(law, measure, as_of=as_of, store=room.store))


@router.get("/lists/whatif", responses=answers("detente.whatif/1"))
def whatif(
    room: Room,
    lift: Annotated[list[str], Query(description="A measure that is lifted.")] = [],
    offer: Annotated[str | None, Query(description="Lift what this offer asks for.")] = None,
    reading: Annotated[str | None, Query(description="How the ask is read.")] = None,
    regime: RegimeName = DEFAULT,
    as_of: Moment = None,
) -> Response:
    """Show who would come off the lists if measures were lifted, and who stays on by what."""
    law = room.regime(regime)
    if offer is not None and offer not in offer_names(law):
        raise UnknownIdError("offer", offer, offer_names(law))
    return document(
        listings.whatif(law, lift, offer=offer, reading=reading, as_of=as_of, store=room.store)
    )


@router.get("/watch", responses=answers("detente.watch/1", rows=True))
def watch(
    room: Room,
    since: Annotated[Day | None, Query(description="Only on that day or later.")] = None,
    until: Annotated[Day | None, Query(description="Only by that day.")] = None,
    event: Annotated[list[What], Query(description="Only events of this kind.")] = [],
    alarms: Annotated[bool, Query(description="Only what may be backsliding.")] = False,
    regime: Annotated[list[str], Query(description="Only this regime.")] = [],
    source: Sources = [],
) -> Response:
    """Watch for backsliding: delistings, relief, requirements undone, pace, what came back."""
    laws = [room.regime(name) for name in regime or room.names]
    evidence = {law.id: room.evidence(law) for law in laws}
    store = room.settings.store
    if source and not store.exists():
        raise UsageError("this server holds no lists; leave source out")
    result = listings.watch(laws, evidence, lists=source, since=since, until=until, store=store)
    return document([
        one for one in result.events
        if (not event or one.event in event) and (one.alarm or not alarms)
    ])  # fmt: skip
