"""The same party asked for otherwise: errors of typing and reading, habits, other spellings."""

import re
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Final

from msgspec.structs import replace
from name_parts import asked, birth, is_patronymic, parts, plain, script
from respelling import RESPELLINGS
from typos import TYPOS, Turn, joined_words, marked, split_word, unmarked

from detente.entities.model import Party
from detente.entities.spans import day_span, year_span
from detente.screening.model import Query

Distortion = Callable[[Party, Random], Query | None]

_TITLES: Final = {
    "Arab": ("Sheikh", "Haji", "Dr.", "Hajji"), "Cyrl": ("Mr.", "General", "Prof."),
    "Hang": ("General", "Mr."), "Hani": ("Mr.", "Dr."), "Latn": ("Mr.", "Dr.", "Gen.", "Sir"),
}  # fmt: skip
_FORMS: Final = (
    ("LTD", "LIMITED"), ("CO", "COMPANY"), ("CORP", "CORPORATION"), ("INC", "INCORPORATED"),
    ("LLC", "LIMITED LIABILITY COMPANY"), ("JSC", "JOINT STOCK COMPANY"),
    ("GMBH", "GESELLSCHAFT MIT BESCHRANKTER HAFTUNG"), ("AG", "AKTIENGESELLSCHAFT"),
    ("OOO", "OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU"), ("OOO", "LLC"), ("OAO", "OJSC"),
    ("ZAO", "CJSC"), ("PAO", "PJSC"), ("AO", "JSC"), ("PLC", "PUBLIC LIMITED COMPANY"),
    ("SARL", "SOCIETE A RESPONSABILITE LIMITEE"), ("PTE", "PRIVATE"), ("PVT", "PRIVATE"),
    ("BV", "BESLOTEN VENNOOTSCHAP"), ("SPA", "SOCIETA PER AZIONI"),
    ("FZE", "FREE ZONE ESTABLISHMENT"),
)  # fmt: skip
_NICKNAMES: Final = {
    "robert": "bob", "william": "bill", "richard": "dick", "michael": "mike", "james": "jim",
    "joseph": "joe", "thomas": "tom", "daniel": "dan", "anthony": "tony", "elizabeth": "liz",
    "katherine": "kate", "margaret": "peggy", "edward": "ted", "charles": "charlie",
    "alexander": "alex", "nicholas": "nick", "samuel": "sam", "benjamin": "ben", "david": "dave",
    "francisco": "paco", "jose": "pepe", "ignacio": "nacho", "jesus": "chuy", "enrique": "quique",
    "eduardo": "lalo", "manuel": "manolo", "antonio": "tono", "guadalupe": "lupe",
    "aleksandr": "sasha", "alexandr": "sasha", "dmitry": "dima", "dmitri": "dima",
    "dmitriy": "dima",
    "vladimir": "vova", "mikhail": "misha", "ivan": "vanya", "yevgeny": "zhenya",
    "evgeny": "zhenya", "nikolai": "kolya", "nikolay": "kolya", "alexei": "alyosha",
    "aleksei": "alyosha", "aleksey": "alyosha", "yuri": "yura", "yuriy": "yura", "boris": "borya",
    "pavel": "pasha", "konstantin": "kostya", "natalia": "natasha", "yekaterina": "katya",
    "ekaterina": "katya", "tatiana": "tanya", "anastasia": "nastya",
}  # fmt: skip
_NUMBERS: Final = (
    ("1", "ONE"), ("2", "TWO", "II"), ("3", "THREE", "III"), ("4", "FOUR", "IV"),
    ("5", "FIVE", "V"), ("6", "SIX", "VI"), ("7", "SEVEN", "VII"), ("8", "EIGHT", "VIII"),
    ("9", "NINE", "IX"), ("10", "TEN", "X"), ("11", "ELEVEN", "XI"), ("12", "TWELVE", "XII"),
    ("1ST", "FIRST"), ("2ND", "SECOND"), ("3RD", "THIRD"),
)  # fmt: skip

_PARTICLES: Final = frozenset(
    ("al", "el", "ul", "bin", "ibn", "ben", "abd", "abdul", "abdel", "abu", "umm", "de", "del",
     "la", "van", "von")
)  # fmt: skip


def _named(turn: Turn, *kinds: str) -> Distortion:
    """Ask for a party under a turned form of its primary name."""

    def distortion(party: Party, luck: Random) -> Query | None:
        if (kinds and party.kind not in kinds) or party.kind == "aircraft":
            return None
        name = turn(plain(party), luck)
        return asked(party, name, luck) if name else None

    return distortion


def _order(party: Party, luck: Random) -> Query | None:
    own = parts(party)
    if party.kind != "person" or not own.given or not own.family:
        return None
    words = [*own.given, *own.family]
    ways = [words, [*own.family, *own.given], [words[-1], *words[:-1]]]
    told = party.name.replace(",", "").split()
    return asked(party, " ".join(luck.choice([way for way in ways if way != told])), luck)


def _dropped_middle(party: Party, luck: Random) -> Query | None:
    own = parts(party)
    middle = [n for n in range(1, len(own.given)) if own.given[n - 1].lower() not in _PARTICLES]
    if party.kind != "person" or not middle or script(party) in ("Hang", "Hani"):
        return None
    at = luck.choice(middle)
    if own.given[at].lower() in _PARTICLES or is_patronymic(own.given[at]):
        return None
    kept = (*own.given[:at], *own.given[at + 1 :], *own.family)
    return asked(party, " ".join(kept), luck, bare=False)


