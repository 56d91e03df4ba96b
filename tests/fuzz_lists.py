"""Fuzzing of what reads official lists: formats, OFAC's remarks and dates.

    python tests/fuzz_lists.py --minutes 10

Every input must end in parties or in a ``ListError`` of one line; parties must come out of
MessagePack as they went in, and the pieces of an edition must make up its files. Anything else is
a crash: its input is written to the folder of ``--crashes``, named by the error.

The loop keeps inputs that reach lines in an order that none reached before. It needs nothing but
the standard library (``sys.settrace``); with ``--engine atheris`` the same inputs are driven by
libFuzzer, where the package ``atheris`` is installed. ``--seeds`` adds files of one's own, for
example shortened editions; the invented editions of the tests are always among the seeds.

The first byte of an input says what it is fed to; files of an edition are divided by 0x1D.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "lists"), str(HERE.parent / "src")]

Target = Callable[[bytes], None]
DIVIDER: Final = b"\x1d"
NAMES: Final = ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv")
LONGEST: Final = 200_000
WORDS: Final = tuple(
    word.encode()
    for word in (
        "", " ", "²", "١٩٦٢", "9" * 25, "-0- ", "1961", "00/00/1961", "dd/mm/1961", "1961 to 1963",
        "between 1961 and 1962", "circa 31 Feb 1961", "1999-02-30T00:00:00+99:00", "0001-01-01",
        "0001-01-01T00:00:00+10:00", "IMO 9074729", "MMSI 123456789 x", "pa\u017f\u017fport X",
        "c\u0131tizen Y",
        "Passport A (B (C) D) issued 1 expires", "DOB 17 Jul 1961; POB ; a.k.a. ''; ;", "(a) b (b)",
        "1) x 2) y", "(1) (2)", "PHONE[1]", "EMAIL[a[b]]", "(Email address):a (UN Ref):KPi.1",
        "T1 (passport-x) (valid to 2014-02-21)", "true", "-", "UNKNOWN", "\u2028", "\ufeff", "\r",
        "\r\n", '"', '""', ";", ",", "\0", "\x1a", "&lt;", "&#x10FFFF;", "&#0;", "&x;", "<!--",
        "-->", "<![CDATA[", "]]>", "<?x ", "?>", "<!DOCTYPE a [", "<q:a/>", "<a>", "</a>", "<a/>",
        'xmlns="u"', 'xmlns:q="u"', "😀", "한", "\u0627",
    )
)  # fmt: skip
PLACES: Final = re.compile(
    rb'(?<=>)[^<>]+(?=<)|(?<=")[^"<>]*(?=")|(?<=[,;])[^,;"\r\n]*(?=[,;])|(?<=; )[^;]*(?=;)'
)
LEAVES: Final = re.compile(rb"<([A-Za-z]\w*)[^<>]*>[^<]*</\1>|<\w+[^<>]*/>|[^\r\n]+\r?\n")


def targets() -> dict[str, Target]:
    """Return what inputs are fed to, by name."""
    from detente.lists.formats import FORMATS
    from detente.lists.records import Format

    def reading(form: Format) -> Target:
        def read(data: bytes) -> None:
            names = NAMES if form.id == "ofac-csv" else ("list.xml",)
            read_all(form, dict(zip(names, data.split(DIVIDER), strict=False)))

        return read

    return {form.id: reading(form) for form in FORMATS.values()} | {
        "remarks": read_remarks,
        "span": read_span,
    }


def read_all(form: Any, files: dict[str, bytes]) -> None:
    """Recognise, cut and read; raise where a promise of the formats is broken."""
    import msgspec

    from detente.entities.model import Party
    from detente.lists.errors import ListError
    from detente.lists.formats import recognise

    try:
        recognise(files)
    except ListError as error:
        one_line(error)
    try:
        cut = form.cut(files)
        for name, data in files.items():
            joined = b"".join(cut.bytes_of(piece) for piece in cut.pieces if piece.file == name)
            assert joined == data, "pieces do not make up the file"
        assert len({record.entry for record in cut.records}) == len(cut.records), "doubled entry"
        for record in cut.records:
            party = form.read(cut, record)
            again = msgspec.msgpack.decode(msgspec.msgpack.encode(party), type=Party)
            assert again == party, "a party is not what it was"
    except ListError as error:
        one_line(error)


def read_remarks(data: bytes) -> None:
    """Read OFAC's remarks."""
    from detente.lists.ofac.remarks import parse_remarks

    text = data.decode(errors="replace")
    for kind in ("person", "organisation", "vessel"):
        parse_remarks(text, kind, "Colonel; Minister")


