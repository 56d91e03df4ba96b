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
    b"unparsed\xa9secondary_sanctions\xa7details\xa4type\xa4flag\xa5links\xa8relation\xa9linked to"
    b"\xa4name\xa6gender\xa4male\xadnationalities\xa6births\xa4date\xa5first\xaa1960-01-01\xa4last"
    b"\xaa1960-12-31\xa5place\xa9positions\xa7remarks\xabidentifiers\xa8passport\xa6remark\xa5valid"
    b"\xc3\xa6issued\xa7expires\xa3tax\xacregistration\xabnational-id\xa3imo\xa4kind\xa5value"
    b"\xa7country\xa9addresses\xa6street\xa4city\xa6region\xa8postcode\xa6Russia\xa5China"
    b"\xacKorea, North\xa4Iran\xa8listings\xabauthorities\xa9listed_on\xaaamended_on\xa9reference"
    b"\xa6reason\xaaprogrammes\x91\xa4SDGT\xa4DPRK\xa4weak\xc3\xaain_remarks\xc3\xa6script\xa4Arab"
    b"\xafblank_addresses\x01\xa5names\x92\x82\xa4text\xa6family\xa5given\xa4kind\xa5alias"
    b"\xa6former\xafDemocratic People's Republic of Korea\xacorganisation\xa6person\xa6vessel"
    b"\x88\xa6source\xa8ofac-sdn\xa5entry\xa4kind\xa6person\xa5names"
)
"""Part of the format of the store: it never changes, or old stores cannot be read."""


def packed(data: bytes) -> bytes:
    """Return an encoded party compressed."""
    compressor = _COMPRESSOR.copy()
    return compressor.compress(data) + compressor.flush()


_COMPRESSOR: Final = zlib.compressobj(6, wbits=-12, memLevel=5, zdict=_COMMON)


def unpacked(body: bytes) -> Party:
    """Return the party that ``packed`` made bytes of."""
    return _DECODER.decode(zlib.decompressobj(wbits=-12, zdict=_COMMON).decompress(body))