def _initials(party: Party, luck: Random) -> Query | None:
    own = parts(party)
    if party.kind != "person" or script(party) == "Hang" or not own.given:
        return None
    if sum(map(len, own.family)) < 5:
        return None
    if len(own.given) > 1:  # the first name stays, all others become a letter
        given = " ".join((own.given[0], *(f"{word[0]}." for word in own.given[1:])))
    else:
        given = f"{own.given[0][0]}."
    return asked(party, f"{given} {' '.join(own.family)}", luck, bare=False)


def _title(party: Party, luck: Random) -> Query | None:
    if party.kind != "person":
        return None
    return asked(party, f"{luck.choice(_TITLES[_known(party)])} {plain(party)}", luck)


def _known(party: Party) -> str:
    found = script(party)
    return found if found in _TITLES else "Latn"


def _legal_form(name: str, luck: Random) -> str | None:
    words = name.upper().replace(".", "").replace(",", "")
    pairs = [pair for form in _FORMS for pair in (form, form[::-1])]
    fit = [(a, b) for a, b in pairs if re.search(rf"\b{a}$", words)]
    if not fit:
        return None
    old, new = luck.choice(fit)
    return re.sub(rf"\b{old}$", new, words)


def _nickname(party: Party, luck: Random) -> Query | None:
    own = parts(party)
    short = _NICKNAMES.get(own.given[0].lower()) if own.given else None
    if party.kind != "person" or short is None:
        return None
    return asked(party, f"{short.title()} {' '.join((*own.given[1:], *own.family))}", luck, False)


def _respelled(from_: str) -> Distortion:
    def distortion(party: Party, luck: Random) -> Query | None:
        if party.kind != "person" or script(party) != from_:
            return None
        own = parts(party)
        family_first = from_ in ("Hang", "Hani")
        name = " ".join((*own.family, *own.given)) if family_first else own.natural
        turned = RESPELLINGS[from_](name, luck)
        return asked(party, _capitalised(turned), luck) if turned else None

    return distortion


def _capitalised(name: str) -> str:
    return re.sub(r"(?<![\w'])\w", lambda found: found[0].upper(), name)


def _no_patronymic(party: Party, luck: Random) -> Query | None:
    words = plain(party).split()
    kept = [word for word in words if not is_patronymic(word)]
    if party.kind != "person" or len(kept) == len(words) or len(kept) < 2:
        return None
    return asked(party, " ".join(kept), luck)


def _two_errors(party: Party, luck: Random) -> Query | None:
    first, second = luck.sample([TYPOS[key] for key in TYPOS if key != "ocr"], 2)
    name: str | None = plain(party)
    if party.kind == "aircraft" or name is None or len(name) < 14:
        return None
    for turn in (first, second):
        name = turn(name, luck) if name else None
    return asked(party, name, luck, bare=False) if name else None


def _original_script(party: Party, luck: Random) -> Query | None:
    names = [name.text for name in party.names if name.script != "Latn"]
    return asked(party, luck.choice(names), luck) if names else None


def _vessel_prefix(party: Party, luck: Random) -> Query | None:
    if party.kind != "vessel":
        return None
    return asked(party, f"{luck.choice(('M/V', 'MV', 'MT', 'M.V.', 'M/T'))} {party.name}", luck)


def _number_as_word(name: str, luck: Random) -> str | None:
    words = name.upper().split()
    for at, word in enumerate(words):
        for row in _NUMBERS:
            if word in row and at and (len(word) > 1 or word.isdigit() or at == len(words) - 1):
                new = luck.choice([other for other in row if other != word])
                return " ".join((*words[:at], new, *words[at + 1 :]))
    return None


def _year_off(party: Party, luck: Random) -> Query | None:
    span = birth(party)
    if span is None:
        return None
    year = span.first.year + luck.choice((-1, 1))
    one = span.first == span.last and (span.first.month, span.first.day) != (2, 29)
    moved = day_span(span.first.replace(year=year)) if one else year_span(year)
    return replace(asked(party, plain(party), luck, bare=False), births=(moved,))


def _day_and_month(party: Party, luck: Random) -> Query | None:
    span = birth(party)
    if span is None or span.first != span.last or span.first.day > 12:
        return None
    if span.first.day == span.first.month:
        return None
    moved = day_span(date(span.first.year, span.first.day, span.first.month))
    return replace(asked(party, plain(party), luck, bare=False), births=(moved,))


DISTORTIONS: Final[dict[str, Distortion]] = {
    **{key: _named(turn) for key, turn in TYPOS.items()},
    "order": _order,
    "dropped-middle": _dropped_middle,
    "initials": _initials,
    "joined-words": _named(joined_words),
    "split-word": _named(split_word),
    "title": _title,
    "legal-form": _named(_legal_form, "organisation"),
    "nickname": _nickname,
    "diacritics-on": _named(marked),
    "diacritics-off": _named(unmarked),
    "respelled-arabic": _respelled("Arab"),
    "respelled-russian": _respelled("Cyrl"),
    "respelled-korean": _respelled("Hang"),
    "respelled-chinese": _respelled("Hani"),
    "no-patronymic": _no_patronymic,
    "two-errors": _two_errors,
    "original-script": _original_script,
    "vessel-prefix": _vessel_prefix,
    "number-as-word": _named(_number_as_word, "vessel", "organisation"),
    "year-off-by-one": _year_off,
    "day-and-month": _day_and_month,
}
"""How the same party is asked for otherwise, by kind of error."""
