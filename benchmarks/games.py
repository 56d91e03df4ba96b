"""Speed of the long game: plays, exact solutions, draws through a core.

Peers are pure Python that plays round by round, and pygambit and negmas where they are installed
(the extra ``oracles``); without them their rows are left out.
"""

from __future__ import annotations

import importlib
import io
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from importlib.util import find_spec
from itertools import count
from statistics import median
from time import perf_counter
from typing import Any, Final, NamedTuple

from detente.games.plays import play
from detente.games.policies import compare
from detente.games.ranges import draw, parameter
from detente.games.signalling import Payoffs, equilibria
from detente.games.trust import solve

PLAYS: Final = 1_000_000
SLOW: Final = 20_000
EXAMPLE: Final = (0.25, 0.6, 0.8, 1.0, 10)
CRISIS: Final = Payoffs(0.0, 1.0, -1.2, -1.9, 0.0, 1.0, -2.9)
POLICIES: Final = {
    "belief": "0.02:0.1:0.25", "trust": "0.3:0.5:0.8", "scope": "0.3:0.5:0.9",
    "detection": "0.5:0.8:0.95", "snapback": "0.5:0.7:0.9", "whim": "0.05:0.15:0.3",
    "bound": "0:0.5:1", "patience": "0.9:0.95:0.99",
    "cost_sincere": "0.3:0.6:0.9", "cost_staller": "1:1.5:3",
    "prize": "0:0.2:0.5", "growth": "0:0.03:0.06",
}  # fmt: skip


class Figure(NamedTuple):
    """One figure: what was timed, milliseconds, how many times a peer's, and the aim."""

    job: str
    spent: float
    peer: str
    aim: str


def figures(repeats: int) -> Iterator[Figure]:
    """Yield every figure on the games."""
    game = solve(*EXAMPLE)
    fast = _timed(repeats, lambda: play(game, PLAYS, 1))
    slow = _timed(max(1, repeats // 5), lambda: _slow_plays(SLOW)) * PLAYS / SLOW
    yield Figure(
        f"{PLAYS:,} plays of the trust game, 10 rounds: {PLAYS / fast / 1000:.1f} million a second",
        fast, f"{slow / fast:.0f} x faster than pure Python", "333",
    )  # fmt: skip
    exact = _timed(repeats, lambda: solve(0.0001, 0.9, 0.8, 1.0, 100))
    yield Figure("trust game of 100 rounds, exact", exact, "", "10")
    five = _timed(repeats, lambda: solve(0.25, 0.6, 0.8, 1.0, 5))
    if find_spec("pygambit"):
        gambit = _gambit(max(1, repeats // 5))
        peer = f"{gambit / five:.0f} x faster than pygambit's lcp"
    else:
        peer = ""
    yield Figure("trust game of 5 rounds, exact", five, peer, "")
    scan = _timed(repeats, lambda: equilibria(CRISIS))
    yield Figure("all equilibria of a crisis game", scan, "", "52")
    drawn = draw({name: parameter(text) for name, text in POLICIES.items()}, 10_000, 1)
    spent = _timed(repeats, lambda: compare(drawn, 5, 8))
    peer = ""
    if find_spec("negmas"):
        each = _negmas(max(3, repeats))
        peer = f"{1000 / each:.0f} negotiations a second in negmas, one each"
    yield Figure("10,000 draws through five policies", spent, peer, "")


def _timed(repeats: int, job: Callable[[], object]) -> float:
    times = []
    for _ in range(repeats + 1):
        begun = perf_counter()
        job()
        times.append(perf_counter() - begun)
    return median(times[1:]) * 1000


def _slow_plays(number: int) -> int:
    """Play the example round by round; return the cheats."""
    chance, cheats = random.Random(1), 0
    start, q, gain, patience, rounds = EXAMPLE
    again = gain / (patience * (1 + gain))
    for _ in range(number):
        mu, sincere, mixed = start, chance.random() < start, False
        for left in range(rounds, 0, -1):
            gives = again if mixed else float(mu >= q**left)
            if chance.random() >= gives:
                break
            after = q ** (left - 1)
            mixed = mu < after
            complies = mu * (1 - after) / ((1 - mu) * after) if mixed else 1.0
            if not sincere and chance.random() >= complies:
                cheats += 1
                break
            mu = after if mixed else mu
    return cheats


def _gambit(repeats: int) -> float:
    pygambit: Any = importlib.import_module("pygambit")
    tree = pygambit.read_efg(io.StringIO(_tree(5)))
    return _timed(repeats, lambda: pygambit.nash.lcp_solve(tree, rational=False))


def _tree(rounds: int) -> str:
    """The example in five rounds as Gambit's extensive form; a cheat ends it."""
    numbers: dict[tuple[int, str], int] = {}
    ends = count(1)
    loss, gain = Fraction(3, 2), Fraction(4, 5)

    def infoset(player: int, past: str) -> int:
        return numbers.setdefault((player, past), 1 + sum(one == player for one, _ in numbers))

    def walk(past: str, sender: Fraction, target: Fraction, sincere: bool) -> Iterator[str]:
        if len(past) == rounds:
            yield f't "" {next(ends)} "" {{ {sender}, {target} }}'
            return
        yield f'p "" 1 {infoset(1, past)} "" {{ "relief" "hold" }} 0'
        if not sincere:
            yield f'p "" 2 {infoset(2, past)} "" {{ "comply" "cheat" }} 0'
        yield from walk(past + "c", sender + 1, target + 1, sincere)
        if not sincere:
            yield f't "" {next(ends)} "" {{ {sender - loss}, {target + 1 + gain} }}'
        yield from walk(past + "h", sender, target, sincere)

    lines = ['EFG 2 R "trust" { "sender" "target" }', '""']
    lines.append('c "" 1 "" { "sincere" 1/4 "staller" 3/4 } 0')
    for sincere in (True, False):
        lines += walk("", Fraction(0), Fraction(0), sincere)
    return "\n".join(lines) + "\n"


def _negmas(number: int) -> float:
    """Milliseconds of a negotiation over 165 outcomes in 20 steps."""
    negmas: Any = importlib.import_module("negmas")
    sizes = (11, 5, 3)

    def run() -> None:
        issues = [negmas.make_issue(size, f"issue{i}") for i, size in enumerate(sizes)]
        session = negmas.SAOMechanism(issues=issues, n_steps=20)
        for rising in (True, False):
            tables = {
                issue.name: negmas.TableFun({v: (v if rising else size - 1 - v) / (size - 1)
                                             for v in range(size)})
                for issue, size in zip(issues, sizes, strict=True)
            }  # fmt: skip
            side = negmas.LinearAdditiveUtilityFunction(values=tables, issues=issues)
            session.add(negmas.sao.AspirationNegotiator(), preferences=side)
        session.run()

    return _timed(number, run)


if __name__ == "__main__":
    for figure in figures(5):
        print(f"{figure.job}: {figure.spent:.3g} ms {figure.peer}")
