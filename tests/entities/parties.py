"""Random parties: everything that the model can hold, odd letters and blank parts included."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from detente.entities.identifiers import KINDS, is_valid
from detente.entities.model import (
    Address,
    Birth,
    Identifier,
    Kind,
    Link,
    Listing,
    Name,
    NameKind,
    Party,
)  # fmt: skip
from detente.entities.scripts import script_of
from detente.entities.spans import Span, day_span, month_span, year_span

SOURCES = ("ofac-sdn", "ofac-nonsdn", "un-sc", "eu-fsf", "uk-sanctions")
COUNTRIES = ("Korea, North", "Iran (Islamic Republic of)", "British", "somewhere", "Congolese")
NUMBERS = (
    "9074729", "1234567", "467111000", "A-381 420/754", "EBILAEADXXX", "7H6GLXDRUGQFU57RNE97",
    "a@example.com", "http://example.com/x", "example.org", "+850 2 123",
)  # fmt: skip

odd = st.characters(exclude_categories=["Cs"])
texts = st.one_of(
    st.text(st.characters(codec="ascii", min_codepoint=32), min_size=1, max_size=30),
    st.text(odd, min_size=1, max_size=12),
    st.sampled_from(["\uae40\uc601\ucca0", "\u041a\u0438\u043c", '"', "a;b", "\x00", " x  y "]),
)
countries = st.one_of(st.sampled_from(COUNTRIES), texts)
maybe = st.one_of(st.none(), texts)
days = st.dates(date(1000, 1, 1), date(2200, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A day, a month, a year, some years or any stretch; sometimes about."""
    first, last, circa = draw(days), draw(days), draw(st.booleans())
    kinds = [
        day_span(first, circa),
        month_span(first.year, first.month, circa),
        year_span(first.year, None, circa),
        year_span(first.year, first.year + draw(st.integers(0, 12)), circa),
        Span(min(first, last), max(first, last), circa),
    ]
    return draw(st.sampled_from(kinds))


@st.composite
def names(draw: st.DrawFn, kind: NameKind | None = None) -> Name:
    """A name in the script in which it is written."""
    text = draw(texts)
    kinds: tuple[NameKind, ...] = (kind,) if kind else ("alias", "former", "original-script")
    return Name(
        text=text, kind=draw(st.sampled_from(kinds)), script=script_of(text),
        weak=draw(st.booleans()), family=draw(maybe), given=draw(maybe), language=draw(maybe),
        remark=draw(maybe), in_remarks=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def identifiers(draw: st.DrawFn) -> Identifier:
    """A number of any kind, valid or not."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    value = draw(st.one_of(st.sampled_from(NUMBERS), texts))
    return Identifier(
        kind=kind, value=value, country=draw(st.one_of(st.none(), countries)),
        valid=is_valid(kind, value), issued=draw(st.one_of(st.none(), spans())),
        expires=draw(st.one_of(st.none(), spans())), remark=draw(maybe),
    )  # fmt: skip


addresses = st.builds(
    Address, street=maybe, city=maybe, region=maybe, postcode=maybe,
    country=st.one_of(st.none(), countries), remark=maybe,
)  # fmt: skip
births = st.builds(
    Birth, date=st.one_of(st.none(), spans()), place=maybe,
    country=st.one_of(st.none(), countries), remark=maybe,
)  # fmt: skip
links = st.builds(Link, relation=texts, name=texts, entry=maybe)


def several(one: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """None, one or a few of something."""
    return st.lists(one, max_size=2).map(tuple)


listings = st.builds(
    Listing, programmes=several(texts), authorities=several(texts),
    listed_on=st.one_of(st.none(), spans()), amended_on=several(spans()), reference=maybe,
    reason=maybe, list=maybe,
)  # fmt: skip


def parties(kind: Kind | None = None) -> st.SearchStrategy[Party]:
    """Parties of one kind, or of any."""
    kinds: tuple[Kind, ...] = ("person", "organisation", "vessel", "aircraft")
    primary = st.tuples(names("primary"))
    details = st.sampled_from(["type", "flag", "tonnage", "built", "owner"])
    return st.builds(
        Party, source=st.sampled_from(SOURCES), entry=texts,
        kind=st.just(kind) if kind else st.sampled_from(kinds),
        names=st.tuples(primary, several(names())).map(lambda both: (*both[0], *both[1])),
        births=several(births), nationalities=several(countries),
        gender=st.sampled_from([None, "male", "female"]), titles=several(texts),
        positions=several(texts), identifiers=several(identifiers()),
        addresses=several(addresses), links=several(links), listings=several(listings),
        details=st.dictionaries(details, texts, max_size=2), secondary_sanctions=several(texts),
        remarks=several(texts), unparsed=several(texts), blank_addresses=st.integers(0, 3),
    )  # fmt: skip
