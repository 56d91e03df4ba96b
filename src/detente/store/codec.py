"""A party as bytes: MessagePack, compressed against the words that every party has."""

from __future__ import annotations

import zlib
from hashlib import blake2b
from typing import Final

import msgspec

from detente.entities.model import Party

_ENCODER: Final = msgspec.msgpack.Encoder(order="deterministic")
_DECODER: Final = msgspec.msgpack.Decoder(Party)


def encoded(party: Party) -> bytes:
    """Return a party as MessagePack: equal parties make equal bytes."""
    return _ENCODER.encode(party)


def content_digest(data: bytes) -> bytes:
    """Return the digest of an encoded party."""
    return blake2b(data, digest_size=16).digest()


_COMMON: Final = (
    b"\xa8unparsed\xb3secondary_sanctions\xa7details\xa4type\xa4flag\xa5links\xa8relation"
    b"\xa9linked to\xa4name\xa6gender\xa4male\xadnationalities\xa6births\xa4date\xa5first"
    b"\xaa1960-01-01\xa4last\xaa1960-12-31\xa5place\xa9positions\xa7remarks\xabidentifiers"
    b"\xa8passport\xa6remark\xa5valid\xc3\xa6issued\xa7expires\xa3tax\xacregistration"
    b"\xabnational-id\xa3imo\xa4kind\xa5value\xa7country\xa9addresses\xa6street\xa4city"
    b"\xa6region\xa8postcode\xa8listings\xabauthorities\xa9listed_on\xaaamended_on"
    b"\xa9reference\xa6reason\xaaprogrammes\x91\xa4weak\xc3\xaain_remarks\xc3\xa6script"
    b"\xa4Arab\xafblank_addresses\x01\xacorganisation\xa6vessel\xa5names\x92\x82\xa4text"
    b"\xa6family\xa5given\xa4kind\xa5alias\xa6former\x88\xa6source\xa8ofac-sdn\xa5entry"
    b"\xa4kind\xa6person\xa5names"
)
"""Part of the format of the store: it never changes, or old stores cannot be read."""


def packed(data: bytes) -> bytes:
    """Return an encoded party compressed, with a checksum that damage does not pass."""
    compressor = _COMPRESSOR.copy()
    return compressor.compress(data) + compressor.flush()


_COMPRESSOR: Final = zlib.compressobj(6, wbits=12, memLevel=5, zdict=_COMMON)


def unpacked(body: bytes) -> Party:
    """Return the party that ``packed`` made bytes of."""
    return _DECODER.decode(zlib.decompressobj(wbits=12, zdict=_COMMON).decompress(body))
