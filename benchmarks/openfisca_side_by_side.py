"""The same conditions in OpenFisca-core and here, two-valued, 10,000 scenarios as persons.

Run ``python benchmarks/openfisca_side_by_side.py`` in an environment made from
``benchmarks/requirements.txt``. Every fact is an input variable of OpenFisca, every measure a
variable with a vectorised formula; the answers of both are compared before anything is timed.
OpenFisca has no value for unknown (an input left out is false), so no scenario here has one.
Building the tax-and-benefit system, like compiling the sweep, is not timed; setting the inputs is
timed in both, as is reading how many scenarios meet each measure.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from typing import Any

import numpy
from engines import SCENARIOS, median, regime
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from run import paths_of_real

from detente.relief.logic import Atom, Conj, Count, Disj, Formula, Neg, atoms
from detente.relief.sweeps import Scenarios, compile_sweep, random_scenarios, sweep

PERIOD = "2019-02"
Person = build_entity(key="person", plural="persons", label="one scenario", is_person=True)


def name(key: str) -> str:
    """Return ``key`` as a name that OpenFisca accepts."""
    return re.sub(r"\W", "_", key)


def evaluate(formula: Formula, person: Any, period: Any) -> Any:
    """Return the vector of ``formula`` over all persons."""
    match formula:
        case Atom(key=key):
            return person(name(key), period)
        case Neg(of=atom):
            return ~person(name(atom.key), period)
        case Conj(of=of):
            return numpy.logical_and.reduce([evaluate(child, person, period) for child in of])
        case Disj(of=of):
            return numpy.logical_or.reduce([evaluate(child, person, period) for child in of])
        case Count(least=least, of=of):
            return sum(evaluate(child, person, period).astype(int) for child in of) >= least


def variable(key: str, formula: Formula | None) -> type:
    """Return an OpenFisca variable: an input, or a measure with its formula."""
    body: dict[str, Any] = {
        "value_type": bool,
        "entity": Person,
        "definition_period": DateUnit.MONTH,
        "label": key,
    }
    if formula is not None:
        body["formula"] = lambda person, period, parameters=None: evaluate(formula, person, period)
    return type(name(key), (Variable,), body)


def system(measures: Mapping[str, Formula]) -> Any:
    """Return a tax-and-benefit system that holds ``measures`` and their facts."""
    built = TaxBenefitSystem([Person])
    for key in sorted({atom.key for formula in measures.values() for atom in atoms(formula)}):
        built.add_variable(variable(key, None))
    for key, formula in measures.items():
        built.add_variable(variable(key, formula))
    return built


def calculate(
    built: Any, measures: Mapping[str, Formula], inputs: Mapping[str, Any]
) -> dict[str, int]:
    """Return how many persons meet each measure, by OpenFisca."""
    simulation = SimulationBuilder().build_default_simulation(built, SCENARIOS)
    for key, vector in inputs.items():
        simulation.set_input(name(key), PERIOD, vector)
    return {key: int(simulation.calculate(name(key), PERIOD).sum()) for key in measures}


def vector(bits: int) -> Any:
    """Return ``bits`` as a vector of booleans, one for each scenario."""
    packed = numpy.frombuffer(bits.to_bytes((SCENARIOS + 7) // 8, "little"), dtype=numpy.uint8)
    return numpy.unpackbits(packed, bitorder="little")[:SCENARIOS].astype(bool)


def compare(label: str, measures: Mapping[str, Formula], repeats: int) -> tuple[float, float]:
    """Return both medians in ms, after checking that both engines count the same."""
    keys = sorted({atom.key for formula in measures.values() for atom in atoms(formula)})
    drawn: Scenarios = random_scenarios(keys, SCENARIOS, seed=1, met=0.5, unmet=0.5)
    built, program = system(measures), compile_sweep(measures)
    inputs = {key: vector(drawn.met[key]) for key in keys}
    ours = {key: tally.met for key, tally in sweep(program, drawn).items()}
    if ours != calculate(built, measures, inputs):
        raise SystemExit("the two engines disagree")
    theirs_ms = median(repeats, lambda: calculate(built, measures, inputs))
    ours_ms = median(
        repeats, lambda: sweep(program, Scenarios(drawn.count, drawn.met, drawn.unmet))
    )
    return theirs_ms, ours_ms


def main() -> None:
    """Print the table, or bare rows for ``run.py``."""
    parser = argparse.ArgumentParser(description="Compare with OpenFisca-core.")
    parser.add_argument("--repeats", type=int, default=7, help="runs of each job (default 7)")
    parser.add_argument("--rows", action="store_true", help="tab-separated label, theirs, ours")
    options = parser.parse_args()
    jobs = {
        "all paths of the real regime": paths_of_real(),
        "1,000 synthetic measures": regime(1000),
    }
    for label, measures in jobs.items():
        theirs, ours = compare(label, measures, options.repeats)
        if options.rows:
            print(f"{label}\t{theirs}\t{ours}")
        else:
            print(
                f"{label:32} OpenFisca {theirs:9.2f} ms, here {ours:9.2f}, {theirs / ours:6.1f} x"
            )


if __name__ == "__main__":
    main()
