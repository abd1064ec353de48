"""Keyed hashes: what the journal holds in place of authors, message ids and words.

All are BLAKE2b (RFC 7693) in its keyed mode, with the folder's secret as key and the kind of thing as
personalisation, so that a hash of one kind never equals one of another kind.
"""

from hashlib import blake2b

SECRET_BYTES = 32
KEY_BYTES = 16
_FINGERPRINT_BYTES = 8
_SECOND_BYTES = 4
_SECOND_BITS = 32
_NO_SECOND = bytes(_SECOND_BYTES)


class Identity:
    """Hashes with one folder's secret; without it no hash can be tied to an id or a text.

    >>> identity = Identity(bytes(32))
    >>> identity.author("80351110224678912") == identity.channel("80351110224678912")
    False
    """

    def __init__(self, secret: bytes) -> None:
        if len(secret) != SECRET_BYTES:
            raise ValueError(f"a secret has {SECRET_BYTES} bytes, this one has {len(secret)}")
        self._author = blake2b(key=secret, person=b"author", digest_size=KEY_BYTES)
        self._channel = blake2b(key=secret, person=b"channel", digest_size=KEY_BYTES)
        self._server = blake2b(key=secret, person=b"server", digest_size=KEY_BYTES)
        self._message = blake2b(key=secret, person=b"message", digest_size=KEY_BYTES)
        self._placed = blake2b(key=secret, person=b"message", digest_size=KEY_BYTES - _SECOND_BYTES)
        self._texts = blake2b(key=secret, person=b"texts", digest_size=SECRET_BYTES)
        self._check = blake2b(key=secret, person=b"check", digest_size=KEY_BYTES)
        self._fingerprint = blake2b(key=secret, person=b"fingerprint", digest_size=_FINGERPRINT_BYTES)

    def author(self, author_id: str) -> bytes:
        """Hash an author's id (16 bytes)."""
        return _hashed(self._author, author_id)

    def channel(self, channel_id: str) -> bytes:
        """Hash a channel's id (16 bytes)."""
        return _hashed(self._channel, channel_id)

    def server(self, server_id: str) -> bytes:
        """Hash a server's id (16 bytes)."""
        return _hashed(self._server, server_id)

    def message(self, message_id: str) -> bytes:
        """Hash a message's id (16 bytes) as journals of formats 1 and 2 do."""
        return _hashed(self._message, message_id)

    def placed_message(self, message_id: str) -> bytes:
        """Hash a message's id so that messages of one time stand together (16 bytes).

        Four bytes of coarse time, the upper half of an id that is a snowflake (units of 1.024 s, which the
        facts tell anyway) and zero for any other id, then twelve bytes of hash.
        """
        hasher = self._placed.copy()
        hasher.update(message_id.encode("utf-8", "surrogatepass"))
        try:
            return (int(message_id) >> _SECOND_BITS).to_bytes(_SECOND_BYTES, "big") + hasher.digest()
        except (ValueError, OverflowError):
            return _NO_SECOND + hasher.digest()

    def texts_key(self) -> bytes:
        """Derive the key under which texts are encrypted (32 bytes)."""
        return self._texts.digest()

    def fingerprint(self, normalised: str) -> int:
        """Hash a normalised text to 63 bits, the form in which facts hold it."""
        hasher = self._fingerprint.copy()
        hasher.update(normalised.encode("utf-8", "surrogatepass"))
        return int.from_bytes(hasher.digest(), "big") >> 1

    def check_value(self) -> bytes:
        """Give the value by which a journal recognises the secret it was written with (16 bytes)."""
        return self._check.digest()


def _hashed(base: blake2b, text: str) -> bytes:
    hasher = base.copy()
    # Hostile JSON can hold lone surrogates; they are hashed as they stand, since equal must stay equal.
    hasher.update(text.encode("utf-8", "surrogatepass"))
    return hasher.digest()
