"""Every speed claim of the README, measured again by one command.

Run ``python benchmarks/run.py`` in an environment in which Detente is installed from a wheel
(an editable install parses its source at every start). ``--write`` puts the table into the
README; ``--quick`` only shows that everything still runs. Whole commands are compared with the
bare interpreter started in the same way, sweeps with one ``and`` for each measure, and the rules
of the real regime with the same rules in OpenFisca-core, where that is installed beside it
(``--openfisca PYTHON`` names an interpreter that has ``benchmarks/requirements.txt``).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import games
import lists
import pressure
import talks
import web
from engines import SCENARIOS, median, regime

import detente
from detente.evidence.facts import facts_of
from detente.evidence.load import shipped
from detente.law.vocabulary import Truth
from detente.relief.letter import Letters
from detente.relief.logic import Formula, atoms
from detente.relief.packages import cheapest
from detente.relief.sweeps import compile_sweep, random_scenarios, sweep
from detente.relief.unlock import goal, unlock_measures

HERE: Final = Path(__file__).resolve().parent
README: Final = HERE.parent / "README.md"
START, END = "<!-- benchmarks -->", "<!-- /benchmarks -->"


ONE, FOUR = ["dprk"], ["dprk", "iran", "south-africa", "syria"]
LOADING = """
import detente
from detente.evidence.load import shipped
for name in {}:
    shipped(detente.load(name))
"""
"""What a command does before it can answer, for some regimes."""


class Row(NamedTuple):
    """One figure: what was timed, milliseconds, how many times a peer's, and the aim."""

    job: str
    spent: float
    peer: str
    aim: str


