"""The cascade against a second way: every extreme way in which open shares may turn out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.screening.ownership.assess import assess
from detente.screening.ownership.model import Graph, Holding, Node, NodeKind, Statement
from detente.screening.ownership.rule import rule_of
from detente.screening.ownership.shares import bounds

OWNERS = ("X", "Y", "Q", "A", "B", "C")
HAIR = Fraction(1, 10**6)


class Held(NamedTuple):
    """A share of one in another, in per cent, its ends meant or not."""

    owner: str
    owned: str
    low: int
    high: int
    above: bool
    below: bool

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """The least and the most that the share can be, a hair inside an end not meant."""
        low = Fraction(self.low) + (HAIR if self.above else 0)
        return low, Fraction(self.high) - (HAIR if self.below else 0)


@st.composite
def held(draw: st.DrawFn) -> tuple[Held, ...]:
    """A few holdings in A, B and C that can all be true."""
    found = []
    for owned in "ABC":
        left = 100
        owners = draw(st.lists(st.sampled_from(OWNERS), max_size=3, unique=True))
        for owner in owners:
            if owner == owned:
                continue
            low = min(draw(st.sampled_from((0, 20, 25, 30, 40, 50, 60))), left)
            high = max(low, draw(st.sampled_from((0, 25, 30, 50, 60, 100))))
            wide = high - low > 1
            above = wide and low < left and draw(st.booleans())
            found.append(Held(owner, owned, low, high, above, wide and draw(st.booleans())))
            left -= low + (1 if above else 0)
    return tuple(found)


def graph_of(rows: tuple[Held, ...]) -> Graph:
    """The graph of holdings; Q is a party that is not specified."""
    kinds: dict[str, NodeKind] = {"X": "person", "Y": "person", "Q": "unspecified"}
    return Graph(
        nodes={id_: Node(id=id_, name=id_, kind=kinds.get(id_, "entity")) for id_ in OWNERS},
        statements=tuple(
            Statement(
                id=str(number),
                record=str(number),
                holdings=(
                    Holding(
                        owner=row.owner,
                        owned=row.owned,
                        interest="ownership",
                        share=bounds(row.low, row.high, above=row.above, below=row.below),
                    ),
                ),
            )
            for number, row in enumerate(rows)
        ),
    )


def corners(rows: list[Held]) -> Iterator[tuple[Fraction, ...]]:
    """Every corner of what the owners of one entity can hold together."""
    ends = [row.ends for row in rows]
    for corner in product(*ends):
        if sum(corner) <= 100:
            yield corner
    for open_ in range(len(rows)):
        others = [end for place, end in enumerate(ends) if place != open_]
        for corner in product(*others):
            rest = Fraction(100) - sum(corner)
            if ends[open_][0] <= rest <= ends[open_][1]:
                yield (*corner[:open_], rest, *corner[open_:])


def worlds(rows: tuple[Held, ...]) -> Iterator[dict[tuple[str, str], Fraction]]:
    """Every extreme way in which the shares may turn out."""
    by_owned = [[row for row in rows if row.owned == owned] for owned in "ABC"]
    for choice in product(*(list(corners(some)) for some in by_owned)):
        yield {
            (row.owner, row.owned): share
            for some, corner in zip(by_owned, choice, strict=True)
            for row, share in zip(some, corner, strict=True)
        }


def caught(shares: dict[tuple[str, str], Fraction], roots: set[str], rule: str) -> set[str]:
    """Who is blocked when all is known, by going round until nothing changes."""
    blocked = set(roots)
    while True:
        more = set()
        for owned in "ABC":
            total = sum(share for (o, d), share in shares.items() if d == owned and o in blocked)
            if total > 50 or (total == 50 and rule == "ofac"):
                more.add(owned)
        if more <= blocked:
            return blocked
        blocked |= more


def outcomes(rows: tuple[Held, ...], named: set[str], rule: str) -> list[set[str]]:
    """Who is blocked in every world, whether the unspecified party is blocked or not."""
    roots = [named, named | {"Q"}]
    if rule == "ofac":
        return [caught(world, some, rule) for world in worlds(rows) for some in roots]
    return [
        set().union(*(caught(world, {root}, rule) for root in some))
        for world in worlds(rows)
        for some in roots
    ]


@settings(max_examples=150)
@given(held())
def test_a_verdict_is_what_every_world_agrees_on(rows: tuple[Held, ...]) -> None:
    """Blocked in all is blocked, in none is not blocked, anything else is unknown."""
    result = assess(graph_of(rows), {"X": "listed", "Y": "listed"}, rule=rule_of("ofac"))
    every = outcomes(rows, {"X", "Y"}, "ofac")
    for node in result.nodes:
        shares = [node.id in some for some in every]
        expected = "blocked" if all(shares) else "unknown" if any(shares) else "not-blocked"
        assert (node.id, node.status) == (node.id, expected)


@settings(max_examples=150)
@given(held())
def test_without_adding_up_a_verdict_is_never_surer_than_the_worlds(rows: tuple[Held, ...]) -> None:
    """By one owner or another, as it turns out, may be unknown here, but never the reverse."""
    result = assess(graph_of(rows), {"X": "listed", "Y": "listed"}, rule=rule_of("uk"))
    every = outcomes(rows, {"X", "Y"}, "uk")
    for node in result.nodes:
        shares = [node.id in some for some in every]
        if node.status == "blocked":
            assert all(shares)
        assert (node.status == "not-blocked") == (not any(shares))


@settings(max_examples=150)
@given(held(), st.data())
def test_knowing_more_never_turns_a_verdict_round(
    rows: tuple[Held, ...], data: st.DataObject
) -> None:
    """When a range becomes a number, what was decided stays so."""
    if not rows:
        return
    before = assess(graph_of(rows), {"X": "listed"}, rule=rule_of("ofac"))
    place = data.draw(st.integers(0, len(rows) - 1))
    row = rows[place]
    others = sum(other.low + other.above for other in rows if other.owned == row.owned) - row.low
    top = min(row.high - row.below, 100 - others + row.above)
    if top < row.low + row.above:
        return
    exact = data.draw(st.integers(row.low + row.above, top))
    known = row._replace(low=exact, high=exact, above=False, below=False)
    after = assess(
        graph_of((*rows[:place], known, *rows[place + 1 :])), {"X": "listed"}, rule=rule_of("ofac")
    )
    then = {node.id: node.status for node in after.nodes}
    for node in before.nodes:
        assert node.status in ("unknown", then[node.id])


@settings(max_examples=100)
@given(held())
def test_another_blocked_party_never_frees_anybody(rows: tuple[Held, ...]) -> None:
    """More that is blocked by name means no less that is blocked."""
    graph = graph_of(rows)
    rank = {"not-blocked": 0, "unknown": 1, "blocked": 2}
    for name in ("ofac", "uk"):
        few = assess(graph, {"X": "listed"}, rule=rule_of(name))
        many = {
            node.id: node.status
            for node in assess(graph, dict.fromkeys("XYQ", "listed"), rule=rule_of(name)).nodes
        }
        assert all(rank[node.status] <= rank[many[node.id]] for node in few.nodes)


@settings(max_examples=150)
@given(held())
def test_every_chain_begins_with_somebody_blocked_and_hangs_together(
    rows: tuple[Held, ...],
) -> None:
    """A chain starts at a party blocked by name or not specified, and each link follows."""
    result = assess(graph_of(rows), {"X": "listed", "Y": "listed"}, rule=rule_of("ofac"))
    for node in result.nodes:
        for chain in node.chain:
            assert chain[0].owner in ("X", "Y", "Q")
            assert chain[-1].owned == node.id
            assert all(one.owned == two.owner for one, two in pairwise(chain))
            assert len({link.owned for link in chain}) == len(chain)
        if node.status == "unknown":
            assert node.settles


def through(shares: dict[tuple[str, str], Fraction], times: int = 200) -> dict[str, float]:
    """The effective share of X in each, by multiplying links until they are small."""
    found = dict.fromkeys(OWNERS, 0.0) | {"X": 1.0}
    for _ in range(times):
        for owned in "ABC":
            found[owned] = sum(
                float(share) / 100 * found[o] for (o, d), share in shares.items() if d == owned
            )
    return found


@settings(max_examples=100)
@given(held())
def test_effective_shares_hold_every_world(rows: tuple[Held, ...]) -> None:
    """However the shares turn out, the effective share lies in the range that is shown."""
    rows = tuple(row for row in rows if row.owner != "Q")
    result = assess(graph_of(rows), {"X": "listed"}, rule=rule_of("ofac"))
    shown = {node.id: node.look_through for node in result.nodes}
    for world in worlds(rows):
        for id_, share in through(world).items():
            span = shown[id_]
            assert span is None or span.low - 2e-6 <= share <= span.high + 2e-6


@settings(max_examples=100)
@given(held())
def test_effective_shares_without_circles_are_reached(rows: tuple[Held, ...]) -> None:
    """Where nothing goes in a circle some world has the least and some the most."""
    rows = tuple(r for r in rows if r.owner != "Q" and (r.owner not in "ABC" or r.owner < r.owned))
    result = assess(graph_of(rows), {"X": "listed"}, rule=rule_of("ofac"))
    every = [through(world, 3) for world in worlds(rows)]
    for node in result.nodes:
        span = node.look_through
        assert span is not None
        if node.kind == "unspecified":
            continue
        assert abs(span.low - min(world[node.id] for world in every)) < 3e-6
        assert abs(span.high - max(world[node.id] for world in every)) < 3e-6


def test_the_second_way_sees_what_it_should() -> None:
    """Corners of two open shares: both ends of each that fit, and where they fill the whole."""
    rows = [Held("X", "A", 0, 60, False, False), Held("Y", "A", 30, 50, False, False)]
    found = {tuple(map(int, corner)) for corner in corners(rows)}
    assert found == {(0, 30), (0, 50), (60, 30), (60, 40), (50, 50)}
    assert len(list(combinations(found, 2))) == 10
