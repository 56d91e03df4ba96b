"""The kinds of identifiers, and whether a number of a kind can be one at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

KINDS: Final[dict[str, str]] = {
    "imo": "ship's number of the International Maritime Organization",
    "imo-company": "company's number of the International Maritime Organization",
    "mmsi": "maritime mobile service identity",
    "call-sign": "radio call sign",
    "tail": "registration mark of an aircraft",
    "msn": "manufacturer's serial number of an aircraft",
    "mode-s": "transponder code of an aircraft",
    "icao": "designator of an airline or airport",
    "passport": "passport",
    "national-id": "identity card or national identification number",
    "driving-licence": "driving licence",
    "birth-certificate": "certificate of birth",
    "tax": "tax identification number",
    "registration": "entry in a register of companies",
    "licence": "business or other licence",
    "lei": "legal entity identifier",
    "bic": "business identifier code of a bank (SWIFT)",
    "iban": "bank account",
    "account": "bank account in another form",
    "duns": "D-U-N-S number",
    "isin": "security",
    "wallet": "address of digital currency",
    "email": "mail address",
    "website": "web address",
    "phone": "telephone",
    "fax": "fax",
    "telex": "telex",
    "other": "number of a kind that the source names in words",
}
"""Every kind, with what it is."""


@lru_cache(maxsize=65536)
def is_valid(kind: str, value: str) -> bool | None:
    """Return whether a number satisfies its kind's check digit or form; None without one."""
    check = _CHECKS.get(kind)
    return None if check is None else check(value)


def _imo_company(value: str) -> bool:
    """Seven digits, the last one from 8a + 6b + 4c + 2d + 9e + 7f modulo 11 and 10."""
    if not re.fullmatch(r"\d{7}", value):
        return False
    total = sum(int(d) * w for d, w in zip(value, (8, 6, 4, 2, 9, 7), strict=False))
    return (11 - total % 11) % 10 == int(value[6])


def _stdnum(module: str) -> Callable[[str], bool]:
    def check(value: str) -> bool:
        from importlib import import_module  # only numbers of that kind need it

        return bool(import_module(f"stdnum.{module}").is_valid(value))

    return check


_CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "imo": _stdnum("imo"),
    "imo-company": _imo_company,
    "mmsi": lambda value: re.fullmatch(r"\d{9}", value) is not None,
    "bic": _stdnum("bic"),
    "iban": _stdnum("iban"),
    "lei": _stdnum("lei"),
    "isin": _stdnum("isin"),
}