def commands(repeats: int) -> Iterator[Row]:
    """Yield whole commands, warm and cold, beside the bare interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"DETENTE_CACHE": folder, "DETENTE_STORE": f"{folder}/store"}
        program = str(Path(sys.executable).with_name("detente"))

        def timed(*arguments: str, cold: bool = False) -> float:
            times = []
            for _ in range(repeats + 1):
                if cold:
                    for item in Path(folder).glob("*.msgpack"):
                        item.unlink()
                begun = time.perf_counter()
                subprocess.run(arguments, env=env, check=True, stdout=subprocess.DEVNULL)
                times.append(time.perf_counter() - begun)
            return statistics.median(times[1:]) * 1000

        bare = timed(sys.executable, "-c", "pass")
        click = timed(sys.executable, "-c", "import click")
        yield Row("bare interpreter", bare, "1.0 x", "")
        yield Row("`import click`", click, f"{click / bare:.1f} x bare", "")
        for name, aim, arguments, cold in (
            ("`detente --help`", "150", ("--help",), False),
            ("`detente assess hanoi-2019`, warm", "200", ("assess", "hanoi-2019"), False),
            ("`detente assess hanoi-2019`, no cache", "600", ("assess", "hanoi-2019"), True),
            ("`detente why us-nkspea-104a`", "", ("why", "us-nkspea-104a"), False),
            ("`detente assess jcpoa-2015`, warm", "200", ("assess", "jcpoa-2015"), False),
            ("`detente audit iran`, warm", "", ("audit", "iran"), False),
            ("`detente regime compare`, all four, warm", "", ("regime", "compare"), False),
        ):
            spent = timed(program, *arguments, cold=cold)
            yield Row(name, spent, f"{spent / bare:.1f} x bare", aim)
        one, four = (timed(sys.executable, "-c", LOADING.format(names)) for names in (ONE, FOUR))
        yield Row("law and evidence of all four regimes, beyond those of one", four - one,
                  f"{four / one:.2f} x one", "60")  # fmt: skip


def real(repeats: int) -> Iterator[Row]:
    """Yield sweeps and searches over the real regime."""
    law = detente.load("dprk")
    facts = facts_of(law, shipped(law), law.reference_date)
    letters = Letters(law.as_of(law.reference_date), facts)
    formulas = paths_of_real()
    keys = sorted({atom.key for formula in formulas.values() for atom in atoms(formula)})
    program = compile_sweep(formulas)
    drawn = random_scenarios(keys, SCENARIOS, seed=1)
    spent = median(repeats, lambda: sweep(program, drawn))
    sides = [drawn.met[key] for key in keys]
    bare = median(repeats, lambda: [side & sides[0] for side in sides[: len(formulas)]])
    yield Row(f"sweep, {SCENARIOS:,} scenarios, all {len(formulas)} paths of the real regime",
              spent, f"{spent / bare:.0f} x one `and` a path", "2")  # fmt: skip
    view = letters.view
    worst, slowest = 0.0, ""
    for id_ in view.in_force:
        took = median(1, lambda id_=id_: goal_search(letters, id_))  # type: ignore[misc]
        worst, slowest = max((worst, slowest), (took, id_))
    yield Row(f"cheapest package, slowest single measure ({slowest})", worst, "", "5")
    covered = [
        id_
        for id_ in view.in_force
        if {"rp-us-401-suspend", "rp-us-402-terminate"} & set(law.paths_of[id_])
    ]
    goals = [goal(letters.measure(id_)) for id_ in covered]
    known = {k: s.truth for id_ in covered for p in letters.measure(id_).paths
             for k, s in p.atoms.items()}  # fmt: skip
    spent = median(repeats, lambda: cheapest(goals, known))
    yield Row(f"cheapest package, the {len(covered)} measures of 401 and 402 together", spent, "",
              "50")  # fmt: skip
    spent = median(max(1, repeats // 3), lambda: unlock_measures(view, facts, covered))
    yield Row("the same with all minimal sets and what they open", spent, "", "")


def goal_search(letters: Letters, id_: str) -> object:
    """Find the cheapest package of one measure of the real regime."""
    from detente.relief.labels import minimal_sets

    status = letters.measure(id_)
    known = {key: state.truth for path in status.paths for key, state in path.atoms.items()}
    found = minimal_sets(goal(status), known)
    return min(found.sets, key=len, default=None)


def paths_of_real() -> dict[str, Formula]:
    """Return the condition of every path of the real regime, as law on its own day."""
    from datetime import date

    law = detente.load("dprk")
    found: dict[str, Formula] = {}
    for day in (law.reference_date, date(2007, 1, 1), date(2012, 1, 1), date(2017, 12, 31),
                date(2023, 1, 1)):  # fmt: skip
        letters = Letters(law.as_of(day), facts_of(law, shipped(law), day))
        for id_ in letters.view.conditions:
            found.setdefault(
                id_, letters.path(law.paths[id_], law.paths[id_].applies_to[0]).formula
            )
    return found


def synthetic(repeats: int) -> Iterator[Row]:
    """Yield sweeps and searches over 10,000 synthetic measures."""
    measures = regime(10_000)
    keys = sorted({atom.key for formula in measures.values() for atom in atoms(formula)})
    drawn = random_scenarios(keys, SCENARIOS, seed=1)
    sides = [drawn.met[key] for key in keys]
    pairs = [(sides[i % 300], sides[(i * 7 + 1) % 300]) for i in range(len(measures))]
    bare = median(repeats, lambda: [a & b for a, b in pairs])
    program = compile_sweep(measures)
    spent = median(repeats, lambda: sweep(program, drawn))
    yield Row(f"sweep, {SCENARIOS:,} scenarios, 10,000 synthetic measures, counts of all", spent,
              f"{spent / bare:.1f} x one `and` a measure", "50")  # fmt: skip
    goals = list(measures.values())[:10]
    free: dict[str, Truth] = {}
    spent = median(repeats, lambda: cheapest(goals, free))
    yield Row("cheapest package, 10 of 10,000 synthetic measures", spent, "", "50")


def of_lists(repeats: int) -> Iterator[Row]:
    """Yield the rows on lists: reading, taking in, asking."""
    yield from (Row(*figure) for figure in lists.figures(repeats))


def of_games(repeats: int) -> Iterator[Row]:
    """Yield the rows on the long game, talks and pressure."""
    for room in (games, talks, pressure):
        yield from (Row(*figure) for figure in room.figures(repeats))


def of_web(repeats: int) -> Iterator[Row]:
    """Yield the rows on the web server."""
    yield from (Row(*figure) for figure in web.figures(repeats))


def openfisca(python: str, repeats: int) -> Iterator[Row]:
    """Yield the rows of the side-by-side run in an interpreter that has OpenFisca-core."""
    script = str(HERE / "openfisca_side_by_side.py")
    done = subprocess.run(
        [python, script, "--repeats", str(repeats), "--rows"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    for line in done.stdout.splitlines():
        label, theirs, ours = line.split("\t")
        yield Row(f"{label}, {SCENARIOS:,} two-valued scenarios, against OpenFisca-core",
                  float(ours), f"{float(theirs) / float(ours):.0f} x faster", "")  # fmt: skip


def table(rows: list[Row]) -> str:
    """Return the rows as Markdown."""
    lines = ["| job | median, ms | beside a peer in the same run | aim, ms |",
             "|---|---:|---|---:|"]  # fmt: skip
    lines += [f"| {row.job} | {row.spent:.3g} | {row.peer} | {row.aim} |" for row in rows]
    return "\n".join(lines)


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="one repeat: does it still run?")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    parser.add_argument("--openfisca", metavar="PYTHON", help="interpreter with OpenFisca-core")
    options = parser.parse_args()
    repeats = 1 if options.quick else 15
    parts: list[Callable[[int], Iterator[Row]]] = [
        commands,
        real,
        synthetic,
        of_lists,
        of_games,
        of_web,
    ]
    rows = [row for part in parts for row in part(repeats)]
    if options.openfisca:
        rows += openfisca(options.openfisca, min(repeats, 7))
    text = table(rows)
    print(text)
    if options.write:
        before, _, rest = README.read_text().partition(START)
        README.write_text(f"{before}{START}\n{text}\n{END}{rest.partition(END)[2]}")


if __name__ == "__main__":
    main()
