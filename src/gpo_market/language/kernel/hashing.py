"""The number that words are looked up by: a short text's own characters, a hash of any other's."""

from gpo_market.events.compiling import compiled_in_place
from gpo_market.language.kernel.characters import LETTER, LONGEST_KEY, Classes
from gpo_market.language.kernel.hints import seldom
from gpo_market.language.kernel.records import Characters

_BASIS = 0x811C9DC5
_OTHER_BASIS = 0x2545F491
_PRIME = 0x01000193
_OTHER_PRIME = 0x00A24BAF
_LANE = 0xFFFFFFFF
_OTHER_LANE = 0x7FFFFFFF
_INEXACT = 1 << 62
_PACKED = 1 << 61
LONGEST_PACKED = 8
_ASCII = 128
_ASCII_BITS = 7
_KEY_BITS = 5
_KEY = (1 << _KEY_BITS) - 1
_BEFORE_A = ord("a") - 1
_Z = ord("z")
_MIXER = 0x1E3779B97F4A7C15
_MIXED = (1 << 63) - 1
_HALF = 31
_TAG_SHIFT = 54
_TAG = 0xFF


@compiled_in_place
def hash_of(letters: Characters, start: int, end: int) -> int:
    """Give the number of the letters ``start``..``end``, below 2^63.

    That of up to LONGEST_KEY letters of a to z is their ``letter_key``, and any other text of up to
    LONGEST_PACKED characters of ASCII (numbers, signs) is packed behind a bit that says where it begins: no
    other text has either (see ``is_exact``). Others share theirs seldom: two FNV-1a lanes (Fowler, Noll, Vo
    1991) that take a code point a step, of 32 and 31 bits, with different multipliers; the low one is folded
    onto itself, since FNV's low bits mix worst.
    """
    size = end - start
    if 0 < size <= LONGEST_KEY:
        key, packed, seen, strange = 0, 1, 0, False
        for position in range(start, end):
            letter = int(letters[position])
            strange |= letter <= _BEFORE_A or letter > _Z
            key = (key << _KEY_BITS | (letter & _KEY)) & _MIXED
            packed = (packed << _ASCII_BITS | letter) & _MIXED
            seen |= letter
        if not strange:
            return key
        if size <= LONGEST_PACKED and seen < _ASCII:
            return packed | _PACKED
    low, high = _BASIS, _OTHER_BASIS
    for position in range(start, end):
        letter = int(letters[position])
        low = ((low ^ letter) * _PRIME) & _LANE
        high = ((high ^ letter) * _OTHER_PRIME) & _OTHER_LANE
    return (high << 32) | (low ^ (low >> 15)) | _INEXACT


@compiled_in_place
def hash_word(letters: Characters, start: int, classes: Classes) -> tuple[int, int]:
    """Give where the folded letters that begin at ``start`` end, and their ``hash_of``.

    Those of ASCII are a to z: folding leaves no others.
    """
    key, seen = 0, 0
    end = max(start, 0)  # that it is no index from behind saves the compiler a question for each letter
    while classes[letters[end]] == LETTER:
        letter = int(letters[end])
        seen |= letter
        key = (key << _KEY_BITS | (letter & _KEY)) & _MIXED
        end += 1
    if seldom(seen >= _ASCII or end - start > LONGEST_KEY):
        return end, hash_of(letters, start, end)
    return end, key


@compiled_in_place
def is_exact(hashed: int) -> bool:
    """Tell whether no two texts have a number."""
    return hashed < _INEXACT


@compiled_in_place
def mix_of(hashed: int) -> int:
    """Give a number below 2^63 whose high bits say most (Knuth's multiplicative hashing).

    The lowest bits of a product are the same whether it overflows or not, so that compiled and plain code
    agree; but compiled code may take it that none does, so whoever wants high bits masks them (``tag_of``).
    """
    return (hashed * _MIXER) & _MIXED


@compiled_in_place
def tag_of(mixed: int) -> int:
    """Give eight bits of a mixed number that say nothing of its place."""
    return (mixed >> _TAG_SHIFT) & _TAG


@compiled_in_place
def place_among(mixed: int, places: int) -> int:
    """Give a mixed number's place among ``places``, a power of two up to 2^24."""
    return (mixed >> _HALF) & (places - 1)


@compiled_in_place
def place_of(hashed: int, places: int) -> int:
    """Give a number's place among ``places``, as ``place_among``."""
    return place_among(mix_of(hashed), places)
