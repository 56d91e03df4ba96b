"""What is screened and against what: real lists and name sets by others, or parties made up.

The real data lies beside the checkout (``DETENTE_REAL_DATA`` names another place) and is never
committed; nothing but counts leaves this module's callers.
"""

from __future__ import annotations

import csv
import os
import random
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import msgspec

from detente.entities.countries import code_of
from detente.entities.ftm import to_ftm
from detente.entities.keys import name_key
from detente.entities.model import Kind, Name, Party
from detente.entities.scripts import script_of
from detente.entities.spans import parse_span
from detente.lists.files import gather
from detente.lists.formats import recognise
from detente.screening.model import Query

if TYPE_CHECKING:
    from adversarial import Case

REAL: Final = Path(
    os.environ.get("DETENTE_REAL_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")
)
OFAC, UN, UN_2024 = "ofac/2021-07-07/sdn.csv", "un/2026-02-27/{}", "un/2024-09-26/{}"
UN_2018 = "un/2018-06-07/{}"
_T = TypeVar("_T")
_KINDS: Final[dict[str, Kind | None]] = {
    "Person": "person", "Company": "organisation", "Organization": "organisation",
    "LegalEntity": None, "Vessel": "vessel",
}  # fmt: skip


class Sought(NamedTuple):
    """A query and the entries that it should find; none for somebody who is not listed."""

    query: Query
    wanted: frozenset[str]
    group: str = ""


class Pair(NamedTuple):
    """Two parties that somebody labelled as the same or not."""

    query: dict[str, Any]
    candidate: dict[str, Any]
    match: bool
    group: str


def is_here() -> bool:
    """Return whether the real data lies beside the checkout."""
    return (REAL / "names").is_dir() and (REAL / "lists").is_dir()


@cache
def edition(path: str) -> tuple[Party, ...]:
    """Return the parties of an edition of a list."""
    files = gather(REAL / "lists" / path.format("consolidated.xml"))
    form = recognise(files)
    cut = form.cut(files)
    return tuple(form.read(cut, record) for record in cut.records)


@cache
def listed() -> tuple[Party, ...]:
    """Return OFAC's list of 2021-07-07 and the newest UN list; invented parties without them."""
    return (*edition(OFAC), *edition(UN)) if is_here() else made_up()


@cache
def gone() -> tuple[Party, ...]:
    """Return the entries of the UN list of 2024 that are no longer on the newest one."""
    stand = {party.id for party in edition(UN)}
    return tuple(party for party in edition(UN_2024) if party.id not in stand)


def with_gone() -> tuple[Party, ...]:
    """Return the listed parties, and those that some names with errors are of and that are gone."""
    return (*listed(), *gone())


def un_alone() -> tuple[Party, ...]:
    """Return the newest UN list and what is gone since, without OFAC's entries of the same."""
    return (*edition(UN), *gone())


def in_latin() -> tuple[Party, ...]:
    """Return the listed parties with their names in Latin script alone."""
    return without_scripts(listed())


def un_2018() -> tuple[Party, ...]:
    """Return the UN list of 2018."""
    return edition(UN_2018)


