"""Screening measured in one run, side by side with other engines on the same inputs.

  python -m benchmarks.screening.run                    Detente alone
  python -m benchmarks.screening.run --peers PYTHON     beside nomenklatura and rapidfuzz

It writes a report in Markdown and, beside it, the calibration as SVG and PNG. PYTHON is the
interpreter of an environment of the peers' own:

  apt-get install -y libicu-dev pkg-config g++
  python -m venv build/peers
  build/peers/bin/pip install -r benchmarks/screening/requirements.txt
  python -m benchmarks.screening.run --peers build/peers/bin/python

The lists and name sets are looked for in ../shared/data, or where DETENTE_REAL_DATA says; without
them, speed and the adversarial set are measured on invented parties, and the rest is left out.
Speed is measured alone, and in time of the processor; the other sections two at a time. All takes
some 10 minutes on two cores, 6 without peers. Only counts and shares are written, never a row of a
list.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the peers' worker knows no other

from screening import calibration, inputs, plot
from screening.asking import Spec, ask, specs
from screening.measures import Bin
from screening.report import SECTIONS, Results, first_table, table

DEFAULT: Final = ("detente", "nomenklatura", "token_sort_ratio")
REPORT: Final = Path("build", "screening.md")


def measure(
    names: Iterable[str], engines: Sequence[Spec], held: Results, jobs: int, save: Path | None
) -> None:
    """Add what is not held yet, keep it at once, and say on standard error what is being done."""
    wanted = [
        (name, spec)
        for name in names
        for spec in engines
        if spec.title not in held.setdefault(name, {})
    ]

    def one(item: tuple[str, Spec]) -> None:
        name, spec = item
        print(f"{name}: {spec.title}", file=sys.stderr)
        held[name][spec.title] = SECTIONS[name].measure(spec)
        if save:
            save.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")

    for item in wanted:
        if item[0] == "speed":
            one(item)
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, (item for item in wanted if item[0] != "speed")))


def conditions(engines: Iterable[Spec], peers: bool) -> str:
    """Return lines that say what was measured, on what, and what is left out."""
    told = [f"{spec.title.split()[0].rstrip(',')} {ask(spec, None, []).report['version']}"
            for spec in engines]  # fmt: skip
    lists = f"{len(inputs.listed())} invented parties; the real lists are not here"
    if inputs.is_here():
        ofac, un = (path.split("/")[1] for path in (inputs.OFAC, inputs.UN))
        lists = f"{len(inputs.listed()):,} entries, OFAC's list of {ofac} and the UN's of {un}"
    where = f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores"
    lines = [f"{', '.join(dict.fromkeys(told))}; {where}; {lists}."]
    if peers:
        few = ", ".join(f"{spec.title} {spec.most:,}" for spec in engines if spec.most < 10_000)
        if few:
            lines.append(f"Slow ones get a sample of the clean names of each set: {few}.")
    else:
        lines.append("nomenklatura and rapidfuzz are not here (`--peers`): Detente alone.")
    return "\n".join(lines)


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.screening.run", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--peers", metavar="PYTHON", default=os.environ.get("DETENTE_PEERS"),
                        help="interpreter of the peers (DETENTE_PEERS)")  # fmt: skip
    parser.add_argument("--write", metavar="FILE.md", type=Path, default=REPORT,
                        help=f"the report ({REPORT})")  # fmt: skip
    parser.add_argument("--only", metavar="SECTIONS", help=", ".join(SECTIONS))
    parser.add_argument("--engines", metavar="NAMES", default=",".join(DEFAULT),
                        help="%(default)s; also WRatio")  # fmt: skip
    parser.add_argument("--exhaustive", metavar="N", type=int, default=120,
                        help="names held against every entry, 2 s each (120)")  # fmt: skip
    parser.add_argument("--jobs", metavar="N", type=int, default=2,
                        help="sections measured at a time, but for speed (2)")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="a few names: does it still run?")
    parser.add_argument("--save", metavar="FILE.json", type=Path, help="keep the figures")
    parser.add_argument("--recorded", metavar="FILE.json", type=Path,
                        help="take what others than Detente did from an earlier run")  # fmt: skip
    chosen = parser.parse_args()
    chosen.only = chosen.only.split(",") if chosen.only else list(SECTIONS)
    if unknown := [name for name in chosen.only if name not in SECTIONS]:
        parser.error(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    known = [spec.name for spec in specs("any", 0, quick=False)]
    if unknown := [name for name in chosen.engines.split(",") if name not in known]:
        parser.error(f"no engine {', '.join(unknown)}; there are {', '.join(known)}")
    return chosen


def main() -> None:
    """Measure what is asked for, print the first table and write the report."""
    chosen = options()
    wanted = chosen.engines.split(",")
    engines = [
        spec for spec in specs(chosen.peers, chosen.exhaustive, chosen.quick) if spec.name in wanted
    ]
    names = [name for name in chosen.only if inputs.is_here() or not SECTIONS[name].real]
    if left := [name for name in chosen.only if name not in names]:
        print(f"left out, {inputs.REAL} is not here: {', '.join(left)}", file=sys.stderr)
    held: Results = {}
    if chosen.recorded:
        for name, own in json.loads(chosen.recorded.read_text(encoding="utf-8")).items():
            held[name] = {title: row for title, row in own.items() if title != "Detente"}
    measure(names, engines, held, chosen.jobs, chosen.save)
    titles = [spec.title for spec in specs("any", 0, quick=False)]
    seen = [title for title in titles if any(title in held[name] for name in names)]
    head = f"{conditions(engines, len(seen) > 1)}\n\n{first_table(held, seen)}"
    tables = [
        table(SECTIONS[name], {title: held[name][title] for title in seen if held[name].get(title)})
        for name in names
        if any(held[name].values())
    ]
    chosen.write.parent.mkdir(parents=True, exist_ok=True)
    parts = [f"# Screening, measured\n\n{head}"]
    if series := scores(held, seen):
        plot.write(series, chosen.write)
        parts.append(f"![Reliability of scores]({chosen.write.with_suffix('.svg').name})")
    chosen.write.write_text("\n\n".join([*parts, *tables]) + "\n", encoding="utf-8")
    print(f"{head}\n\nAll of it: {chosen.write}")


def scores(held: Results, titles: Iterable[str]) -> dict[str, list[Bin]]:
    """Return the reliability of every engine's scores, by who scored and what."""
    return {
        f"{title.split(' >=')[0].split(',')[0]}: {words}": calibration.bins_of(figures)
        for name, words in (("held-back", "held-back folds"), ("calibration", "labelled pairs"))
        for title in titles
        if (figures := held.get(name, {}).get(title))
    }


if __name__ == "__main__":
    main()
