"""Speed of lists: reading, taking in, asking, a hundred daily editions, memory and disk.

The real lists beside the checkout are used where they are (``DETENTE_REAL_DATA`` names another
place); elsewhere made-up editions of the same shape and size stand in, and the rows say so.
"""

from __future__ import annotations

import csv
import io
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final, NamedTuple

from lxml import etree

from detente import load, watch
from detente.lists.ofac.legacy import OFAC_CSV
from detente.lists.records import Files, Format
from detente.lists.un.consolidated import UN_XML
from detente.store.read import party_at
from detente.store.schema import opened
from detente.store.take import take_files

REAL: Final = Path(
    os.environ.get("DETENTE_REAL_DATA", Path(__file__).parents[2] / "shared" / "data")
)
DAYS: Final = 100


class Figure(NamedTuple):
    """One figure: what was timed, milliseconds, how many times a peer's, and the aim."""

    job: str
    spent: float
    peer: str
    aim: str


def figures(repeats: int) -> Iterator[Figure]:
    """Yield every figure on lists."""
    few = max(1, repeats // 3)
    sdn, un, what = _editions()
    entries = len(OFAC_CSV.cut(sdn).records)
    for name, form, files, bare, peer, aim in (
        (f"read OFAC's SDN list {what}, {entries:,} entries", OFAC_CSV, sdn, _bare_csv,
         "`csv` alone", "1200"),
        (f"read the UN list {what}", UN_XML, un, _bare_xml, "`lxml.iterparse` alone", "400"),
    ):  # fmt: skip
        spent = _timed(few, lambda form=form, files=files: _read(form, files))
        plain = _timed(few, lambda bare=bare, files=files: bare(files))
        yield Figure(name, spent, f"{spent / plain:.1f} x {peer}", aim)
    with tempfile.TemporaryDirectory() as folder:
        yield from _store(Path(folder), sdn, what, few, DAYS if repeats > 1 else 5)


def _store(folder: Path, sdn: Files, what: str, repeats: int, days: int) -> Iterator[Figure]:
    plain = _timed(repeats, lambda: _bare_csv(sdn))
    size = sum(map(len, sdn.values()))
    times = []
    for number in range(repeats):
        with opened(folder / f"{number}.store", write=True) as connection:
            times.append(_timed(1, lambda c=connection: take_files(c, sdn, date="2023-12-28")))
    spent = median(times)
    one = (folder / "0.store").stat().st_size
    peer = f"{spent / plain:.1f} x `csv` alone; {one / size:.2f} x its bytes on disk"
    yield Figure(f"take the SDN list {what} into an empty store", spent, peer, "4000")
    with opened(folder / "0.store") as connection:
        entry = OFAC_CSV.cut(sdn).records[5000].entry
        spent = _timed(50, lambda: party_at(connection, "ofac-sdn", entry, "2024-01-01"))
        yield Figure("one party as of a day", spent, "", "2")
    with opened(folder / "0.store", write=True) as connection:
        begun = perf_counter()
        for number, edition in enumerate(_daily(sdn, days)):
            take_files(connection, edition, date=f"2024-{1 + number // 28:02}-{1 + number % 28:02}")
        spent = (perf_counter() - begun) * 1000
        newest = sum(map(len, edition.values()))
    disk = (folder / "0.store").stat().st_size / newest
    yield Figure(f"{days} daily editions more, some 30 entries changed in each", spent,
                 f"{disk:.2f} x the newest one's bytes on disk (aim: 3)", "60000")  # fmt: skip
    regime, held = load("dprk"), folder / "0.store"
    spent = _timed(repeats, lambda: watch([regime], store=held))
    yield Figure(f"watch of one regime over those {days + 1} editions", spent, "", "")
    yield Figure("peak memory of taking the list in, MB", _peak(), "", "300")


def _timed(repeats: int, job: object) -> float:
    """Milliseconds, the median of some runs."""
    assert callable(job)
    times = []
    for _ in range(repeats):
        begun = perf_counter()
        job()
        times.append((perf_counter() - begun) * 1000)
    return median(times)


def _read(form: Format, files: Files) -> int:
    cut = form.cut(files)
    return sum(len(form.read(cut, record).names) for record in cut.records)


def _bare_csv(files: Files) -> int:
    """Count the rows with csv alone."""
    return sum(
        sum(1 for _ in csv.reader(io.StringIO(data.decode(), newline="")))
        for data in files.values()
    )


def _bare_xml(files: Files) -> int:
    """Count the entries with lxml alone."""
    count = 0
    for data in files.values():
        for _, node in etree.iterparse(io.BytesIO(data), tag=("INDIVIDUAL", "ENTITY")):
            count += 1
            node.clear()
    return count


def _peak() -> float:
    """Megabytes at the peak of a process that takes the edition into an empty store."""
    code = (
        "import resource, sys, tempfile, pathlib; sys.path.insert(0, sys.argv[1]);"
        "import lists; from detente.store.schema import opened;"
        "from detente.store.take import take_files;"
        "files = lists._editions()[0]; folder = tempfile.TemporaryDirectory();"
        "store = opened(pathlib.Path(folder.name) / 'a.store', write=True);"
        "take_files(store.__enter__(), files, date='2023-12-28');"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    here = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", code, here], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _editions() -> tuple[dict[str, bytes], dict[str, bytes], str]:
    """An SDN edition and a UN edition, and how to call them."""
    folder = REAL / "lists" / "ofac" / "2023-12-28"
    if folder.is_dir():
        names = ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv")
        un = REAL / "lists" / "un" / "2025-04-19" / "consolidated.xml"
        sdn = {name: (folder / name).read_bytes() for name in names}
        return sdn, {un.name: un.read_bytes()}, "of a real day"
    return _made_sdn(13_821), _made_un(877), "made up to the same size"


def _daily(sdn: Files, days: int) -> Iterator[dict[str, bytes]]:
    """Yield editions of following days: some entries come, some go, some change."""
    luck = random.Random(7)
    rows = sdn["sdn.csv"].splitlines(keepends=True)
    end = rows.pop() if rows[-1].strip() == b"\x1a" else b""
    top = 90_000
    for _ in range(days):
        for _ in range(luck.randrange(3)):
            del rows[luck.randrange(len(rows))]
        for place in luck.sample(range(len(rows)), luck.randrange(25)):
            body = rows[place].rstrip()
            if body.endswith(b'."'):
                told = b'; Tax ID No. %d."\r\n' % luck.randrange(10**9)
                rows[place] = body.removesuffix(b'."') + told
        for _ in range(luck.randrange(35)):
            top += 1
            rest = luck.choice(rows).partition(b",")[2]
            rows.append(b"%d,%s" % (top, rest))
        yield {**sdn, "sdn.csv": b"".join(rows) + end}


def _made_sdn(count: int) -> dict[str, bytes]:
    luck = random.Random(3)
    words = ["".join(luck.choices("abcdefghiklmnoprstu", k=7)).upper() for _ in range(4000)]

    def name() -> str:
        return " ".join(luck.choices(words, k=3))

    remark = "DOB 12 Feb 1962; POB {}, {}; nationality {}; Passport {} (Ruritania); Linked To: {}."
    sdn, alt, add = [], [], []
    for n in range(1, count + 1):
        told = remark.format(name(), name(), words[n % 4000], luck.randrange(10**9), name())
        sdn.append(f'{n},"{name()}","individual","TAG{n % 40}"' + ",-0- " * 7 + f',"{told}"\r\n')
        alt += [f'{n},{n * 3 + k},"aka","{name()}",-0- \r\n' for k in range(luck.randrange(3))]
        add.append(f'{n},{n * 2},"{name()}","{name()}","Ruritania",-0- \r\n')
    parts = {"sdn.csv": sdn, "alt.csv": alt, "add.csv": add}
    return {key: ("".join(rows) + "\x1a").encode() for key, rows in parts.items()}


def _made_un(count: int) -> dict[str, bytes]:
    luck = random.Random(4)
    words = ["".join(luck.choices("abcdefghiklmnoprstu", k=7)) for _ in range(900)]
    entries = []
    for n in range(count):
        names = "".join(
            f"<{tag}>{luck.choice(words)}</{tag}>" for tag in ("FIRST_NAME", "SECOND_NAME")
        )
        aliases = "".join(
            f"<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>{luck.choice(words)}</ALIAS_NAME>"
            "</INDIVIDUAL_ALIAS>"
            for _ in range(8)
        )
        entries.append(
            f"<INDIVIDUAL><DATAID>{n}</DATAID>{names}<UN_LIST_TYPE>DPRK</UN_LIST_TYPE>"
            f"<REFERENCE_NUMBER>KPi.{n}</REFERENCE_NUMBER><LISTED_ON>2016-03-02</LISTED_ON>"
            f"<COMMENTS1>{' '.join(luck.choices(words, k=120))}</COMMENTS1>{aliases}</INDIVIDUAL>\n"
        )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2025-04-19">'
        f"<INDIVIDUALS>{''.join(entries)}</INDIVIDUALS></CONSOLIDATED_LIST>"
    )
    return {"consolidated.xml": text.encode()}