def read_span(data: bytes) -> None:
    """Read a date."""
    from detente.entities.spans import parse_span

    text = data.decode(errors="replace")
    for span in (parse_span(text), parse_span(text, month_first=True)):
        assert span is None or (str(span) and span.first <= span.last)


def one_line(error: Exception) -> None:
    """Raise where a message has several lines or no advice."""
    text = str(error)
    assert text.isprintable(), f"a message has other letters: {text!r}"
    assert "; " in text, f"a message without advice: {text}"
    assert len(text) < 600, "a message is too long"


def seeds(known: Sequence[str], folder: Path | None) -> Iterator[bytes]:
    """Yield inputs to begin with, each with the byte of its target in front."""
    import editions

    from detente.lists.errors import ListError
    from detente.lists.formats import recognise

    for name, files in editions.EDITIONS.items():
        yield bytes([known.index(name.partition(" ")[0])]) + DIVIDER.join(files.values())
    remarks = editions.OFAC["sdn.csv"].split(b'"')
    for word in (*WORDS, *remarks):
        yield bytes([known.index("remarks")]) + word
        yield bytes([known.index("span")]) + word
    for path in sorted(folder.iterdir()) if folder else ():
        data = path.read_bytes()
        try:
            form = recognise({path.name: data.split(DIVIDER)[0]})
        except ListError:
            continue
        yield bytes([known.index(form.id)]) + data


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return an input changed in one to four places; its target stays."""
    body = data[1:]
    for _ in range(chance.choice((1, 1, 2, 4))):
        body = chance.choice(_CHANGES)(body, other[1:], chance)
    return data[:1] + body[:LONGEST]


def _flip(body: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + bytes([chance.randrange(256)]) + body[at + chance.randrange(2) :]


def _drop(body: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + body[at + chance.choice((1, 2, 8, 64, 512)) :]


def _insert(body: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.choice(WORDS) + body[at:]


def _replace(body: bytes, other: bytes, chance: random.Random) -> bytes:
    """Put a word where a text, an attribute or a field was."""
    found = list(PLACES.finditer(body))
    if not found:
        return _insert(body, other, chance)
    place, word = chance.choice(found), chance.choice(WORDS)
    if not chance.randrange(3):
        donors = PLACES.findall(other)
        word = chance.choice(donors) if donors else word
    if not chance.randrange(4):
        word = place[0] + word
    return body[: place.start()] + word + body[place.end() :]


def _move(body: bytes, other: bytes, chance: random.Random) -> bytes:
    """Take an element or a line away, double it, or put one of another input there."""
    found = list(LEAVES.finditer(body))
    if not found:
        return _drop(body, other, chance)
    place, where = chance.choice(found), chance.choice(found)
    donors = [each[0] for each in LEAVES.finditer(other)] or [place[0]]
    put = chance.choice((b"", place[0], chance.choice(donors)))
    if chance.randrange(2):
        return body[: place.start()] + put + body[place.end() :]
    return body[: where.start()] + (put or place[0]) + body[where.start() :]


_CHANGES: Final = (_flip, _drop, _insert, _replace, _replace, _replace, _move, _move)


Step = tuple[CodeType, int, int]


class Lines:
    """Which lines of the modules under test follow which, and about how often."""

    def __init__(self) -> None:
        self.seen: set[tuple[Step, int]] = set()
        self.now: Counter[Step] = Counter()

    def call(self, frame: FrameType, event: str, argument: object) -> Any:
        """Begin to follow a function of these modules, for ``sys.settrace``."""
        code, last = frame.f_code, 0
        if "/detente/lists/" not in code.co_filename and "/detente/ent" not in code.co_filename:
            return None

        def line(frame: FrameType, event: str, argument: object) -> Any:
            nonlocal last
            self.now[code, last, frame.f_lineno] += 1
            last = frame.f_lineno
            return line

        return line

    def is_new(self) -> bool:
        """Return whether the last input did what none did before, and remember that."""
        done = {(step, min(count.bit_length(), 6)) for step, count in self.now.items()}
        self.now.clear()
        fresh = not done <= self.seen
        self.seen |= done
        return fresh


class Fuzzer:
    """Feeds inputs to their targets, counts them and keeps what crashes."""

    def __init__(self, crashes: Path) -> None:
        self.targets = targets()
        self.names = tuple(self.targets)
        self.crashes = crashes
        self.runs = 0
        self.found: set[str] = set()

    def run(self, data: bytes) -> None:
        """Feed one input."""
        self.runs += 1
        if not data:
            return
        name = self.names[data[0] % len(self.names)]
        try:
            self.targets[name](data[1:])
        except Exception as error:  # noqa: BLE001
            self._keep(name, data, error)

    def _keep(self, name: str, data: bytes, error: Exception) -> None:
        place = traceback.extract_tb(error.__traceback__)[-1]
        key = f"{name}-{type(error).__name__}-{Path(place.filename).stem}-{place.lineno}"
        if key in self.found:
            return
        self.found.add(key)
        self.crashes.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(data).hexdigest()[:8]
        (self.crashes / f"{key}-{digest}").write_bytes(data)
        (self.crashes / f"{key}-{digest}.txt").write_text(
            "".join(traceback.format_exception(error)), "utf-8"
        )


def own(fuzzer: Fuzzer, corpus: list[bytes], until: float, chance: random.Random) -> str:
    """Drive the inputs with the standard library alone."""
    lines = Lines()
    held: dict[int, list[bytes]] = {}
    queue = list(corpus)
    while time.monotonic() < until:
        if queue:
            data = queue.pop()
        else:  # every target has its turn, and what was found last is tried more often
            among = held[chance.choice(list(held))]
            data = mutated(chance.choice(among[-chance.randint(1, len(among)) :]),
                           chance.choice(among), chance)  # fmt: skip
        sys.settrace(lines.call)
        try:
            fuzzer.run(data)
        finally:
            sys.settrace(None)
        if lines.is_new() or data[0] not in held:
            held.setdefault(data[0], []).append(data)
    kept = sum(map(len, held.values()))
    return f"{kept} inputs kept, {len(lines.seen)} steps between lines reached"


def atheris(fuzzer: Fuzzer, corpus: list[bytes], until: float, chance: random.Random) -> str:
    """Drive the inputs with libFuzzer, which ends the process itself."""
    engine: Any = import_module("atheris")
    folder = fuzzer.crashes / "corpus"
    folder.mkdir(parents=True, exist_ok=True)
    for data in corpus:
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)

    def change(data: bytes, size: int, seed: int) -> bytes:
        changed = mutated(data or b"\0", chance.choice(corpus), chance)
        return changed[:size] if seed % 4 else bytes(engine.Mutate(changed[:size], size))

    options = [f"-max_total_time={int(until - time.monotonic())}", f"-max_len={LONGEST}"]
    options += ["-timeout=60", "-rss_limit_mb=4096", "-print_final_stats=1"]
    engine.Setup([sys.argv[0], *options, str(folder)], fuzzer.run, custom_mutator=change)
    engine.Fuzz()
    return "libFuzzer has ended"


def main() -> None:
    """Fuzz for as long as is asked and say what was found."""
    said = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    said.add_argument("--minutes", type=float, default=10.0)
    said.add_argument("--seeds", type=Path, help="a folder of files to begin with as well")
    said.add_argument("--crashes", type=Path, default=Path("fuzz-crashes"))
    said.add_argument("--engine", choices=("own", "atheris"), default="own")
    said.add_argument("--random", type=int, default=0, help="another number, other inputs")
    asked = said.parse_args()
    if asked.engine == "atheris":
        with import_module("atheris").instrument_imports(include=["detente"]):
            fuzzer = Fuzzer(asked.crashes)
    else:
        fuzzer = Fuzzer(asked.crashes)
    begun = time.monotonic()
    corpus = list(seeds(fuzzer.names, asked.seeds))
    drive = atheris if asked.engine == "atheris" else own
    told = drive(fuzzer, corpus, begun + 60 * asked.minutes, random.Random(asked.random))
    spent = time.monotonic() - begun
    sys.stdout.write(f"{fuzzer.runs} runs in {spent:.0f} s; {told}\n")
    sys.stdout.write(f"{len(fuzzer.found)} crashes in {asked.crashes}\n")
    sys.exit(bool(fuzzer.found))


if __name__ == "__main__":
    main()