def without_scripts(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Return the parties as they would stand on a list without any name outside Latin script."""
    return tuple(
        msgspec.structs.replace(party, names=tuple(filter(_is_latin, party.names)) or party.names)
        for party in parties
    )


def _is_latin(name: Name) -> bool:
    return name.kind != "original-script" and name.script == "Latn"


def write_parties(parties: Iterable[Party], folder: Path) -> Path:
    """Write parties for every engine: as they are, and as entities of FollowTheMoney."""
    held = list(parties)
    (folder / "parties.json").write_bytes(msgspec.json.encode(held))
    lines = []
    for party in held:
        data = to_ftm(party)[0]
        data.pop("detente", None)
        data["id"] = party.id
        lines.append(msgspec.json.encode(data))
    (folder / "ftm.jsonl").write_bytes(b"\n".join(lines))
    return folder


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of names."""
    with (REAL / "names" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def person(row: dict[str, str], bare: bool = False) -> Query:
    """Return the query of a row about a person; only the name where ``bare``."""
    if bare:
        return Query(name=row["full_name"], kind="person")
    span = parse_span(row["date_of_birth"]) if row["date_of_birth"] else None
    land = row["nationality"]
    code = land.lower() if len(land) == 2 else code_of(land) if land else None
    return Query(
        name=row["full_name"], kind="person", births=(span,) if span else (),
        countries=(code,) if code else (), gender=row["gender"] or None,
    )  # fmt: skip


def un_with_errors(bare: bool = False) -> list[Sought]:
    """Return people of the UN list with errors in their names, and the entries that they are.

    The group is the error: another order, other letters, another birth, none.
    """
    by_name: dict[str, set[str]] = {}
    for party in edition(UN_2024):
        for name in party.names:
            by_name.setdefault(name_key(name.text), set()).add(party.id)
    treated, plain = rows("positives_un_treated.csv"), rows("positives_un_untreated.csv")
    found = []
    for row, true in zip(treated, plain, strict=True):
        ids = by_name.get(name_key(true["full_name"]))
        if ids:
            found.append(Sought(person(row, bare), frozenset(ids), _error(row, true)))
    return found


def _error(row: dict[str, str], true: dict[str, str]) -> str:
    name, right = row["full_name"], true["full_name"]
    if name == right:
        return "none" if row["date_of_birth"] == true["date_of_birth"] else "birth alone"
    return "order" if name_key(name) == name_key(right) else "letters"


def clean(which: str, bare: bool = False) -> list[Sought]:
    """Return people who are not listed; the group is the script."""
    return [
        Sought(person(row, bare), frozenset(), script_of(row["full_name"]))
        for row in rows(f"negatives_{which}.csv")
    ]


def labelled_pairs() -> list[Pair]:
    """Return the labelled pairs of names; the group is the kind."""
    found = []
    for row in rows("name_pairs.csv"):
        kind = _KINDS[row["schema"]]
        one, other = ({"name": row[key], "kind": kind} for key in ("name1", "name2"))
        match = row["is_match"] == "true"
        found.append(Pair(one, other, match=match, group=kind or "unknown"))
    return found


def entity_checks() -> list[Pair]:
    """Return the labelled checks of whole parties; the group is the kind."""
    import yaml

    text = (REAL / "names" / "entity_checks.yml").read_text(encoding="utf-8")
    found = []
    for row in yaml.safe_load(text)["checks"]:
        kind = _KINDS[row["schema"]]
        one, other = (_side(row[key], kind, row["schema"]) for key in ("query", "candidate"))
        found.append(Pair(one, other, match=row["match"], group=kind or "unknown"))
    return found


def _side(told: dict[str, Any], kind: Kind | None, schema: str) -> dict[str, Any]:
    """A query as JSON has it from the properties of a check, and these as they are."""
    held = {
        key: [str(each) for each in (value if isinstance(value, list) else [value])]
        for key, value in told.items()
    }
    parts = ("firstName", "middleName", "fatherName")
    given = " ".join(value for key in parts for value in held.get(key, ()))
    family = " ".join(held.get("lastName", ()))
    names = held.get("name") or [f"{given} {family}".strip()]
    side: dict[str, Any] = {
        "name": names[0], "aliases": names[1:], "kind": kind,
        "as told": {"schema": schema, "properties": {**held, "name": names}},
    }  # fmt: skip
    return side | ({"given": given} if given else {}) | ({"family": family} if family else {})


def original_scripts() -> list[Sought]:
    """Return the names that the UN list writes in another script, and whose they are."""
    return [
        Sought(Query(name=name.text, kind=party.kind), frozenset({party.id}), name.script)
        for party in edition(UN)
        for name in party.names
        if name.script != "Latn"
    ]


def uk_links(alone: bool) -> list[Sought]:
    """Return names of British entries, and the UN entry to which the British list itself ties them.

    Args:
        alone: every name alone, instead of the first one of each entry.
    """
    ids = {row.reference: party.id for party in edition(UN_2018) for row in party.listings}
    found = []
    for row in rows("uk_un_links_2018.csv"):
        kind: Kind = "person" if row["type"] == "Individual" else "organisation"
        names = [name.strip() for name in row["uk_names"].split("|") if name.strip()]
        wanted = ids.get(row["un_ref"])
        if wanted:
            found += [
                Sought(Query(name=name, kind=kind), frozenset({wanted}), kind)
                for name in (names if alone else names[:1])
            ]
    return found


def named(name: str, wanted: Iterable[str], kind: Kind = "person") -> Sought:
    """Return a query by a name alone."""
    return Sought(Query(name=name, kind=kind), frozenset(wanted))


def made_person(entry: str, name: str) -> Party:
    """Return a person of whom nothing but a name is known."""
    return Party(source="made", entry=entry, kind="person", names=(Name(text=name),))


def made_up() -> tuple[Party, ...]:
    """Return the invented parties of the tests."""
    tests = str(Path(__file__).resolve().parents[2] / "tests" / "screening")
    if tests not in sys.path:
        sys.path.append(tests)
    from invented import PARTIES

    return PARTIES


@cache
def adversarial_cases() -> list[Case]:
    """Return distortions and look-alikes of the listed parties, some of each kind."""
    made_up()  # puts the tests where they can be imported
    from adversarial import cases

    if is_here():
        return list(cases(sample(list(listed()), 3000), seed=1, most=60))
    return list(cases(listed(), seed=1))


def sample(items: list[_T], count: int, seed: int = 1) -> list[_T]:
    """Return some of the items, the same at each run."""
    return items if len(items) <= count else random.Random(seed).sample(items, count)
