"""How much of a basket measures block: each on paper, and what each adds to those before it.

A measure blocks of a part what it does not let through. Of several measures the strictest counts,
so what is blocked never exceeds what there is, and what a measure adds to earlier ones is never
negative: that sum over all measures is what they block together, with nothing added twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from detente.law.model import Range
from detente.pressure.goods import Basket
from detente.pressure.spread import DRAWS, SEED, Spread, bounds, generator, triangular

if TYPE_CHECKING:
    from detente.pressure.spread import Floats

Additions: TypeAlias = "dict[str, dict[int, Floats]]"
"""What each measure adds, shape (draws,), by measure and by the place of the part."""


class Drawn(msgspec.Struct, frozen=True):
    """Draws of a basket.

    Attributes:
        basket: what was drawn from.
        values: USD million, shape (draws, parts).
        through: the share that each allowance lets through, by id, shape (draws,).
        total: all trade of the flow, USD million, shape (draws,); None where it is not known.
    """

    basket: Basket
    values: Any
    through: dict[str, Any]
    total: Any


def draw(basket: Basket, draws: int = DRAWS, seed: int = SEED) -> Drawn:
    """Return independent draws of every row, allowance and division of a basket."""
    import numpy as np

    random = generator(seed)
    rows = {part.row: part.value for part in basket.parts}
    by_row = dict(zip(rows, _columns(tuple(rows.values()), draws, random), strict=True))
    codes: dict[str, list[int]] = {}
    for part in basket.parts:
        codes.setdefault(part.row, []).append(max(len(part.hs), 1))
    shares = {row: iter(_division(some, draws, random).T) for row, some in codes.items()}
    columns = [by_row[part.row] * next(shares[part.row]) for part in basket.parts]
    values = np.array(columns).T if columns else np.zeros((draws, 0))
    allowed = tuple(item.through for item in basket.allowances.values())
    through = dict(zip(basket.allowances, _columns(allowed, draws, random), strict=True))
    total = None if basket.total is None else _columns((basket.total,), draws, random)[0]
    return Drawn(basket, values, _as_shares(basket, values, through), total)


def _columns(ranges: Sequence[Range], draws: int, random: Any) -> Any:
    return triangular(ranges, draws, random).T


def _division(codes: Sequence[int], draws: int, random: Any) -> Floats:
    """How a row divides between its pieces: even over all divisions between their codes."""
    import numpy as np

    if len(codes) == 1:
        return np.ones((draws, 1))
    drawn: Floats = random.dirichlet(np.array(codes, dtype=np.float64), draws)
    return drawn


def _as_shares(basket: Basket, values: Any, through: dict[str, Any]) -> dict[str, Any]:
    """Return what allowances let through as shares: a cap is one of all that it bears on."""
    import numpy as np

    shares = {}
    for id_, item in basket.allowances.items():
        if item.unit == "share":
            shares[id_] = through[id_]
            continue
        places = [n for n, part in enumerate(basket.parts) if id_ in part.allowed.values()]
        goods = values[..., places].sum(axis=-1)
        shares[id_] = np.minimum(through[id_] / np.maximum(goods, 1e-12), 1.0)
    return shares


def named(drawn: Drawn, measures: Collection[str]) -> Floats:
    """Return what measures name, allowances aside, all parts together, shape (draws,)."""
    import numpy as np

    parts = drawn.basket.parts
    hit = [n for n, part in enumerate(parts) if not set(measures).isdisjoint(part.measures)]
    found: Floats = drawn.values[:, hit].sum(axis=1)
    return found if drawn.total is None else np.minimum(found, drawn.total)


def added(drawn: Drawn, order: Iterable[str]) -> Additions:
    """Return what each measure adds to those before it, by the place of the part."""
    import numpy as np

    most: dict[int, Floats] = {}
    found: Additions = {}
    for measure in order:
        mine = found[measure] = {}
        for n, part in enumerate(drawn.basket.parts):
            if measure not in part.measures:
                continue
            own = drawn.values[:, n]
            if measure in part.allowed:
                own = own * (1.0 - drawn.through[part.allowed[measure]])
            before = most.get(n)
            mine[n] = own if before is None else np.maximum(own - before, 0.0)
            most[n] = own if before is None else np.maximum(own, before)
    return found


def together(drawn: Drawn, additions: Additions, chosen: Iterable[str]) -> Floats:
    """Return what the chosen measures add, all parts together, shape (draws,).

    It never exceeds all trade of the flow.

    Args:
        drawn: draws of the basket.
        additions: what each measure adds, as ``added`` returns it.
        chosen: the measures.
    """
    import numpy as np

    found: Floats = np.zeros(drawn.values.shape[0])
    for measure in chosen:
        for amount in additions.get(measure, {}).values():
            found += amount
    return found if drawn.total is None else np.minimum(found, drawn.total)


def corners(basket: Basket, chosen: Collection[str]) -> tuple[Drawn, Drawn]:
    """Return the basket at its ends: what the chosen measures add is least, and most.

    Each has two draws, with all values low and all high: what a measure adds to a laxer one
    rises with the value, but what it adds to a cap may fall.
    """
    import numpy as np

    low = [0.0 if part.pieces > 1 else part.value.low for part in basket.parts]
    high = [part.value.high for part in basket.parts]
    values = np.array([low, high], dtype=np.float64)
    made = []
    for least in (True, False):
        ends = {
            id_: item.through.high if (item.measure in chosen) is least else item.through.low
            for id_, item in basket.allowances.items()
        }
        full = {id_: np.full(2, end) for id_, end in ends.items()}
        made.append(Drawn(basket, values, _as_shares(basket, values, full), None))
    return made[0], made[1]


def bounds_in(
    basket: Basket, order: Sequence[str], chosen: Collection[str], central: float
) -> Spread:
    """Return bounds of what chosen measures add to those before them in ``order``, in USD million.

    Args:
        basket: the trade.
        order: the measures that count, in the order in which they are credited.
        chosen: those of them whose additions are summed.
        central: the value between the bounds.
    """
    least, most = (_summed(end, order, chosen) for end in corners(basket, chosen))
    low, high = _limited(basket, least.min(axis=0), most.max(axis=0))
    if basket.total is not None:
        low, high = min(low, basket.total.high), min(high, basket.total.high)
    return bounds(low, central, high)


def _summed(drawn: Drawn, order: Sequence[str], chosen: Collection[str]) -> Floats:
    """Return what the chosen measures add, part by part, shape (draws, parts)."""
    import numpy as np

    found: Floats = np.zeros_like(drawn.values)
    for measure, amounts in added(drawn, order).items():
        if measure in chosen:
            for place, amount in amounts.items():
                found[:, place] += amount
    return found


def _limited(basket: Basket, low: Any, high: Any) -> tuple[float, float]:
    """Return the sums of low and high ends, where limits say that not all of them go together."""
    from_, to, done = 0.0, 0.0, set[int]()
    for limit in sorted(basket.limits, key=lambda item: -len(item.parts)):
        if done & set(limit.parts) or not _whole(basket, limit.parts, low, high):
            continue
        inside = [n for n in limit.parts if high[n] > 0]
        outside = [n for n in limit.parts if high[n] <= 0]
        ends = [_ends(basket, n) for n in outside]
        least = max(low[inside].sum(), limit.value.low - sum(end[1] for end in ends))
        most = min(high[inside].sum(), limit.value.high - sum(end[0] for end in ends))
        if inside and least <= most:
            from_, to = from_ + least, to + most
            done |= set(limit.parts)
    rest = [n for n in range(len(basket.parts)) if n not in done]
    return float(from_ + low[rest].sum()), float(to + high[rest].sum())


def _ends(basket: Basket, place: int) -> tuple[float, float]:
    part = basket.parts[place]
    return (0.0 if part.pieces > 1 else part.value.low), part.value.high


def _whole(basket: Basket, places: Iterable[int], low: Any, high: Any) -> bool:
    """Whether each of these parts counts in full or not at all."""
    return all(high[n] <= 0 or (low[n], high[n]) == _ends(basket, n) for n in places)
