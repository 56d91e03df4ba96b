"""Which column of a table says what.

Columns are known by their usual names, whatever their capitals and punctuation: ``Date of Birth``,
``birthDate`` and ``dob`` are the same. Names of columns that are not usual are mapped by the user
(``{"Kundenname": "name"}``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from detente.errors import UsageError, nearest

_WORDS: Final = """
name: full_name query customer_name client_name entity_name company_name party_name legal_name
  person_name counterparty counterparty_name beneficiary beneficiary_name account_name display_name
  organisation_name organization_name business_name vessel_name ship_name name_full caption
given: first_name given_name given_names forename forenames christian_name
middle: middle_name middle_names second_name patronymic
family: last_name family_name surname
alias: aliases aka also_known_as other_name other_names alternative_name alternative_names alt_name
  alt_names weak_alias previous_name previous_names former_name former_names name_original_script
  native_name maiden_name
birth: dob date_of_birth birth_date birthday birthdate born dates_of_birth
birth_year: year_of_birth yob
country: countries nationality nationalities citizenship citizenships country_code
  country_of_residence country_of_birth birth_country jurisdiction country_of_registration
  country_of_incorporation registration_country flag flag_state domicile
gender: sex
kind: type schema entity_type party_type
place: place_of_birth birth_place city address town location residence_address
id: customer_id client_id record_id row_id reference ref external_id party_id
imo: imo_number imo_no
mmsi: mmsi_number
lei: lei_code legal_entity_identifier
bic: swift swift_bic bic_code swift_code bic_swift
passport: passport_number passport_no passports
tax: tax_id tin tax_number vat_number vat vat_id inn_code
registration: registration_number reg_no reg_number company_number company_registration_number
  registration_no
national-id: national_id id_number national_id_number identity_card id_card ssn
call-sign: call_sign callsign
tail: tail_number aircraft_registration
msn: manufacturer_serial_number
iban:
account: account_number
isin: isin_code
duns: duns_number
wallet: crypto_address crypto_wallet digital_currency_address
email: e_mail email_address
"""
"""What a column says, and the usual names of such columns beside that."""

_IGNORE: Final = ("", "ignore")


class Columns(msgspec.Struct, frozen=True):
    """What the columns of a table say.

    Attributes:
        places: index and meaning of each column that is understood.
        ignored: the names of all others.
    """

    places: tuple[tuple[int, str], ...]
    ignored: tuple[str, ...] = ()

    @property
    def warning(self) -> str | None:
        """One line that names the columns that are ignored; None where none is."""
        if not self.ignored:
            return None
        some = ", ".join(repr(name) for name in self.ignored[:10])
        more = f" and {len(self.ignored) - 10} more" if len(self.ignored) > 10 else ""
        return f"ignored columns: {some}{more}"


def queries(
    header: Sequence[str], mapping: Mapping[str, str] | None = None, strict: bool = False
) -> Columns:
    """Return what the columns of a table say.

    Args:
        header: the names of the columns.
        mapping: usual names for names that are not usual: ``{"Kundenname": "name"}``; an empty
            text stands for a column that is to be ignored.
        strict: refuse columns that are not understood.

    Raises:
        UsageError: there is no column with names; the mapping names a column or a meaning that
            there is not; or, where ``strict``, a column is not understood.
    """
    mapping = mapping or {}
    known = _known()
    for column, meaning in mapping.items():
        if column not in header:
            raise UsageError(f"no column {column!r} to be mapped; {nearest(column, header)}")
        if meaning not in _IGNORE and _plain(meaning) not in known:
            raise UsageError(f"no meaning {meaning!r} of a column; {nearest(meaning, known)}")
    columns = lenient(header, mapping)
    if not any(meaning in ("name", "family") for _, meaning in columns.places):
        raise UsageError(
            f"no column holds names: the table has {_listed(header)}; {_advice(header)}; "
            f"known columns are {', '.join(meanings())}"
        )
    if strict and columns.ignored:
        first = columns.ignored[0]
        raise UsageError(
            f"column {first!r} is not known; {nearest(_plain(first), known)}; "
            f"known columns are {', '.join(meanings())}"
        )
    return columns


def lenient(header: Sequence[str], mapping: Mapping[str, str]) -> Columns:
    """Return what the columns say, and refuse nothing."""
    known = _known()
    places: list[tuple[int, str]] = []
    ignored: list[str] = []
    for index, column in enumerate(header):
        wanted = mapping.get(column, column)
        meaning = known.get(_plain(wanted))
        if meaning is not None:
            places.append((index, meaning))
        elif column.strip() and column not in mapping:
            ignored.append(column)
    # A column that is called as its meaning comes before one with another name of it.
    places.sort(key=lambda place: header[place[0]].strip().lower() != place[1])
    return Columns(tuple(places), tuple(ignored))


def meanings() -> tuple[str, ...]:
    """Return everything that a column can say, in the order of the table."""
    return tuple(dict.fromkeys(_known().values()))


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """The meaning of every usual name."""
    known: dict[str, str] = {}
    for line in _WORDS.strip().replace("\n  ", " ").splitlines():
        meaning, _, names = line.partition(":")
        for name in (meaning, *names.split()):
            known[_plain(name)] = meaning
    return known


_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN: Final = re.compile(r"[^0-9a-z]+")


def _plain(name: str) -> str:
    """A column's name without capitals and punctuation: ``date_of_birth``."""
    return _BETWEEN.sub("_", _CAMEL.sub("_", name.strip()).lower()).strip("_")


def _listed(header: Sequence[str]) -> str:
    some = ", ".join(repr(name[:60]) for name in header[:12])
    return some + (f" and {len(header) - 12} more" if len(header) > 12 else "")


def _advice(header: Sequence[str]) -> str:
    """Which of the columns may have been meant to hold the names."""
    import difflib  # only a mistake needs it

    wanted = [name for name, meaning in _known().items() if meaning in ("name", "family")]
    for column in header:
        close = difflib.get_close_matches(_plain(column), wanted, n=1, cutoff=0.75)
        if close:
            return f"did you mean {close[0]!r} by {column[:60]!r}? rename or map it"
    return "map one to 'name'"
