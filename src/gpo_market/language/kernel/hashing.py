"""The hash that words are looked up by."""

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.characters import Classes
from gpo_market.language.kernel.records import Characters

_BASIS = 0x811C9DC5
_OTHER_BASIS = 0x2545F491
_PRIME = 0x01000193
_OTHER_PRIME = 0x00A24BAF
_LANE = 0xFFFFFFFF
_OTHER_LANE = 0x7FFFFFFF


@compiled_part
def hash_of(letters: Characters, start: int, end: int) -> int:
    """Hash the letters ``start``..``end``: a number below 2^63.

    Two FNV-1a lanes (Fowler, Noll, Vo 1991) that take a code point a step, of 32 and 31 bits, with
    different multipliers; the low one is folded onto itself, since FNV's low bits mix worst. No product
    leaves 63 bits, so that compiled and plain code agree without unsigned arithmetic.
    """
    low, high = _BASIS, _OTHER_BASIS
    for position in range(start, end):
        letter = int(letters[position])
        low = ((low ^ letter) * _PRIME) & _LANE
        high = ((high ^ letter) * _OTHER_PRIME) & _OTHER_LANE
    return (high << 32) | (low ^ (low >> 15))


@compiled_part
def hash_run(letters: Characters, start: int, classes: Classes, wanted: int) -> tuple[int, int]:
    """Give where the characters of one class that begin at ``start`` end, and their ``hash_of``."""
    low, high = _BASIS, _OTHER_BASIS
    end = start
    while classes[letters[end]] == wanted:
        letter = int(letters[end])
        low = ((low ^ letter) * _PRIME) & _LANE
        high = ((high ^ letter) * _OTHER_PRIME) & _OTHER_LANE
        end += 1
    return end, (high << 32) | (low ^ (low >> 15))
