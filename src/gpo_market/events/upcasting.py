"""Reading what is no longer written: structs of retired tags become those of today as they are decoded."""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar, get_args

import msgspec

T = TypeVar("T")

Upcasters = Mapping[type[msgspec.Struct], Callable[[Any], T]]
"""Each retired struct with the pure function that says what it means today."""


class UpcastingDecoder(Generic[T]):
    """Decodes MessagePack lists of tagged structs, those of today and those that were.

    ``today`` is the union of today's structs; a retired one keeps its tag, which no other may have. Where
    nothing is retired, decoding costs what msgspec costs. Raises TypeError, from msgspec, when two structs
    share a tag.
    """

    def __init__(self, today: Any, retired: Upcasters[T]) -> None:  # noqa: ANN401  a union is no type to mypy
        known = reduce(or_, (*get_args(today), *retired))
        self._retired = dict(retired)
        self._decoder = msgspec.msgpack.Decoder(list[known])  # type: ignore[valid-type]  # made at run time

    def decode(self, body: bytes) -> list[T]:
        """Decode a list; raises msgspec.DecodeError when the bytes are none."""
        decoded: list[Any] = self._decoder.decode(body)
        if not self._retired:
            return decoded
        return [self._today(one) for one in decoded]

    def _today(self, one: Any) -> T:  # noqa: ANN401  a struct of today or of any earlier time
        upcast = self._retired.get(type(one))
        return one if upcast is None else upcast(one)
