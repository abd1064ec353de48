"""Texts at rest: a commit's texts, packed together and encrypted once.

The cipher is AES-256-GCM (NIST SP 800-38D) of the library ``cryptography``, under a key derived from the
folder's secret, with a random nonce of 96 bits for each sealing. The numbers that stand beside a block in
clear are authenticated with it, so a block cannot be moved, cut or changed unseen.
"""

import os
import struct

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gpo_market.events.log import StoredText
from gpo_market.journal.storable import storable

_NONCE_BYTES = 12
_BESIDE = struct.Struct(">qqq")


class SaidWords(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The words of one post that the item list lacked, as fact ``origin`` read them; maybe none any more."""

    post: int
    origin: int
    poster: int
    time: int
    words: tuple[str, ...]


class SealedBlock(msgspec.Struct, frozen=True, gc=False):
    """A row of texts as it stands: origins ``first`` to ``last``, ``received`` (microseconds), the cipher."""

    first: int
    last: int
    received: int
    body: bytes


class SealError(ValueError):
    """A block does not open with this secret: it was changed, or is another's."""


_ENCODER = msgspec.msgpack.Encoder()
_WHOLE = msgspec.msgpack.Decoder(tuple[list[StoredText], list[SaidWords]])
_WORDS = msgspec.msgpack.Decoder(tuple[msgspec.Raw, list[SaidWords]])


class TextSealer:
    """Seals and opens blocks with one folder's key (32 bytes); any thread may use it."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, texts: list[StoredText], said: list[SaidWords], received: int) -> SealedBlock:
        """Seal texts, in order of origin and at least one, with the unknown words said in them.

        Lone surrogates in ids and texts become question marks: UTF-8 cannot hold them.
        """
        first, last = texts[0].origin, texts[-1].origin
        nonce = os.urandom(_NONCE_BYTES)
        try:
            plain = _ENCODER.encode((texts, said))
        except UnicodeEncodeError:
            plain = _ENCODER.encode(([_storable(text) for text in texts], said))
        body = nonce + self._cipher.encrypt(nonce, plain, _BESIDE.pack(first, last, received))
        return SealedBlock(first, last, received, body)

    def open(self, block: SealedBlock) -> tuple[list[StoredText], list[SaidWords]]:
        """Give a block's texts and words; raises SealError when it does not open."""
        try:
            return _WHOLE.decode(self._plain(block))
        except msgspec.MsgspecError as error:
            raise SealError(f"the texts of facts {block.first} to {block.last} cannot be read") from error

    def open_words(self, block: SealedBlock) -> list[SaidWords]:
        """Give only a block's unknown words; raises SealError when it does not open."""
        try:
            return _WORDS.decode(self._plain(block))[1]
        except msgspec.MsgspecError as error:
            raise SealError(f"the texts of facts {block.first} to {block.last} cannot be read") from error

    def _plain(self, block: SealedBlock) -> bytes:
        nonce, sealed = block.body[:_NONCE_BYTES], block.body[_NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, sealed, _BESIDE.pack(block.first, block.last, block.received))
        except (InvalidTag, ValueError) as error:
            raise SealError(
                f"the texts of facts {block.first} to {block.last} do not open with this secret"
            ) from error


def _storable(text: StoredText) -> StoredText:
    return StoredText(text.post, text.origin, storable(text.message_id), storable(text.content))
