"""Parameters as ranges: reading, drawing, spreading, and what decides an outcome."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest, triang

from detente.errors import UsageError
from detente.games.ranges import (
    Draws,
    Floats,
    draw,
    parameter,
    point,
    sensitivity,
    spread,
    within,
)


def test_a_parameter_is_written_in_three_ways() -> None:
    """A number, two ends, or two ends with the likeliest between them."""
    assert parameter("0.2") == point(0.2)
    assert (parameter("0.1:0.3").shape, parameter("0.1:0.3").central) == ("uniform", 0.2)
    assert parameter("0.1:0.15:0.3").central == 0.15
    assert parameter("-1.9").low == -1.9
    assert parameter("0.2:0.2") == point(0.2)


@pytest.mark.parametrize(
    "text", ["", "x", "1:", "1:2:3:4", "0.3:0.1", "0.1:0.5:0.3", "nan", "inf", "0:inf", "1;2"]
)
def test_what_is_no_parameter_is_refused(text: str) -> None:
    """One line says what is wrong and how to write it."""
    with pytest.raises(UsageError, match=r"write .*low:high"):
        parameter(text)


@pytest.mark.parametrize(
    ("text", "ends", "fits"),
    [("0:1", "[]", True), ("0:1", "(]", False), ("0:1", "[)", False), ("-0.1", "[]", False),
     ("0.5:1.5", "[]", False)],
)  # fmt: skip
def test_a_parameter_must_lie_within(text: str, ends: str, fits: bool) -> None:
    """Both ends of a range count, and whether the ends of the interval belong to it."""
    if fits:
        within("belief", parameter(text), 0, 1, ends=ends)
    else:
        with pytest.raises(UsageError, match="belief is"):
            within("belief", parameter(text), 0, 1, ends=ends)


@pytest.mark.parametrize("text", ["0:1", "2:6", "0:0.2:1", "1:3:3", "1:1:3"])
def test_draws_follow_the_shape(text: str) -> None:
    """Uniform and triangular draws pass a test of their distribution."""
    item = parameter(text)
    values = draw({"x": item}, 20_000, seed=4)["x"]
    width = item.high - item.low
    peak = (item.central - item.low) / width
    law = ("uniform", (item.low, width))
    shape = triang(peak, item.low, width).cdf
    found = kstest(values, *law) if item.shape == "uniform" else kstest(values, shape)
    assert found.pvalue > 0.001


def test_points_need_no_draws_and_seeds_repeat() -> None:
    """Where nothing is uncertain there is one draw; else the seed decides all."""
    assert draw({"x": point(2.0)}, 500, seed=1)["x"].tolist() == [2.0]
    one, again, other = (draw({"x": parameter("0:1")}, 50, seed)["x"] for seed in (1, 1, 2))
    assert (one == again).all()
    assert (one != other).any()


@pytest.mark.parametrize(("draws", "seed"), [(0, 1), (-1, 1), (2_000_000, 1), (10, -1)])
def test_draws_and_seeds_that_make_no_sense(draws: int, seed: int) -> None:
    """No draws, too many draws, or a negative seed."""
    with pytest.raises(UsageError):
        draw({"x": parameter("0:1")}, draws, seed)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=40))
def test_a_range_is_in_order(values: list[float]) -> None:
    """Low, central, high; exact where there is one draw."""
    found = spread(np.array(values))
    assert found.low <= found.central <= found.high
    assert found.kind == ("bounds" if len(values) == 1 else "p05-p95")


def ishigami(drawn: Draws) -> dict[str, Floats]:
    """Return Ishigami's function, whose indices are known in closed form."""
    a, b, c = (2 * np.pi * drawn[name] - np.pi for name in "abc")
    return {"y": np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a), "still": 0 * a}


def test_sobol_indices_are_those_of_a_known_function() -> None:
    """Ishigami's indices to a few hundredths, strongest total first; what is still is left out."""
    known = {"a": (0.3139, 0.5576), "b": (0.4424, 0.4424), "c": (0.0, 0.2437)}
    found = sensitivity(ishigami, {name: parameter("0:1") for name in "abc"}, seed=3)
    assert [row.outcome for row in found] == ["y"] * 3
    assert [row.parameter for row in found] == ["a", "b", "c"]
    for row in found:
        assert (row.first, row.total) == pytest.approx(known[row.parameter], abs=0.12)


def test_one_range_needs_no_ranking() -> None:
    """With fewer than two ranges there is nothing to compare."""
    assert sensitivity(ishigami, {"a": parameter("0:1"), "b": point(0), "c": point(0)}, 1) == ()
